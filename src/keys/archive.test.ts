import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { bech32 } from '@scure/base'
import { Encrypter } from 'age-encryption'
import { ascii } from '../protocol/bytes.ts'
import { decryptWith, encryptTo, seedIdentity, seedRecipient } from './age.ts'
import { newArchiveLock, openFromArchive, sealForArchive } from './archive.ts'

const PLAIN = Uint8Array.from(randomBytes(1000))
const LOCKED = { code: 'archive-locked' }
const UNREADABLE = { code: 'archive-unreadable', reason: 'recipient-type' }

/** Made by `age-keygen` and `age` 1.1.1, as an operating system brings them. */
const KNOWN = {
  identity: 'AGE-SECRET-KEY-15LJUTLYDZ3965ZSGKKXK6T7W27JC6CVG3F3RC075AX2KGHPJDLJSDZRHL0',
  file: Uint8Array.from(
    Buffer.from(
      'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBTVVd3YW1WZ1V2MVBHdnAyOGZFQ1hIV0dB' +
        'bkhmaXJGUzJINE1OQ09naFZrCkc0S2JzRUZQckNJVFE3RFY3dUhqOTJRc1ZPeDh2M3BKOWIxOSs2' +
        'R2svZ3cKLS0tIGlMN1VzWUZyZHk0eUdxRC9yOTdBWmtYaWE3bVFUQ3o5OGRGSkhmYzMzT0EK3npw' +
        'ZCj9ExeY2KNYIdj8nlSMEUfI/QxsPPqYWredGE0l/St58JcCqqCwlaJZjDd1',
      'base64',
    ),
  ),
}

test('what the age of an operating system sealed opens with its line', async () => {
  assert.deepEqual(await openFromArchive(KNOWN, KNOWN.file), ascii('Good night, Mia.'))
})

test('a line is read as people copy it', async () => {
  const { identity, file } = KNOWN
  for (const typed of [` ${identity}\r\n`, `\u00a0${identity}`, identity.toLowerCase()]) {
    assert.deepEqual(await openFromArchive({ identity: typed }, file), ascii('Good night, Mia.'))
  }
})

test('an archive is a standard age file for one classic recipient', async () => {
  const lock = await newArchiveLock()
  const { prefix, bytes } = bech32.decodeToBytes(lock.identity)
  assert.deepEqual([prefix.toUpperCase(), bytes.length], ['AGE-SECRET-KEY-', 32])
  assert.match(lock.recipient, /^age1[0-9a-z]{58}$/)
  const [version, stanza, , mac] = Buffer.from(await sealForArchive(lock, PLAIN))
    .toString('latin1')
    .split('\n')
  assert.equal(version, 'age-encryption.org/v1')
  assert.match(stanza ?? '', /^-> X25519 [\w+/]{43}$/)
  assert.match(mac ?? '', /^--- [\w+/]{43}$/)
})

test('what is sealed for an archive opens with its line, and with no other', async () => {
  const [lock, other] = [await newArchiveLock(), await newArchiveLock()]
  for (const plain of [PLAIN, new Uint8Array(), new Uint8Array(70_000).fill(3)]) {
    assert.deepEqual(await openFromArchive(lock, await sealForArchive(lock, plain)), plain)
  }
  assert.notEqual(lock.identity, other.identity)
  await assert.rejects(openFromArchive(other, await sealForArchive(lock, PLAIN)), LOCKED)
})

test('a file that was changed or cut anywhere is not opened', async () => {
  const body = KNOWN.file.lastIndexOf(10) + 1
  for (let at = 0; at < KNOWN.file.length; at += 1) {
    const changed = KNOWN.file.with(at, (KNOWN.file[at] ?? 0) ^ 1)
    await assert.rejects(openFromArchive(KNOWN, changed), { name: 'PawpostError' }, `byte ${at}`)
  }
  for (const at of [body, KNOWN.file.length - 1]) {
    const changed = KNOWN.file.with(at, (KNOWN.file[at] ?? 0) ^ 1)
    await assert.rejects(openFromArchive(KNOWN, changed), LOCKED)
    await assert.rejects(openFromArchive(KNOWN, KNOWN.file.slice(0, at)), LOCKED)
  }
  await assert.rejects(openFromArchive(KNOWN, Uint8Array.of(...KNOWN.file, 0)), LOCKED)
})

test('what is no age file, or was cut in its header, is told apart', async () => {
  const nobody = ascii('age-encryption.org/v1\n--- mac\n')
  for (const bytes of [new Uint8Array(), new Uint8Array(300).fill(65), nobody]) {
    await assert.rejects(openFromArchive(KNOWN, bytes), UNREADABLE)
  }
  await assert.rejects(openFromArchive(KNOWN, KNOWN.file.slice(0, 60)), UNREADABLE)
})

test('what is no line opens nothing', async () => {
  const { identity, file } = KNOWN
  const wrong = [
    '',
    'hello',
    identity.slice(0, -1),
    `${identity}0`,
    `x${identity}`,
    identity.replace('15L', '15M'),
    seedIdentity(new Uint8Array(32).fill(7)),
  ]
  for (const line of wrong) {
    await assert.rejects(openFromArchive({ identity: line }, file), LOCKED, line)
  }
})

test('the two kinds of recipients stay apart, in both directions', async () => {
  const lock = await newArchiveLock()
  const hybrid = await seedRecipient(new Uint8Array(32).fill(7))
  const refused = { code: 'message-refused', reason: 'recipient-type' }
  await assert.rejects(encryptTo([lock.recipient], PLAIN), refused)
  await assert.rejects(encryptTo([hybrid, lock.recipient], PLAIN), refused)
  await assert.rejects(openFromArchive(lock, await encryptTo([hybrid], PLAIN)), UNREADABLE)
  const file = await sealForArchive(lock, PLAIN)
  await assert.rejects(decryptWith([lock.identity], file), refused)
})

test('nothing is sealed for what is no classic recipient', async () => {
  const { recipient } = await newArchiveLock()
  const hybrid = await seedRecipient(new Uint8Array(32).fill(7))
  for (const wrong of [hybrid, '', 'age1', `x${recipient}`, `${recipient}0`, ` ${recipient}`]) {
    const refused = { code: 'internal', reason: 'recipient-type' }
    await assert.rejects(sealForArchive({ recipient: wrong }, PLAIN), refused, wrong)
  }
})

test('a file for a second kind of recipient, or for a password, is no archive', async () => {
  const lock = await newArchiveLock()
  const mixed = new Encrypter()
  mixed.addRecipient(lock.recipient)
  mixed.addRecipient(await seedRecipient(new Uint8Array(32).fill(7)))
  await assert.rejects(openFromArchive(lock, await mixed.encrypt(PLAIN)), UNREADABLE)
  const password = new Encrypter()
  password.setScryptWorkFactor(2)
  password.setPassphrase('good night')
  await assert.rejects(openFromArchive(lock, await password.encrypt(PLAIN)), UNREADABLE)
})
