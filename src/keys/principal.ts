import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { sameBytes } from '../protocol/bytes.ts'
import { bytes, fromCbor, toCbor } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import { principalId, type DeviceId, type PrincipalId } from '../protocol/ids.ts'
import type { Household } from '../protocol/log/household.ts'
import type { Grant, NewPrincipal, Rotation, WrapRef } from '../protocol/log/ops.ts'
import { decryptWith, encryptTo, seedRecipient } from './age.ts'
import { randomBytes, type Device } from './device.ts'

/** One epoch's secret of a principal: 32 bytes, the seed of its age identity. */
export type Secret = {
  readonly of: PrincipalId
  readonly epoch: number
  readonly secret: Uint8Array
}

/** A wrap, and how the log names it. */
export type Wrap = { readonly ref: WrapRef; readonly bytes: Uint8Array<ArrayBuffer> }

/** Who may hold a secret: anything with an id and a recipient. */
export type Holder = { readonly id: DeviceId; readonly kem: string }

const wrapped = z.strictObject({
  v: z.literal(1),
  of: principalId.schema,
  epoch: z.int().min(1),
  secret: bytes(32),
})

/** A fresh principal id. */
export function newPrincipalId(): PrincipalId {
  return principalId.from(randomBytes(16))
}

/** Seals a secret to one holder. */
export async function wrapSecret(secret: Secret, to: Holder): Promise<Wrap> {
  const ciphertext = await encryptTo([to.kem], toCbor({ v: 1, ...secret }))
  return { ref: { to: to.id, hash: sha256(ciphertext) }, bytes: ciphertext }
}

/** A principal's new epoch: its secret, the op's part, and the wraps for its holders. */
export type NewEpoch<T> = {
  readonly secret: Secret
  readonly part: T
  readonly wraps: readonly Uint8Array<ArrayBuffer>[]
}

/** A new principal at epoch 1. */
export async function newPrincipal(
  id: PrincipalId,
  holders: readonly Holder[],
): Promise<NewEpoch<NewPrincipal>> {
  const { secret, part, wraps } = await newEpoch(id, 1, holders)
  const { rec, wraps: refs } = part
  return { secret, part: { id, rec, wraps: refs }, wraps }
}

/** The epoch `epoch` of a principal, with a fresh secret. */
export async function newEpoch(
  id: PrincipalId,
  epoch: number,
  holders: readonly Holder[],
): Promise<NewEpoch<Rotation>> {
  const secret = { of: id, epoch, secret: randomBytes(32) }
  const wraps = await Promise.all(holders.map((holder) => wrapSecret(secret, holder)))
  const rec = await seedRecipient(secret.secret)
  const part = { id, epoch, rec, wraps: wraps.map(({ ref }) => ref) }
  return { secret, part, wraps: wraps.map((wrap) => wrap.bytes) }
}

/** Gives one more holder a secret that exists. */
export async function grantSecret(
  secret: Secret,
  to: Holder,
): Promise<{ grant: Grant; wrap: Uint8Array<ArrayBuffer> }> {
  const { ref, bytes: wrap } = await wrapSecret(secret, to)
  return { grant: { of: secret.of, epoch: secret.epoch, to: ref.to, hash: ref.hash }, wrap }
}

/**
 * Opens a wrap and believes it only if the log names it for this device and the secret inside
 * derives the recipient in the log. Throws `tampered` with `wrap-unlogged` or `wrap-wrong`.
 */
export async function openWrap(
  household: Household,
  device: Device,
  wrap: Uint8Array,
  of: { of: PrincipalId; epoch: number },
): Promise<Secret> {
  const epoch = household.principals.get(of.of)?.epochs[of.epoch - 1]
  const hash = sha256(wrap)
  const named = epoch?.wraps.some((ref) => ref.to === device.id && sameBytes(ref.hash, hash))
  if (!epoch || !named) throw new PawpostError('tampered', 'wrap-unlogged')
  const secret = await readWrap(device, wrap)
  const fits = secret.of === of.of && secret.epoch === of.epoch
  if (!fits || (await seedRecipient(secret.secret)) !== epoch.rec) {
    throw new PawpostError('tampered', 'wrap-wrong')
  }
  return secret
}

async function readWrap(device: Device, wrap: Uint8Array): Promise<Secret> {
  try {
    const plain = await decryptWith([device.identity], wrap)
    const { of, epoch, secret } = fromCbor(plain, wrapped, 'tampered', 'wrap-wrong')
    return { of, epoch, secret }
  } catch (cause) {
    throw new PawpostError('tampered', 'wrap-wrong', { cause })
  }
}
