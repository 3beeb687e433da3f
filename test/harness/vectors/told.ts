import { sha256 } from '@noble/hashes/sha2.js'
import { toBase64url } from '../../../src/protocol/bytes.ts'
import type { Household } from '../../../src/protocol/log/household.ts'

/** Byte strings up to so many bytes are written out. */
const SHORT = 64

/** A value as JSON: bytes in base64url, long ones as their length and hash. */
export function told(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    if (value.length <= SHORT) return toBase64url(value)
    return { length: value.length, sha256: toBase64url(sha256(value)) }
  }
  if (Array.isArray(value)) return value.map(told)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  return Object.fromEntries(entries.map(([name, part]) => [name, told(part)]))
}

/** A household as JSON: everything that verifying its log found. Recipients by their hash. */
export function toldHousehold(household: Household): unknown {
  const { id, principal, hashes, policy } = household
  return {
    id,
    principal,
    length: hashes.length,
    head: told(hashes.at(-1)),
    policy,
    principals: [...household.principals.values()].map(({ epochs, ...rest }) => ({
      ...rest,
      epochs: epochs.map(({ epoch, since, by, rec, wraps }) => ({
        epoch,
        since,
        by,
        recipient: told(sha256(new TextEncoder().encode(rec))),
        holders: wraps.map(({ to }) => to),
      })),
    })),
    devices: [...household.devices.values()].map((device) =>
      told({ ...device, sig: undefined, kem: undefined }),
    ),
    children: [...household.children.values()],
    invites: [...household.invites.values()].map((invite) => told({ ...invite, join: undefined })),
  }
}
