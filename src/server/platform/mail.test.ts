import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createOutbox } from './mail.ts'

const AT = Date.UTC(2026, 10, 22, 17, 30)

test('mails lie in the outbox in order, readable by us alone, announced without the address', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-outbox-'))
  const said: string[] = []
  const outbox = await createOutbox(folder, {
    clock: { now: () => AT },
    domain: 'pawpost.example',
    announce: (path) => said.push(path),
  })
  for (const subject of ['one', 'two', 'three']) {
    await outbox.send({
      to: 'ann@example.org',
      language: 'en',
      subject,
      text: 'Grüße\nCode: 123456\n',
    })
  }
  const names = (await readdir(folder)).toSorted()
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  assert.deepEqual(
    texts.map((text) => /Subject: (.*)\r/.exec(text)?.[1]),
    ['one', 'two', 'three'],
  )
  assert.match(texts[0] ?? '', /^Code: 123456\r$/m)
  assert.deepEqual(
    said,
    names.map((name) => join(folder, name)),
  )
  assert.ok(!said.join().includes('ann'))
  assert.equal((await stat(said[0] ?? '')).mode & 0o777, 0o600)
  await rm(folder, { recursive: true })
})

test('a mail that is held leaves when it is released, once, and never when it is taken back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-outbox-'))
  const said: string[] = []
  const parts = {
    clock: { now: () => AT },
    domain: 'pawpost.example',
    announce: (path: string) => said.push(path),
  }
  const before = await createOutbox(folder, parts)
  assert.deepEqual(await before.held(), [])
  for (const subject of ['aa', 'bb', 'cc']) {
    await before.hold(subject, { to: 'ann@example.org', language: 'en', subject, text: 'Hello' })
  }
  await before.release('aa')
  // Another process goes on.
  const after = await createOutbox(folder, parts)
  assert.deepEqual(new Set(await after.held()), new Set(['bb', 'cc']))
  await after.release('aa')
  await after.release('bb')
  await after.drop('cc')
  assert.deepEqual(await after.held(), [])
  const left = (await readdir(folder)).filter((name) => name.endsWith('.eml'))
  assert.deepEqual(new Set(left), new Set(said.map((path) => path.slice(folder.length + 1))))
  const texts = await Promise.all(said.map((path) => readFile(path, 'utf8')))
  assert.deepEqual(
    texts.map((text) => /Subject: (.*)\r/.exec(text)?.[1]),
    ['aa', 'bb'],
  )
  await rm(folder, { recursive: true })
})
