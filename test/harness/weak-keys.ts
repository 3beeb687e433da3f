import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { bech32 } from '@scure/base'
import { proposeAdd } from '../../src/keys/links.ts'
import { concatBytes } from '../../src/protocol/bytes.ts'
import { askToJoin, invite, newDevice, standing, stranger } from './family.ts'
import { enrolment } from './forged-joins.ts'
import { forgeLink } from './forgery.ts'
import { inviteArguments, type Illegal } from './illegal-links.ts'

/** The identity point: under ZIP-215 it signs anything with R = itself and S = 0. */
const WEAK_KEY = Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 1 : 0))
const WEAK_SIGNATURE = Uint8Array.from({ length: 64 }, (_, at) => (at === 0 ? 1 : 0))
/** y = 2^255 - 18: it means 1, the identity again, but is not written as 1. */
const LOOSE_KEY = new Uint8Array(32).fill(255)
LOOSE_KEY.set([238])
LOOSE_KEY.set([127], 31)

/** A recipient with some of its key's bytes replaced. */
function spoiled(rec: string, spoil: (key: Uint8Array) => void): string {
  const { words } = bech32.decode(rec as `${string}1${string}`, false)
  const key = bech32.fromWords(words)
  spoil(key)
  return bech32.encode('age1pq', bech32.toWords(key), false)
}

/** Keys that must not be enrolled. */
export const WEAK_KEYS: readonly Illegal[] = [
  {
    reason: 'key-weak',
    what: 'an invitation whose key signs anything',
    forge: async ({ family, mum }) => {
      const a = { ...(await inviteArguments()), join: WEAK_KEY }
      return forgeLink(family, mum.device, { op: 'invite', a })
    },
  },
  {
    reason: 'key-weak',
    what: 'an invitation whose key is written in a second way',
    forge: async ({ family, mum }) => {
      const a = { ...(await inviteArguments()), join: LOOSE_KEY }
      return forgeLink(family, mum.device, { op: 'invite', a })
    },
  },
  {
    reason: 'key-weak',
    what: 'a joiner whose signature key signs anything',
    forge: async ({ family, mum }) => {
      const joiner = await stranger()
      const invited = await invite(family, mum, 'relative')
      const keys = { sig: WEAK_KEY, kem: joiner.device.kem }
      const request = await askToJoin(family, invited, joiner, { device: keys })
      const weak = { ...request, deviceSignature: WEAK_SIGNATURE }
      return (await proposeAdd(standing(family, mum.device), new Map(), weak)).link
    },
  },
  {
    reason: 'key-weak',
    what: 'a new device whose signature key has a part of small order',
    forge: async (whole) => {
      const { kem } = await newDevice()
      const torsion = ed25519.Point.fromHex(
        '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      )
      const sig = ed25519.Point.BASE.multiply(5n).add(torsion).toBytes()
      return enrolment(whole, { sig, kem }, async (bytes) => signWithTorsion(bytes, sig))
    },
  },
  {
    reason: 'key-weak',
    what: 'a new device nobody can encrypt to: ML-KEM coefficients beyond the modulus',
    forge: async (whole) => {
      const device = await newDevice()
      const kem = spoiled(device.kem, (key) => key.fill(255, 0, 3))
      return enrolment(whole, { sig: device.sig, kem }, device.sign)
    },
  },
  {
    reason: 'key-weak',
    what: 'a new device nobody can encrypt to: an X25519 share of small order',
    forge: async (whole) => {
      const device = await newDevice()
      const kem = spoiled(device.kem, (key) => key.fill(0, 1184))
      return enrolment(whole, { sig: device.sig, kem }, device.sign)
    },
  },
]

/** A signature by the key 5·B plus torsion, which ZIP-215's cofactored verification accepts. */
function signWithTorsion(message: Uint8Array, key: Uint8Array): Uint8Array {
  const { Fn, BASE } = ed25519.Point
  const r = 7n
  const commitment = BASE.multiply(r).toBytes()
  const digest = sha512(concatBytes(commitment, key, message))
  const challenge = digest.reduceRight((number, byte) => number * 256n + BigInt(byte), 0n)
  const answer = Fn.create(r + Fn.create(challenge) * 5n)
  const bytes = Uint8Array.from({ length: 32 }, (_, at) =>
    Number((answer >> BigInt(8 * at)) & 255n),
  )
  return concatBytes(commitment, bytes)
}
