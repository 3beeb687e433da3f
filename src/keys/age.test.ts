import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { newDevice } from '../../test/harness/family.ts'
import { ascii } from '../protocol/bytes.ts'
import { countRecipients, decryptWith, encryptTo } from './age.ts'

const device = await newDevice()
const classic = await identityToRecipient(await generateX25519Identity())
const refused = { code: 'message-refused', reason: 'recipient-type' }

/** A file as anybody can make one with the library. */
async function fileFor(...recipients: string[]): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return encrypter.encrypt(Uint8Array.of(1))
}

test('a file is made for hybrid recipients only, and for at least one', async () => {
  for (const recipients of [[], [classic], [device.kem, classic], [device.kem, 'age1pq']]) {
    await assert.rejects(encryptTo(recipients, Uint8Array.of(1)), refused)
  }
})

test('a mixed file is not opened, although the library would open it', async () => {
  for (const recipients of [[classic], [device.kem, classic], [classic, device.kem]]) {
    const file = await fileFor(...recipients)
    assert.throws(() => countRecipients(file), refused)
    await assert.rejects(decryptWith([device.identity], file), refused)
  }
})

test('a header that names nobody is refused; one that names many is counted', async () => {
  const nobody = ascii('age-encryption.org/v1\n--- mac\n')
  assert.throws(() => countRecipients(nobody), refused)
  assert.equal(countRecipients(await fileFor(device.kem)), 1)
  assert.equal(countRecipients(await fileFor(device.kem, device.kem, device.kem)), 3)
})
