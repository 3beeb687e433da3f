import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { archiveTexts } from '../../src/client/archive/archive-texts.ts'
import { bringArchive } from '../../src/client/archive/bring.ts'
import { collect } from '../../src/client/archive/collect.ts'
import type { ArchivedVoice } from '../../src/client/archive/format.ts'
import { readPage } from '../../src/client/archive/read-page.ts'
import { readZip } from '../../src/client/archive/read-zip.ts'
import { writePage } from '../../src/client/archive/write-page.ts'
import { writeZip } from '../../src/client/archive/write-zip.ts'
import type { Client } from '../../src/client/client.ts'
import { readFamily } from '../../src/client/family.ts'
import { createHousehold } from '../../src/client/household.ts'
import { keepsakes, keepsakeSound } from '../../src/client/keepsakes.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { enqueue } from '../../src/client/outbox.ts'
import { readOggOpus } from '../../src/client/sound/ogg.ts'
import { joinOgg, splitOgg } from '../../src/client/sound/parts.ts'
import { putOnShelf, storySound } from '../../src/client/stories.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { encodeVoice } from '../../src/cli/client/opus.ts'
import { newArchiveLock } from '../../src/keys/archive.ts'
import { randomBytes } from '../../src/keys/device.ts'
import type { MessageId } from '../../src/protocol/ids.ts'
import type { Body, Content } from '../../src/protocol/message/kinds.ts'
import { tone } from '../harness/archives.ts'
import { homeAt, newMember, say, together, type Home } from '../harness/home.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// A relative with a changed program says things in parts that no honest program makes.

const RATE = 16_000

let server: TestServer
let home: Home
before(async () => {
  server = await startTestServer()
  home = await homeAt(server)
})
after(() => server.close())

async function everybody(): Promise<void> {
  await together(home.mum, home.tablet, home.gran)
}

type Part = { readonly at: number; readonly of: number; readonly sound: Uint8Array }

/** Says one part of a set, to the guardians, past what the app would say. */
async function sayPart(set: Uint8Array, { at, of, sound: said }: Part): Promise<MessageId> {
  const { gran } = home
  const { household } = await readFamily(gran)
  const body: Body<'voice'> = {
    author: 'sender',
    for: [household.principal],
    codec: 'opus/ogg',
    durationMs: 300_000,
    sound: said,
    part: { set, at, of },
  }
  const content: Content = { kind: 'voice', body }
  const [mid] = await enqueue(gran, [{ to: [household.principal], at: gran.now(), content }])
  assert.ok(mid)
  await everybody()
  return mid
}

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) parts.push(piece)
  return Buffer.concat(parts)
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function all(voices: AsyncIterable<ArchivedVoice>): Promise<ArchivedVoice[]> {
  const found: ArchivedVoice[] = []
  for await (const voice of voices) found.push(voice)
  return found
}

/** The archive of a device, as it is read again out of the page and out of the locked file. */
async function archived(client: Client): Promise<readonly (readonly ArchivedVoice[])[]> {
  const archive = await collect(client, { zone: 'UTC' })
  const page = await bytesOf(writePage(archive, archiveTexts))
  const lock = await newArchiveLock()
  const zip = await bytesOf(writeZip(archive, archiveTexts, lock))
  const source = { size: zip.length, read: async (a: number, b: number) => zip.subarray(a, b) }
  return [await all(readPage(once(page))), await all(readZip(source, lock))]
}

function has(voices: readonly ArchivedVoice[], wanted: Uint8Array): boolean {
  return voices.some((voice) => Buffer.from(voice.sound).equals(wanted))
}

test('parts that make no recording keep nothing else out of an archive, nor themselves', async () => {
  const { mum, gran } = home
  await say(gran, { to: 'household' })
  const set = randomBytes(16)
  const parts = [randomBytes(200), tone(300), randomBytes(300), tone(200)]
  for (const [at, part] of parts.entries()) await sayPart(set, { at, of: 4, sound: part })
  const [shown] = await messages(mum)
  assert.ok(shown)
  await assert.rejects(sound(mum, shown.message), { code: 'sound-unreadable' })
  const honest = await Promise.all(
    (await messages(mum)).slice(1).map(async ({ message }) => (await sound(mum, message)).sound),
  )
  for (const voices of await archived(mum)) {
    for (const part of [...parts, ...honest]) assert.ok(has(voices, part))
  }
})

test('the archive of such a family is brought along, there and elsewhere', async () => {
  const { mum } = home
  const [voices = []] = await archived(mum)
  const again = await bringArchive(mum, each(voices))
  assert.deepEqual(again, { added: 0, known: voices.length })
  const anew = await newMember(server)
  await createHousehold(anew, { child: 'Mia', name: 'Ruth' })
  const { added } = await bringArchive(anew, each(voices))
  assert.equal(added, voices.length)
})

async function* each(voices: readonly ArchivedVoice[]): AsyncGenerator<ArchivedVoice> {
  yield* voices
}

test('two minutes and a half are taken along whole, and brought along in pieces that are the whole', async () => {
  const { mum } = home
  const samples = Int16Array.from({ length: 150 * RATE }, (_, at) =>
    Math.round(9000 * Math.sin((at / RATE) * (200 + at / RATE))),
  )
  const said = { sound: encodeVoice(samples), durationMs: 150_000 }
  await sendVoice(mum, { ...said, to: 'household' })
  await everybody()
  for (const voices of await archived(mum)) assert.ok(has(voices, said.sound))
  const [voices = []] = await archived(mum)
  const long = voices.filter((voice) => Buffer.from(voice.sound).equals(said.sound))
  assert.deepEqual(await bringArchive(mum, each(long)), { added: 0, known: 1 })
  const anew = await newMember(server)
  await createHousehold(anew, { child: 'Mia', name: 'Ruth' })
  assert.deepEqual(await bringArchive(anew, each(long)), { added: 1, known: 0 })
  assert.deepEqual(await bringArchive(anew, each(long)), { added: 0, known: 1 })
  const kept = (await keepsakes(anew)).toReversed()
  const pieces = await Promise.all(kept.map(({ message }) => keepsakeSound(anew, message)))
  for (const piece of pieces) readOggOpus(piece.sound)
  assert.equal(
    pieces.reduce((sum, { durationMs }) => sum + durationMs, 0),
    150_000,
  )
  assert.deepEqual(joinOgg(pieces.map((piece) => piece.sound)), said.sound)
})

test('what comes to a story after a guardian put it on the shelf is not told to the child', async () => {
  const { mum } = home
  const set = randomBytes(16)
  const [first, later] = splitOgg(tone(300, 2000), 1000).map((part) => part.sound)
  assert.ok(first && later)
  const story = await sayPart(set, { at: 0, of: 2, sound: first })
  await putOnShelf(mum, story)
  assert.deepEqual(await storySound(mum, story), first)
  await sayPart(set, { at: 1, of: 2, sound: later })
  assert.deepEqual(await storySound(mum, story), first)
})
