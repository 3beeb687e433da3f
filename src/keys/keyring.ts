import type { PrincipalId } from '../protocol/ids.ts'
import type { Addressee } from '../protocol/message/addressees.ts'
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

/** The age identities that open something encrypted to `to`: at most one for each addressee. */
export function identitiesFor(keyring: Keyring, to: readonly Addressee[]): readonly string[] {
  return to
    .map(({ pid, epoch }) => findSecret(keyring, pid, epoch))
    .filter((secret) => secret !== undefined)
    .map(({ secret }) => seedIdentity(secret))
}

/** A principal's age identities, the newest epoch first: for what names no epoch. */
export function identitiesOf(keyring: Keyring, of: PrincipalId): readonly string[] {
  return [...(keyring.get(of)?.values() ?? [])]
    .sort((a, b) => b.epoch - a.epoch)
    .map(({ secret }) => seedIdentity(secret))
}
