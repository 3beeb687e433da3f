import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCbor } from '../protocol/cbor.ts'
import { randomBytes } from './device.ts'
import {
  fourDigits,
  newPairing,
  openPart,
  pairingKey,
  readAnswer,
  readNonce,
  readOffer,
  readPairing,
  sealPart,
  writePairing,
} from './pairing.ts'

const pairing = newPairing('https://pawpost.example')
const link = writePairing(pairing)
const SEALED = { code: 'tampered', reason: 'pairing' }

test('a link is read as it was written, and its secret stands in the fragment', () => {
  for (const text of [link, ` ${link}\n`]) assert.deepEqual(readPairing(text), pairing)
  const { pathname, search, hash } = new URL(link)
  assert.equal(pathname, `/d/${pairing.id}`)
  assert.equal(search, '')
  assert.equal(hash.length, 1 + 24)
})

test('a link that was cut, lengthened or mistyped is refused', () => {
  const wrong = [
    ...Array.from(link, (_, length) => link.slice(0, length)),
    ...['A', '=', '#', '&x=1'].map((more) => link + more),
    link.replace('/d/', '/j/'),
    link.replace(/#./, (found) => (found === '#A' ? '#B' : '#A')),
    writePairing({ ...pairing, id: newPairing('').id }).replace(/#.*/, new URL(link).hash),
  ]
  for (const text of wrong) assert.throws(() => readPairing(text), { code: 'link-invalid' }, text)
})

test('the one-time key is the same for who has the secret, and another for who has not', async () => {
  const again = await pairingKey(readPairing(link))
  assert.equal(again.id, (await pairingKey(pairing)).id)
  assert.notEqual(again.id, (await pairingKey(newPairing(''))).id)
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
    () => openPart(pairing, 'nonce', sealed.slice(0, -1)),
    () => openPart(pairing, 'nonce', new Uint8Array()),
    ...Array.from(sealed.keys(), (at) => () => openPart(pairing, 'nonce', flipped(sealed, at))),
  ]
  for (const other of others) await assert.rejects(other(), SEALED)
})

test('what was sealed by whoever knows the secret is still read strictly', () => {
  for (const read of [readOffer, readAnswer, readNonce]) {
    assert.throws(() => read(toCbor({ v: 1, nonce: randomBytes(31) })), SEALED)
    assert.throws(() => read(randomBytes(40)), SEALED)
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
