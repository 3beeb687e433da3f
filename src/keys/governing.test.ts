import assert from 'node:assert/strict'
import { hkdfSync } from 'node:crypto'
import { test } from 'node:test'
import { foundFamily, newDevice, NOW } from '../../test/harness/family.ts'
import { verifySignature } from '../protocol/ed25519.ts'
import { consentBytes, readPurpose } from '../protocol/log/consent.ts'
import { seededDevice } from './device.ts'
import { boxKeys } from './enrolling.ts'
import { consent, writePurpose } from './governing.ts'

const { family, guardian } = await foundFamily()
const { id } = family.household

test('a purpose says what, where and until when, and is like no other one', () => {
  const wanted = { op: 'remove', person: guardian.person } as const
  const [one, other] = [writePurpose(id, wanted, NOW), writePurpose(id, wanted, NOW)]
  const read = readPurpose(one)
  assert.deepEqual({ ...read, id: 0 }, { v: 1, hid: id, id: 0, expires: NOW, ...wanted })
  assert.notDeepEqual(read.id, readPurpose(other).id)
})

test('nothing is written or agreed to that nobody could carry out', async () => {
  const malformed = { code: 'log-refused', reason: 'consent-malformed' }
  const policy = { approval: true, retention: -1, trusted: [] }
  assert.throws(() => writePurpose(id, { op: 'policy', policy }, NOW), malformed)
  await assert.rejects(consent(await newDevice(), new Uint8Array(9)), malformed)
})

test('a consent is a signature of the purpose and of nothing else', async () => {
  const device = await newDevice()
  const purpose = writePurpose(id, { op: 'suite', suite: 'PP2' }, NOW)
  const { device: by, s } = await consent(device, purpose)
  assert.equal(by, device.id)
  assert.ok(verifySignature(s, consentBytes(purpose), device.sig))
  assert.ok(!verifySignature(s, purpose, device.sig))
  const domain = new TextEncoder().encode('pawpost/consent/v1\0')
  assert.deepEqual(consentBytes(purpose), Uint8Array.from([...domain, ...purpose]))
})

test("a drop-box's keys are what HKDF makes of its secret", async () => {
  const secret = new Uint8Array(16).fill(7)
  const derive = (what: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), `pawpost/box/v1/${what}`, 32))
  const expected = await seededDevice(derive('sig'), derive('kem'))
  const { id: box, kem } = await boxKeys(secret)
  assert.deepEqual([box, kem], [expected.id, expected.kem])
})
