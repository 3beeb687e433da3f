import { decryptWith, seedIdentity, type AgeIdentity } from '../../src/keys/age.ts'
import type { Device } from '../../src/keys/device.ts'
import { toHex } from '../../src/protocol/bytes.ts'
import { bytes, fromCbor } from '../../src/protocol/cbor.ts'
import { PawpostError } from '../../src/protocol/errors.ts'
import { z } from 'zod'
import { nativeIdentity } from '../harness/vectors/public/native.ts'
import type { World } from './world.ts'

/** A secret as a wrap holds it, in hexadecimal; the log is not asked whether it is right. */
type Found = string

/** What real decryption says, each pair of key and file tried once. */
export type Openings = {
  /** The secret that a device finds in a wrap, if it opens it. */
  readonly secretIn: (device: Device, wrap: Uint8Array) => Promise<Found | undefined>
  /** The messages that a secret opens, by their numbers. */
  readonly messagesOf: (secret: Found) => Promise<ReadonlySet<number>>
  readonly tried: () => number
}

const wrapped = z.looseObject({ secret: bytes(32) })

export function openingsOf(world: World): Openings {
  let tried = 0
  const opens = async (
    identity: AgeIdentity,
    file: Uint8Array,
  ): Promise<Uint8Array | undefined> => {
    tried += 1
    return tryToOpen(identity, file)
  }
  const identities = new Map<Device, Promise<AgeIdentity>>()
  const wraps = new Map<Device, Map<Uint8Array, Promise<Found | undefined>>>()
  const messages = new Map<Found, Promise<ReadonlySet<number>>>()
  const secretIn = async (device: Device, wrap: Uint8Array): Promise<Found | undefined> => {
    const plain = await opens(await kept(identities, device, () => swift(device.identity)), wrap)
    return plain && toHex(fromCbor(plain, wrapped, 'tampered', 'wrap-wrong').secret)
  }
  return {
    tried: () => tried,
    secretIn: (device, wrap) =>
      kept(
        kept(wraps, device, () => new Map<Uint8Array, Promise<Found | undefined>>()),
        wrap,
        () => secretIn(device, wrap),
      ),
    messagesOf: (secret) =>
      kept(messages, secret, async () => {
        const identity = await swift(seedIdentity(Buffer.from(secret, 'hex')))
        const opened = new Set<number>()
        for (const [number, { arrived }] of world.sent.entries()) {
          if (await opens(identity, arrived.ciphertext)) opened.add(number)
        }
        return opened
      }),
  }
}

function kept<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}

/** The same keys inside WebCrypto, where decryption is several times as fast. */
function swift(identity: AgeIdentity): Promise<AgeIdentity> {
  return typeof identity === 'string' ? nativeIdentity(identity) : Promise.resolve(identity)
}

async function tryToOpen(identity: AgeIdentity, file: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    return await decryptWith([identity], file)
  } catch (error) {
    if (error instanceof PawpostError && error.reason === 'undecryptable') return undefined
    throw error
  }
}
