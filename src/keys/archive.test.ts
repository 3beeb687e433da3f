import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { decryptWith, encryptTo, seedRecipient } from './age.ts'
import { newArchiveLock, openFromArchive, sealForArchive } from './archive.ts'

const PLAIN = Uint8Array.from(randomBytes(1000))

test('what is sealed for an archive opens with its line, and with no other', async () => {
  const [lock, other] = [await newArchiveLock(), await newArchiveLock()]
  assert.match(lock.identity, /^AGE-SECRET-KEY-1/)
  const file = await sealForArchive(lock, PLAIN)
  assert.deepEqual(await openFromArchive(lock, file), PLAIN)
  await assert.rejects(openFromArchive(other, file), { code: 'archive-locked' })
  const changed = file.with(file.length - 1, (file.at(-1) ?? 0) ^ 1)
  await assert.rejects(openFromArchive(lock, changed), { code: 'archive-locked' })
})

test('the two kinds of recipients stay apart, in both directions', async () => {
  const lock = await newArchiveLock()
  const hybrid = await seedRecipient(new Uint8Array(32).fill(7))
  await assert.rejects(sealForArchive({ recipient: hybrid }, PLAIN), { reason: 'recipient-type' })
  await assert.rejects(encryptTo([lock.recipient], PLAIN), { reason: 'recipient-type' })
  await assert.rejects(encryptTo([hybrid, lock.recipient], PLAIN), { reason: 'recipient-type' })
  const message = await encryptTo([hybrid], PLAIN)
  await assert.rejects(openFromArchive(lock, message), { code: 'archive-unreadable' })
  const file = await sealForArchive(lock, PLAIN)
  await assert.rejects(decryptWith([lock.identity], file), { reason: 'recipient-type' })
})

test('what is no age file, and what is no line, is told apart', async () => {
  const lock = await newArchiveLock()
  for (const bytes of [new Uint8Array(), Uint8Array.from(randomBytes(300))]) {
    await assert.rejects(openFromArchive(lock, bytes), { code: 'archive-unreadable' })
  }
  const file = await sealForArchive(lock, PLAIN)
  await assert.rejects(openFromArchive({ identity: 'hello' }, file), { code: 'archive-locked' })
})
