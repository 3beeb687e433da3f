import type { PrincipalId } from '../protocol/ids.ts'
import { seedIdentity } from './age.ts'
import type { Secret } from './principal.ts'

/** The principals' secrets that a device holds, by principal and epoch. Never changed, only replaced. */
export type Keyring = ReadonlyMap<PrincipalId, ReadonlyMap<number, Secret>>

export const EMPTY_KEYRING: Keyring = new Map()

export function addSecret(keyring: Keyring, secret: Secret): Keyring {
  const epochs = new Map(keyring.get(secret.of)).set(secret.epoch, secret)
  return new Map(keyring).set(secret.of, epochs)
}

export function findSecret(keyring: Keyring, of: PrincipalId, epoch: number): Secret | undefined {
  return keyring.get(of)?.get(epoch)
}

/** Every secret, oldest epoch of each principal first. */
export function secretsOf(keyring: Keyring): readonly Secret[] {
  return [...keyring.values()].flatMap((epochs) =>
    [...epochs.values()].sort((a, b) => a.epoch - b.epoch),
  )
}

/** The age identities that may open something addressed to `to`, newest epochs first. */
export function identitiesFor(keyring: Keyring, to: readonly PrincipalId[]): readonly string[] {
  return to
    .flatMap((of) => [...(keyring.get(of)?.values() ?? [])])
    .sort((a, b) => b.epoch - a.epoch)
    .map(({ secret }) => seedIdentity(secret))
}
