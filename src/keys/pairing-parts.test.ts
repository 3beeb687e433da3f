import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex } from '../protocol/bytes.ts'
import { toCbor } from '../protocol/cbor.ts'
import { deviceId, householdId, principalId } from '../protocol/ids.ts'
import { enrolmentBytes } from '../protocol/log/join.ts'
import { randomBytes, seededDevice } from './device.ts'
import { isProven, readAnswer, readNonce, readOffer, type Answer, type Offer } from './pairing.ts'

// What two phones tell each other, as it is read: whoever knows the secret may have written it.

const REFUSED = { code: 'tampered', reason: 'pairing' }
const sixteen = (byte: number): Uint8Array => new Uint8Array(16).fill(byte)
const many = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length).fill(7)

const [household, person] = [householdId.from(sixteen(1)), principalId.from(sixteen(2))]
const device = await seededDevice(many(32), many(32))
const keys = { sig: device.sig, kem: device.kem }
const label = { browser: 'F'.repeat(24), system: 'S'.repeat(24) }
const named = { device: deviceId.from(sixteen(3)), label }

const OFFER: Offer = {
  v: 1,
  hid: household,
  person,
  by: device.id,
  head: { seq: 0, hash: many(32) },
  commitment: many(32),
  devices: Array.from({ length: 16 }, () => named),
}
const ANSWER: Answer = {
  v: 1,
  device: keys,
  proof: await device.sign(enrolmentBytes(household, person, keys)),
  nonce: many(32),
  label,
}
const NONCE = { v: 1, nonce: many(32) }

const WRONG_LABELS = [
  { ...label, browser: 'F'.repeat(25) },
  { ...label, system: 'S'.repeat(25) },
  { ...label, browser: 1 },
  { browser: 'F' },
  { ...label, more: '' },
  'Firefox',
]

const WRONG_OFFERS: readonly object[] = [
  ...[0, 2, '1'].map((v) => ({ v })),
  ...[person, 'hh-', '', 1].map((hid) => ({ hid })),
  ...[household, device.id, 'pr-'].map((wrong) => ({ person: wrong })),
  ...[person, 'dev-'].map((by) => ({ by })),
  ...[-1, 1.5, '0'].map((seq) => ({ head: { ...OFFER.head, seq } })),
  ...[many(31), many(33), 'hash'].map((hash) => ({ head: { ...OFFER.head, hash } })),
  { head: { ...OFFER.head, more: 1 } },
  { head: { seq: 0 } },
  ...[many(31), many(33)].map((commitment) => ({ commitment })),
  { devices: [...OFFER.devices, named] },
  ...[{ ...named, device: person }, { ...named, more: 1 }, { label }].map((one) => ({
    devices: [one],
  })),
  ...WRONG_LABELS.map((wrong) => ({ devices: [{ ...named, label: wrong }] })),
  { more: 1 },
]

const WRONG_ANSWERS: readonly object[] = [
  ...[0, 2].map((v) => ({ v })),
  ...[many(31), many(33), 'sig'].map((sig) => ({ device: { ...keys, sig } })),
  ...['', 'age1', device.kem.toUpperCase(), device.kem.slice(0, -1)].map((kem) => ({
    device: { ...keys, kem },
  })),
  { device: { ...keys, more: 1 } },
  { device: { sig: keys.sig } },
  ...[many(63), many(65)].map((proof) => ({ proof })),
  ...[many(31), many(33)].map((nonce) => ({ nonce })),
  ...WRONG_LABELS.map((wrong) => ({ label: wrong })),
  { more: 1 },
]

const WRONG_NONCES: readonly object[] = [
  ...[0, 2].map((v) => ({ v })),
  ...[many(31), many(33), 'nonce'].map((nonce) => ({ nonce })),
  { more: 1 },
]

const PARTS = [
  { name: 'offer', right: OFFER, wrong: WRONG_OFFERS, read: readOffer },
  { name: 'answer', right: ANSWER, wrong: WRONG_ANSWERS, read: readAnswer },
  { name: 'nonce', right: NONCE, wrong: WRONG_NONCES, read: readNonce },
]

test('what the phones tell each other is read as it was written', () => {
  assert.deepEqual(readOffer(toCbor(OFFER)), OFFER)
  assert.deepEqual(readOffer(toCbor({ ...OFFER, devices: [] })).devices, [])
  assert.deepEqual(readAnswer(toCbor(ANSWER)), ANSWER)
  assert.equal(toHex(toCbor(NONCE)), `a2617601656e6f6e63655820${'07'.repeat(32)}`)
  assert.deepEqual(readNonce(toCbor(NONCE)), many(32))
})

for (const { name, right, wrong, read } of PARTS) {
  test(`no field of the ${name} may be missing, wrong or added`, () => {
    for (const field of wrong) {
      const [key = ''] = Object.keys(field)
      assert.throws(() => read(toCbor({ ...right, ...field })), REFUSED, key)
    }
    for (const key of Object.keys(right)) {
      const rest = Object.entries(right).filter(([each]) => each !== key)
      assert.throws(() => read(toCbor(Object.fromEntries(rest))), REFUSED, key)
    }
  })

  test(`nothing else is read as the ${name}`, () => {
    const bytes = toCbor(right)
    const parts = PARTS.filter((part) => part.name !== name).map((part) => toCbor(part.right))
    const others = [new Uint8Array(), randomBytes(40), toCbor([right]), toCbor(null)]
    const longer = Uint8Array.of(...bytes, 0)
    for (const other of [...parts, ...others, longer, bytes.slice(0, -1)]) {
      assert.throws(() => read(other), REFUSED)
    }
  })
}

test('a new phone has asked for itself, in this household and for this person alone', () => {
  assert.equal(isProven(household, person, ANSWER), true)
  const [otherHousehold, other] = [householdId.from(sixteen(9)), principalId.from(sixteen(9))]
  assert.equal(isProven(otherHousehold, person, ANSWER), false)
  assert.equal(isProven(household, other, ANSWER), false)
})

test('the proof of another phone, or one that was changed, proves nothing', async () => {
  const second = await seededDevice(many(32).fill(8), many(32).fill(8))
  const wrong = [
    { device: { sig: second.sig, kem: second.kem } },
    { device: { ...keys, kem: second.kem } },
    { device: { ...keys, sig: second.sig } },
    { proof: await second.sign(enrolmentBytes(household, person, keys)) },
    { proof: ANSWER.proof.with(0, (ANSWER.proof[0] ?? 0) ^ 1) },
    { proof: new Uint8Array(64) },
  ]
  for (const lie of wrong) assert.equal(isProven(household, person, { ...ANSWER, ...lie }), false)
})
