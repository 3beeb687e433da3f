import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'
import { archiveTexts } from '../../src/client/archive/archive-texts.ts'
import { collect } from '../../src/client/archive/collect.ts'
import { readPage } from '../../src/client/archive/read-page.ts'
import { writePage } from '../../src/client/archive/write-page.ts'
import { writeZip } from '../../src/client/archive/write-zip.ts'
import type { Client } from '../../src/client/client.ts'
import { step } from '../../src/client/live.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { newArchiveLock } from '../../src/keys/archive.ts'
import { familyAt, newRecording, startClient } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// A family takes everything along; the machine's own age opens it, with the text that comes with it.

const AGE = '/usr/bin/age'
const run = promisify(execFile)
const ZONE = 'Europe/Berlin'

let folder = ''
let server: TestServer
let mum: Client
let grandma: Client
const said: Uint8Array[] = []

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-archive-'))
  server = await startTestServer()
  const family = await familyAt(server)
  mum = startClient(family.mum)
  grandma = startClient(family.grandma)
  for (let each = 0; each < 3; each += 1) await say(grandma, 'child')
  await say(mum, family.grandmaId)
  await say(mum, 'child')
  await step(grandma)
  await step(mum)
  await step(grandma)
})
after(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 20 })
})

async function say(client: Client, to: Parameters<typeof sendVoice>[1]['to']): Promise<void> {
  const recording = newRecording(20_000)
  said.push(recording.sound)
  await sendVoice(client, { ...recording, to })
}

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) parts.push(piece)
  return Buffer.concat(parts)
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function hexOf(sounds: readonly Uint8Array[]): readonly string[] {
  return sounds.map((sound) => Buffer.from(sound).toString('hex')).sort()
}

test('the age of the operating system opens every file, and what comes out is what was said', async () => {
  assert.match((await run(AGE, ['--version'])).stdout, /^1\.1\.1/)
  const lock = await newArchiveLock()
  const zip = await bytesOf(writeZip(await collect(mum, { zone: ZONE }), archiveTexts, lock))
  for (const [name, bytes] of Object.entries(unzipSync(zip))) {
    await writeFile(join(folder, name.replaceAll('/', ' - ')), bytes)
  }
  const identity = join(folder, 'identity.txt')
  await writeFile(identity, `${lock.identity}\n`)
  const opened: Uint8Array[] = []
  const sealed = (await readdir(folder)).filter((name) => name.endsWith('.age'))
  for (const name of sealed) {
    const out = join(folder, 'out')
    await run(AGE, ['-d', '-i', identity, '-o', out, join(folder, name)])
    opened.push(await readFile(out))
    await rm(out)
  }
  const list = opened.find((bytes) => bytes[0] === '{'.charCodeAt(0))
  const sounds = opened.filter((bytes) => bytes !== list)
  assert.deepEqual(hexOf(sounds), hexOf(said))
  const { voices } = JSON.parse(Buffer.from(list ?? []).toString()) as { voices: object[] }
  assert.equal(voices.length, said.length)
})

test('the line of the README is the line that works', async () => {
  const readMe = await readFile(join(folder, 'README.txt'), 'utf8')
  const line = /^ +(age -d .*)\r$/m.exec(readMe)?.[1] ?? ''
  const file = (await readdir(folder)).find((name) => name.endsWith('.ogg.age')) ?? ''
  const command = line.replace('voices/FILE.ogg.age', file).replace('FILE.ogg', 'README.ogg')
  await run('sh', ['-c', command], { cwd: folder })
  const sound = await readFile(join(folder, 'README.ogg'))
  assert.ok(said.some((one) => sound.equals(one)))
})

test('without the line, or with another one, age opens nothing', async () => {
  const file = (await readdir(folder)).find((name) => name.endsWith('.ogg.age')) ?? ''
  const identity = join(folder, 'other.txt')
  await writeFile(identity, `${(await newArchiveLock()).identity}\n`)
  await assert.rejects(run(AGE, ['-d', '-i', identity, join(folder, file)]), /no identity matched/)
})

test('a relative takes their own thread along, and nothing else', async () => {
  const page = await bytesOf(writePage(await collect(grandma, { zone: ZONE }), archiveTexts))
  const sounds: Uint8Array[] = []
  for await (const voice of readPage(once(page))) sounds.push(voice.sound)
  assert.deepEqual(hexOf(sounds), hexOf(said.slice(0, 4)))
})

test('a long work says how far it is, and can be stopped', async () => {
  const seen: number[] = []
  const stop = new AbortController()
  const onProgress = ({ done, of }: { done: number; of: number }): void => {
    assert.equal(of, said.length)
    seen.push(done)
    if (done === 2) stop.abort()
  }
  const archive = await collect(mum, { zone: ZONE, signal: stop.signal, onProgress })
  await assert.rejects(bytesOf(writePage(archive, archiveTexts)), { name: 'AbortError' })
  assert.deepEqual(seen, [0, 1, 2])
})
