import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Client } from '../../src/client/client.ts'
import { readFamily } from '../../src/client/family.ts'
import { createHousehold } from '../../src/client/household.ts'
import { save } from '../../src/client/keeping.ts'
import { step } from '../../src/client/live.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { enqueue, waiting } from '../../src/client/outbox.ts'
import { setRetention } from '../../src/client/rules.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { seal } from '../../src/keys/message.ts'
import { appendLink } from '../../src/protocol/api/households.ts'
import { sendMessage } from '../../src/protocol/api/messages.ts'
import { fromBase64url } from '../../src/protocol/bytes.ts'
import { PawpostError } from '../../src/protocol/errors.ts'
import type { MessageId } from '../../src/protocol/ids.ts'
import { readLink } from '../../src/protocol/log/link.ts'
import type { Body, Content, Original } from '../../src/protocol/message/kinds.ts'
import { calendarOf, type Calendar } from '../harness/calendar.ts'
import { createTestClock } from '../harness/clock.ts'
import { newMessageId } from '../harness/letters.ts'
import { letIn, newRecording } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// One bad message, or one refusal, keeps nobody from closing, forgetting and sending.

const clock = createTestClock()
let server: TestServer
let calendar: Calendar
before(async () => void (server = await startTestServer({ clock })))
beforeEach(() => void (calendar = calendarOf(server, clock)))
after(() => server.close())

type Home = { readonly mum: Client; readonly dad: Client; readonly gran: Client }

async function home(): Promise<Home> {
  const [mum, dad, gran] = await Promise.all(
    [0, 1, 2].map(async () => calendar.start(await calendar.newcomer())),
  )
  assert.ok(mum && dad && gran)
  await createHousehold(mum, { child: 'Zebulon', name: 'Ruth' })
  await setRetention(mum, 30)
  await letIn(mum, dad, 'Paul', 'guardian')
  await letIn(mum, gran, 'Ida', 'relative')
  await together(mum, dad, gran)
  return { mum, dad, gran }
}

async function together(...clients: readonly Client[]): Promise<void> {
  for (let round = 0; round < 3; round += 1) for (const client of clients) await step(client)
}

/** Days go by, a week at a time, in which everybody looks now and then. */
async function live(days: number, ...clients: readonly Client[]): Promise<void> {
  for (let day = 0; day < days; day += 7) {
    await calendar.pass(7)
    await together(...clients)
  }
}

async function openOf(client: Client): Promise<number> {
  const { household } = await readFamily(client)
  return household.principals.get(household.principal)?.open ?? 0
}

/** A voice that was never sent, well signed, and its body. */
async function unsent(client: Client, mid: MessageId): Promise<Original> {
  const { household, device } = await readFamily(client)
  const body: Body<'voice'> = {
    author: 'sender',
    for: [household.principal],
    codec: 'opus/ogg',
    ...newRecording(),
  }
  const content: Content = { kind: 'voice', body }
  const prev = new Uint8Array(32)
  const draft = { mid, to: [household.principal], content, at: client.now(), n: 1, prev }
  return (await seal(household, device, draft)).original
}

/** Says anything, past what the app would say. */
async function claim(client: Client, content: Content, mid?: MessageId): Promise<void> {
  const { household } = await readFamily(client)
  await enqueue(client, [
    { to: [household.principal], at: client.now(), content, ...(mid && { mid }) },
  ])
}

const KEEPSAKE: Content = {
  kind: 'keepsake',
  body: { from: '', child: false, to: '', at: 0, codec: 'opus/ogg', ...newRecording() },
}

test('what a guardian saves and takes the sound of keeps no epoch open, and no phone from sending', async () => {
  const { mum, dad, gran } = await home()
  const mid = newMessageId()
  await claim(dad, {
    kind: 'forward',
    body: { of: mid, why: 'keep', original: await unsent(dad, mid) },
  })
  await claim(dad, KEEPSAKE, mid)
  await claim(dad, { kind: 'erase', body: { of: mid } })
  await together(dad, mum, gran)
  // Dad's program does nothing for the family: it is mum's that rotates and closes.
  await live(98, mum, gran)
  assert.ok((await openOf(mum)) > 1, 'closed')
  const { message } = await sendVoice(mum, { ...newRecording(), to: 'child' })
  await together(mum)
  assert.deepEqual(await waiting(mum), [])
  assert.ok((await messages(mum)).some((one) => one.message === message))
})

test('an id that a voice has is nobody else’s: its sound stays', async () => {
  const { mum, dad } = await home()
  const mid = newMessageId()
  const original = await unsent(dad, mid)
  await claim(dad, { kind: 'forward', body: { of: mid, why: 'keep', original } })
  await together(dad, mum)
  const before = (await sound(mum, mid)).sound
  await claim(dad, KEEPSAKE, mid)
  await together(dad, mum)
  assert.deepEqual((await sound(mum, mid)).sound, before)
})

/** A client whose server has no room for a recording. */
function withoutRoom(client: Client): { client: Client; tries: () => number } {
  let tried = 0
  const call: Client['api']['call'] = (route, input, signer) => {
    if (route.id !== sendMessage.id) return client.api.call(route, input, signer)
    tried += 1
    return Promise.reject(new PawpostError('family-full'))
  }
  return { client: { ...client, api: { ...client.api, call } }, tries: () => tried }
}

test('a save that the server has no room for is tried once a day, and lies in the outbox once', async () => {
  const { mum, dad, gran } = await home()
  const { message } = await sendVoice(gran, { ...newRecording(20_000), to: 'child' })
  await together(gran, mum, dad)
  await save(mum, message)
  await together(mum)
  await calendar.pass(31)
  await step(mum)
  await calendar.pass(31)
  const open = await openOf(mum)
  const { client, tries } = withoutRoom(mum)
  for (let each = 0; each < 5; each += 1) await step(client)
  assert.deepEqual([tries(), (await waiting(mum)).length], [1, 1])
  await calendar.pass(1)
  for (let each = 0; each < 5; each += 1) await step(client)
  assert.deepEqual([tries(), (await waiting(mum)).length], [2, 1])
  assert.equal(await openOf(mum), open, 'and nothing is closed before it is saved')
  await calendar.pass(1)
  await together(mum)
  assert.deepEqual([(await waiting(mum)).length, (await openOf(mum)) > open], [0, true])
  assert.ok((await messages(mum)).find((one) => one.message === message)?.saved)
})

function isClosing(input: object): boolean {
  const { link } = (input as { body: { link: string } }).body
  return readLink(fromBase64url(link)).body.op === 'shred'
}

test('a closing that is refused keeps nobody from sending, and is told', async () => {
  const { mum, dad, gran } = await home()
  await together(mum, dad, gran)
  await calendar.pass(31)
  await step(mum)
  await calendar.pass(31)
  const { message } = await sendVoice(mum, { ...newRecording(), to: 'child' })
  const call: Client['api']['call'] = (route, input, signer) =>
    route.id === appendLink.id && isClosing(input)
      ? Promise.reject(new PawpostError('log-refused', 'shape'))
      : mum.api.call(route, input, signer)
  await assert.rejects(step({ ...mum, api: { ...mum.api, call } }), { code: 'log-refused' })
  assert.deepEqual(await waiting(mum), [])
  assert.ok((await messages(mum)).some((one) => one.message === message))
})
