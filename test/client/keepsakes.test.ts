import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { bringArchive } from '../../src/client/archive/bring.ts'
import { archiveTexts } from '../../src/client/archive/archive-texts.ts'
import { collect } from '../../src/client/archive/collect.ts'
import type { ArchivedVoice } from '../../src/client/archive/format.ts'
import { readPage } from '../../src/client/archive/read-page.ts'
import { readZip } from '../../src/client/archive/read-zip.ts'
import { writePage } from '../../src/client/archive/write-page.ts'
import { writeZip } from '../../src/client/archive/write-zip.ts'
import type { Client } from '../../src/client/client.ts'
import { readFamily } from '../../src/client/family.ts'
import { createHousehold } from '../../src/client/household.ts'
import { dropKeepsake, keepsakes, keepsakeSound } from '../../src/client/keepsakes.ts'
import { leave } from '../../src/client/leaving.ts'
import { step } from '../../src/client/live.ts'
import { originalOf } from '../../src/client/mailbag.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { approvalFor } from '../../src/client/toy.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { verifyApproval } from '../../src/keys/approval.ts'
import { newArchiveLock } from '../../src/keys/archive.ts'
import { enlist, familyAt, foundAt, letIn, newRecording, startClient } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// Guardians in dispute: one leaves with the archive and begins anew with it.

const ZONE = 'Europe/Berlin'
let server: TestServer
let mum: Client
let dad: Client
let grandma: Client
/** Dad's next home. */
let anew: Client
let page: Buffer

before(async () => {
  server = await startTestServer()
  const family = await familyAt(server)
  mum = startClient(family.mum)
  grandma = startClient(family.grandma)
  dad = startClient(await enlist(server))
  await letIn(mum, dad, 'Papa', 'guardian')
  for (let each = 0; each < 20; each += 1) {
    await sendVoice(grandma, { ...newRecording(2000), to: 'child' })
  }
  await step(grandma)
  await sendVoice(mum, { ...newRecording(2000), to: family.grandmaId })
  for (const client of [mum, dad, grandma]) await step(client)
  anew = startClient(await enlist(server))
  await createHousehold(anew, { child: 'Zebulon', name: 'Papa' })
})
after(() => server.close())

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) parts.push(piece)
  return Buffer.concat(parts)
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function sourceOf(bytes: Uint8Array) {
  return { size: bytes.length, read: async (from: number, to: number) => bytes.slice(from, to) }
}

async function* each(voices: readonly ArchivedVoice[]): AsyncGenerator<ArchivedVoice> {
  yield* voices
}

async function soundsOf(client: Client): Promise<readonly string[]> {
  const all: string[] = []
  for (const { message } of await keepsakes(client)) {
    all.push(Buffer.from((await keepsakeSound(client, message)).sound).toString('hex'))
  }
  return all.sort()
}

test('one of two guardians leaves with everything, and begins anew with it', async () => {
  page = await bytesOf(writePage(await collect(dad, { zone: ZONE }), archiveTexts))
  const said: string[] = []
  for (const { message } of await messages(dad)) {
    said.push(Buffer.from((await sound(dad, message)).sound).toString('hex'))
  }
  await leave(dad)
  const seen: number[] = []
  const onProgress = ({ added }: { added: number }): void => void seen.push(added)
  const brought = await bringArchive(anew, readPage(once(page)), { onProgress })
  assert.deepEqual(brought, { added: 21, known: 0 })
  assert.deepEqual(seen, [16, 21])
  assert.deepEqual(await soundsOf(anew), said.sort())
  const [newest] = await keepsakes(anew)
  assert.equal(newest?.from, 'Ruth')
  assert.equal(newest?.to, 'Ilse')
  assert.deepEqual(await messages(anew), [], 'they are no messages of the new family')
  // The others go on without him.
  await step(mum)
  assert.equal((await messages(mum)).length, 21)
})

test('the same archive again, in either form, brings nothing twice', async () => {
  const again = await bringArchive(anew, readPage(once(page)))
  assert.deepEqual(again, { added: 0, known: 21 })
  const lock = await newArchiveLock()
  const zip = await bytesOf(writeZip(await collect(mum, { zone: ZONE }), archiveTexts, lock))
  const asFiles = await bringArchive(anew, readZip(sourceOf(zip), lock))
  assert.deepEqual(asFiles, { added: 0, known: 21 })
  assert.equal((await keepsakes(anew)).length, 21)
})

test('what is a message here is not brought as a keepsake as well', async () => {
  assert.deepEqual(await bringArchive(mum, readPage(once(page))), { added: 0, known: 21 })
  assert.deepEqual(await keepsakes(mum), [])
})

test('the other guardian of the new home has them, too; of two who bring the same, one is first', async () => {
  const second = startClient(await enlist(server))
  await letIn(anew, second, 'Mama', 'guardian')
  await step(second)
  assert.equal((await keepsakes(second)).length, 21)
  const voice: ArchivedVoice = {
    from: 'Opa',
    child: false,
    to: 'Zebulon',
    at: Date.UTC(2020, 1, 1),
    durationMs: 900,
    state: 'played',
    codec: 'opus/ogg',
    sound: newRecording().sound,
  }
  await bringArchive(anew, each([voice]))
  // Before the second one heard of it.
  await bringArchive(second, each([voice])).catch(() => undefined)
  for (const client of [anew, second, anew, second]) await step(client)
  for (const client of [anew, second]) {
    const found = (await keepsakes(client)).filter(({ from }) => from === 'Opa')
    assert.equal(found.length, 1)
  }
})

test('a relative brings an archive for themself; the household hears nothing of it', async () => {
  const home = await foundAt(server)
  const [parent, aunt] = [startClient(home), startClient(await enlist(server))]
  await letIn(parent, aunt, 'Tante', 'relative')
  assert.equal((await bringArchive(aunt, readPage(once(page)))).added, 21)
  await step(parent)
  assert.deepEqual(await keepsakes(parent), [])
  assert.equal((await keepsakes(aunt)).length, 21)
})

test('none of them goes to a toy; one that is dropped is gone, and is part of the next archive until then', async () => {
  const [first, second] = await keepsakes(anew)
  assert.ok(first && second)
  await assert.rejects(approvalFor(anew, first.message), { code: 'not-found' })
  const signed = await originalOf(anew, first.message)
  const { household } = await readFamily(anew)
  const refused = { code: 'not-approved', reason: 'not-a-voice' }
  assert.ok(signed)
  assert.throws(() => verifyApproval(household, signed), refused)
  const before = await collect(anew, { zone: ZONE })
  assert.equal(before.count, 22)
  await dropKeepsake(anew, first.message)
  await step(anew)
  assert.equal(
    (await keepsakes(anew)).some(({ message }) => message === first.message),
    false,
  )
  assert.equal((await collect(anew, { zone: ZONE })).count, 21)
  await assert.rejects(keepsakeSound(anew, first.message), { code: 'not-found' })
})
