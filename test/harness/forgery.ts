import type { Device } from '../../src/keys/device.ts'
import { concatBytes } from '../../src/protocol/bytes.ts'
import { checked, toCbor } from '../../src/protocol/cbor.ts'
import { headOf } from '../../src/protocol/log/household.ts'
import { readLink, signedLinkBytes, type LinkBody } from '../../src/protocol/log/link.ts'
import { OPS, type Arguments, type Op } from '../../src/protocol/log/ops.ts'
import { NOW, type Family } from './family.ts'

/** The body that an honest link of this device would have here. */
export function bodyOf({ household }: Family, by: Device, op: string, a: unknown): LinkBody {
  const { seq, hash } = headOf(household)
  return { v: 1, hid: household.id, seq: seq + 1, prev: hash, by: by.id, ts: NOW, op, a }
}

/** Signs any body, honest or not: CBOR of whatever `body` is. */
export async function signLink(by: Device, body: unknown): Promise<Uint8Array<ArrayBuffer>> {
  const b = toCbor(body)
  return toCbor({ b, s: await by.sign(signedLinkBytes(b)) })
}

/** A link as a member's own, changed program would make it: well signed, `lies` replacing fields. */
export function forgeLink(
  family: Family,
  by: Device,
  { op, a, ...lies }: { op: string; a: unknown } & Partial<Record<keyof LinkBody, unknown>>,
): Promise<Uint8Array<ArrayBuffer>> {
  return signLink(by, { ...bodyOf(family, by, op, a), ...lies })
}

/** The bytes with one of them changed. */
export function flipped(bytes: Uint8Array, at: number, mask = 1): Uint8Array<ArrayBuffer> {
  const changed = Uint8Array.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ mask
  return changed
}

/** The bytes with one more at the end. */
export function lengthened(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(bytes, Uint8Array.of(0))
}

/** The arguments of an honest link, to be changed and signed again. */
export function argumentsOf<O extends Op>(op: O, link: Uint8Array): Arguments<O> {
  const { a } = readLink(link).body
  return checked(a, OPS[op], 'log-refused', 'arguments-malformed') as Arguments<O>
}

/** The object without one of its fields. */
export function without<T extends object, K extends keyof T>(whole: T, field: K): Omit<T, K> {
  const { [field]: _gone, ...rest } = whole
  return rest
}
