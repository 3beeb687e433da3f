import { armor, Decrypter } from 'age-encryption'
import { sha256 } from '@noble/hashes/sha2.js'
import { decryptWith, type AgeIdentity } from '../../../../src/keys/age.ts'
import { toHex } from '../../../../src/protocol/bytes.ts'
import { reasonOf, type Verdict } from '../verdicts.ts'
import { behindHeader, type AgeVector } from './age-files.ts'
import { isHybrid, nativeIdentity } from './native.ts'

/**
 * `recipient-type`: refused because of whom the file names, whatever else is in it. `as written`:
 * the vector's own header decides; what is no `success` is `undecryptable`.
 */
type Rule = 'recipient-type' | 'as written'

/** A category of the age test suite: which names, how many there are, what our door does, and why. */
type Category = {
  readonly what: string
  readonly names: RegExp
  readonly count: number
  readonly rule: Rule
}

/** Each vector belongs to the first category that fits. */
export const CATEGORIES: readonly Category[] = [
  { what: 'no file', names: /^empty$/, count: 1, rule: 'recipient-type' },
  { what: 'text armor: we know bytes only', names: /^armor_/, count: 33, rule: 'recipient-type' },
  { what: 'a passphrase', names: /^scrypt(_|$)/, count: 25, rule: 'recipient-type' },
  {
    what: 'classic: X25519 alone',
    names: /^(x25519|header_crlf|hmac|stanza|stream|version)(_|$)/,
    count: 66,
    rule: 'recipient-type',
  },
  {
    what: 'hybrid beside another type, or spelled like another',
    names: /^hybrid_(and_x25519|grease|uppercase|x25519_arg)$/,
    count: 4,
    rule: 'recipient-type',
  },
  { what: 'hybrid alone', names: /^hybrid(_|$)/, count: 14, rule: 'as written' },
]

/** Which category a vector is in. Throws for one that nobody has thought about. */
export function categoryOf({ name }: AgeVector): Category {
  const category = CATEGORIES.find(({ names }) => names.test(name))
  if (!category) throw new RangeError(`no category for ${name}`)
  return category
}

/** Every vector at our door, with the identities it names. */
export function checkDoor(vectors: readonly AgeVector[]): Promise<readonly Verdict[]> {
  return inTurn(vectors, async (vector) => ({
    name: `age ${vector.name}`,
    expected: categoryOf(vector).rule === 'as written' ? asWritten(vector) : 'recipient-type',
    got: await outcome(() => decryptWith(vector.identities, vector.file)),
  }))
}

/** The vectors for hybrid identities once more, with the keys inside WebCrypto. */
export function checkNative(vectors: readonly AgeVector[]): Promise<readonly Verdict[]> {
  const ours = vectors.filter(({ identities }) => identities.some(isHybrid))
  return inTurn(ours, async (vector) => ({
    name: `age in WebCrypto ${vector.name}`,
    expected: categoryOf(vector).rule === 'as written' ? asWritten(vector) : 'recipient-type',
    got: await outcome(async () => decryptWith(await natively(vector.identities), vector.file)),
  }))
}

/** The suite's payloads are all classic files: here behind the header of its vector `hybrid`. */
export function checkPayloads(vectors: readonly AgeVector[]): Promise<readonly Verdict[]> {
  const header = vectors.find(({ name }) => name === 'hybrid')
  if (!header) throw new RangeError('no vector named hybrid')
  const streams = vectors.filter(({ name }) => name.startsWith('stream_'))
  return inTurn(streams, async (vector) => {
    const { identities, file } = behindHeader(header, vector)
    return {
      name: `age behind a hybrid header ${vector.name}`,
      expected: asWritten(vector),
      got: await outcome(() => decryptWith(identities, file)),
    }
  })
}

/** The library beneath our door, which opens every `success`: what else is refused is our rule. */
export function checkLibrary(vectors: readonly AgeVector[]): Promise<readonly Verdict[]> {
  return inTurn(vectors, async (vector) => {
    const got = await outcome(() => withLibrary(vector))
    const opened = got.startsWith('opens')
    return {
      name: `age in the library ${vector.name}`,
      expected: asWritten(vector),
      got: opened ? got : 'undecryptable',
    }
  })
}

async function withLibrary(vector: AgeVector): Promise<Uint8Array> {
  const decrypter = new Decrypter()
  for (const identity of vector.identities) decrypter.addIdentity(identity)
  for (const passphrase of vector.passphrases) decrypter.addPassphrase(passphrase)
  const { file } = vector
  return decrypter.decrypt(vector.armored ? armor.decode(new TextDecoder().decode(file)) : file)
}

function asWritten({ expect, payload }: AgeVector): string {
  return expect === 'success' ? `opens ${payload}` : 'undecryptable'
}

/** `opens` and the hash of what was inside, or why not. */
async function outcome(open: () => Promise<Uint8Array>): Promise<string> {
  let inside: Uint8Array | undefined
  const reason = await reasonOf(async () => (inside = await open()))
  return inside ? `opens ${toHex(sha256(inside))}` : reason
}

function natively(identities: readonly string[]): Promise<readonly AgeIdentity[]> {
  return Promise.all(identities.map(async (text) => (isHybrid(text) ? nativeIdentity(text) : text)))
}

async function inTurn(
  vectors: readonly AgeVector[],
  look: (vector: AgeVector) => Promise<Verdict>,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  for (const vector of vectors) verdicts.push(await look(vector))
  return verdicts
}
