import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ascii, toHex } from '../protocol/bytes.ts'
import { toCbor } from '../protocol/cbor.ts'
import { pairingId } from '../protocol/ids.ts'
import { seedIdentity, seedRecipient } from './age.ts'
import { randomBytes } from './device.ts'
import {
  fourDigits,
  newPairing,
  openPart,
  pairingCommitment,
  pairingKey,
  readAnswer,
  readNonce,
  readPairing,
  sealPart,
  writePairing,
} from './pairing.ts'

const pairing = newPairing('https://pawpost.example')
const link = writePairing(pairing)
const SEALED = { code: 'tampered', reason: 'pairing' }

/** What other programs made of the secret 0 to 15 and the id 16 to 31. */
const known = {
  origin: 'https://pawpost.example',
  id: pairingId.from(Uint8Array.from({ length: 16 }, (_, at) => 16 + at)),
  secret: Uint8Array.from({ length: 16 }, (_, at) => at),
}
const LINK = 'https://pawpost.example/d/pair-EBESExQVFhcYGRobHB0eHw#AAECAwQFBgcICQoLDA0OD8o-'
const SIG = '924d91a6d495071e99c1ef7b5e7ada03716e1df6bb28bf0bdf6f5fc0ae2f314d'
const KEM_SEED = 'f408b5ac777e7a400a9b8905faa51a4ea0c20fa746dac9063fa712cec7795768'
const COMMITMENT = '05128a8c8e252e05f93aa32bf4c76760505393f44c597580b2defa582b4c38f4'
/** "hello", at each place, under one IV. */
const HELLO = {
  offer: 'a0a1a2a3a4a5a6a7a8a9aaab1044c38561f2dfa6bef21b5613d17483fe555488d5',
  answer: 'a0a1a2a3a4a5a6a7a8a9aaab1044c38561d2d98c4d74839aac42de26e6ed0f6213',
  nonce: 'a0a1a2a3a4a5a6a7a8a9aaab1044c38561e34625a3026f61bcabe322574c3bb153',
} as const
/** Of the offer 1 2 3, the answer 4 5 6 7, and a nonce of one byte, 32 times. */
const DIGITS = { 0: '0979', 1: '7879', 2: '7846', 188: '0080', 255: '0009' }

test('a link has its known letters', () => {
  assert.equal(writePairing(known), LINK)
  assert.deepEqual(readPairing(LINK), known)
})

test('a link is read as it was written, and its secret stands in the fragment', () => {
  for (const text of [LINK, ` ${LINK}\n`, `\u00a0${LINK}`])
    assert.deepEqual(readPairing(text), known)
  const { pathname, search, hash } = new URL(LINK)
  assert.equal(pathname, `/d/${known.id}`)
  assert.equal(search, '')
  assert.equal(hash.length, 1 + 24)
})

test('a link that was cut, lengthened or mistyped is refused', () => {
  const wrong = [
    ...Array.from(LINK, (_, length) => LINK.slice(0, length)),
    ...['A', '=', '#', '&x=1'].map((more) => LINK + more),
    LINK.replace('/d/', '/j/'),
    LINK.replace('/d/pair-', '/d/fair-'),
    LINK.replace(/^.*\/d\//, 'data:'),
    writePairing({ ...known, secret: randomBytes(15) }),
    writePairing({ ...known, secret: randomBytes(17) }),
    writePairing({ ...known, secret: new Uint8Array() }),
    LINK.replace(/#./, (found) => (found === '#A' ? '#B' : '#A')),
    writePairing({ ...known, id: pairingId.from(new Uint8Array(16)) }).replace(
      /#.*/,
      new URL(LINK).hash,
    ),
  ]
  for (const text of wrong) assert.throws(() => readPairing(text), { code: 'link-invalid' }, text)
})

test('the one-time key is the same for who has the secret, and another for who has not', async () => {
  const again = await pairingKey(readPairing(link))
  assert.equal(again.id, (await pairingKey(pairing)).id)
  assert.notEqual(again.id, (await pairingKey(newPairing(''))).id)
})

test('every pairing is another one', () => {
  const many = Array.from({ length: 50 }, () => newPairing(''))
  assert.equal(new Set(many.map(({ id }) => id)).size, 50)
  assert.equal(new Set(many.map(({ secret }) => secret.join())).size, 50)
  assert.ok(many.every(({ secret }) => secret.length === 16))
})

test('the one-time key is made of two seeds that follow from the secret', async () => {
  const key = await pairingKey(known)
  const seed = fromHex(KEM_SEED)
  assert.equal(toHex(key.sig), SIG)
  assert.deepEqual([key.kem, key.identity], [await seedRecipient(seed), seedIdentity(seed)])
})

test('a part has its known bytes: IV, and what AES-256-GCM makes of it at its place', async () => {
  for (const part of ['offer', 'answer', 'nonce'] as const) {
    assert.deepEqual(await openPart(known, part, fromHex(HELLO[part])), ascii('hello'), part)
  }
})

test('the same part is never sealed twice in the same way', async () => {
  const [one, two] = [1, 2].map(() => sealPart(pairing, 'offer', ascii('hello')))
  assert.notDeepEqual(await one, await two)
  assert.equal((await one)?.length, 12 + 5 + 16)
})

test('a part opens at its own place, in its own pairing, unchanged; and nowhere else', async () => {
  const nonce = randomBytes(32)
  const sealed = await sealPart(pairing, 'nonce', toCbor({ v: 1, nonce }))
  assert.deepEqual(readNonce(await openPart(pairing, 'nonce', sealed)), Uint8Array.from(nonce))
  const others = [
    () => openPart(pairing, 'answer', sealed),
    () => openPart(pairing, 'offer', sealed),
    () => openPart({ ...pairing, id: newPairing('').id }, 'nonce', sealed),
    () => openPart({ ...pairing, secret: randomBytes(16) }, 'nonce', sealed),
    () => openPart(pairing, 'nonce', Uint8Array.of(...sealed, 0)),
    () => openPart(pairing, 'nonce', Uint8Array.of(...sealed.slice(12), ...sealed.slice(0, 12))),
    ...Array.from(sealed.keys(), (at) => () => openPart(pairing, 'nonce', sealed.slice(0, at))),
    ...Array.from(sealed.keys(), (at) => () => openPart(pairing, 'nonce', flipped(sealed, at))),
  ]
  for (const other of others) await assert.rejects(other(), SEALED)
})

test('the promise of a nonce has its known bytes', () => {
  assert.equal(toHex(pairingCommitment(new Uint8Array(32).fill(7))), COMMITMENT)
})

test('the four digits are known ones, with their zeros in front', () => {
  const [offer, answer] = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6, 7)] as const
  for (const [byte, digits] of Object.entries(DIGITS)) {
    const nonce = new Uint8Array(32).fill(Number(byte))
    assert.equal(fourDigits(known, offer, answer, nonce), digits)
  }
})

test('the four digits bind everything that was said', () => {
  const [offer, answer, nonce] = [randomBytes(50), randomBytes(60), randomBytes(32)] as const
  const digits = fourDigits(pairing, offer, answer, nonce)
  assert.match(digits, /^\d{4}$/)
  assert.equal(fourDigits(pairing, offer, answer, nonce), digits)
  const changed = Array.from({ length: 40 }, (_, at) => [
    fourDigits(pairing, flipped(offer, at), answer, nonce),
    fourDigits(pairing, offer, flipped(answer, at), nonce),
    fourDigits(pairing, offer, answer, flipped(nonce, at % 32)),
    fourDigits(newPairing(''), offer, answer, nonce),
  ])
  // One in ten thousand is the same by chance.
  for (const place of [0, 1, 2, 3]) {
    const same = changed.filter((four) => four[place] === digits)
    assert.ok(same.length <= 2, `place ${place}`)
  }
})

function flipped(bytes: Uint8Array, at: number): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}

test('what the other phone is called turns nothing around', async () => {
  const device = { sig: new Uint8Array(32), kem: await seedRecipient(new Uint8Array(32)) }
  const label = { browser: '\u202eemorhC', system: 'An\u200bdroid\u0007' }
  const proof = new Uint8Array(64)
  const answer = readAnswer(toCbor({ v: 1, device, proof, nonce: new Uint8Array(32), label }))
  assert.deepEqual(answer.label, { browser: 'emorhC', system: 'Android' })
})
