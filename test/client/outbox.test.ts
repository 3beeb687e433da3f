import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Client } from '../../src/client/client.ts'
import { rollBacks } from '../../src/client/heal/roll-backs.ts'
import { receive } from '../../src/client/inbox.ts'
import { step } from '../../src/client/live.ts'
import { messages, sound, type Message } from '../../src/client/messages.ts'
import { CHILD_MS, sendVoice } from '../../src/client/voices.ts'
import { discard, retry, waiting } from '../../src/client/outbox.ts'
import type { MessageId } from '../../src/protocol/ids.ts'
import { familyAt, newRecording, startClient, type TestFamily } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

let server: TestServer
let family: TestFamily
/** What the network does to a request that sends a message: nothing, unless a test says so. */
let trouble: (url: string) => Response | 'cut' | undefined
let grandma: Client
let mum: Client

before(async () => {
  server = await startTestServer()
  family = await familyAt(server)
})
after(() => server.close())
beforeEach(() => {
  trouble = () => undefined
  grandma = startClient(family.grandma, { fetch: troubled })
  mum = startClient(family.mum)
})

type Fetch = (input: string, init: RequestInit) => Promise<Response>

function troubled(fetch: Fetch): Fetch {
  return async (input, init) => {
    const what = init.method === 'PUT' ? trouble(input) : undefined
    if (what === 'cut') throw new TypeError('fetch failed')
    return what ?? fetch(input, init)
  }
}

function answer(status: number, code: string): Response {
  return new Response(JSON.stringify({ code, message: code }), { status })
}

async function speak(client: Client): Promise<MessageId> {
  return (await sendVoice(client, { ...newRecording(), to: 'child' })).message
}

async function find(client: Client, message: MessageId): Promise<Message | undefined> {
  return (await messages(client)).find((one) => one.message === message)
}

async function arrived(...wanted: readonly MessageId[]): Promise<readonly MessageId[]> {
  await step(mum)
  const all = (await messages(mum)).map(({ message }) => message)
  return all.filter((message) => wanted.includes(message)).toReversed()
}

test('without a connection everything waits, and goes out in the order it was said', async () => {
  trouble = () => 'cut'
  const said: MessageId[] = []
  for (let count = 0; count < 4; count += 1) said.push(await speak(grandma))
  await assert.rejects(step(grandma), { code: 'offline' })
  assert.deepEqual(
    (await waiting(grandma)).map(({ message }) => message),
    said,
  )
  assert.deepEqual(await arrived(...said), [])
  for (const one of said) assert.equal((await find(grandma, one))?.state, 'sending')
  trouble = () => undefined
  await step(startClient(family.grandma))
  assert.deepEqual(await waiting(grandma), [])
  assert.deepEqual(await arrived(...said), said)
})

test('recordings that are stopped in the same moment are all kept', async () => {
  const said = await Promise.all(Array.from({ length: 6 }, () => speak(grandma)))
  assert.equal((await waiting(grandma)).length, 6)
  await step(grandma)
  assert.deepEqual(new Set(await arrived(...said)), new Set(said))
})

test('what waits can be listened to', async () => {
  trouble = () => 'cut'
  const recording = newRecording()
  const { message } = await sendVoice(grandma, { ...recording, to: 'child' })
  assert.deepEqual((await sound(grandma, message)).sound, recording.sound)
  trouble = () => undefined
  await step(grandma)
  assert.deepEqual((await sound(grandma, message)).sound, recording.sound)
})

test('a server that is busy is asked again later', async () => {
  for (const [status, code] of [
    [503, 'busy'],
    [429, 'too-many'],
    [500, 'internal'],
    [401, 'sign-in-needed'],
  ] as const) {
    trouble = () => answer(status, code)
    const message = await speak(grandma)
    await assert.rejects(step(grandma), { code })
    assert.equal((await find(grandma, message))?.state, 'sending')
    trouble = () => undefined
    await step(grandma)
    assert.deepEqual(await arrived(message), [message])
  }
})

test('a message that is refused for good is marked and passed over; others go on', async () => {
  const [first, second] = [await speak(grandma), await speak(grandma)]
  trouble = (url) => (url.endsWith(first) ? answer(422, 'message-refused') : undefined)
  await step(grandma)
  assert.equal((await find(grandma, first))?.state, 'failed')
  assert.equal((await waiting(grandma))[0]?.failed, 'message-refused')
  assert.deepEqual(await arrived(first, second), [second])
  await step(grandma)
  assert.equal((await find(grandma, first))?.state, 'failed', 'it is not tried again by itself')
  await retry(grandma, first)
  assert.equal((await find(grandma, first))?.state, 'sending')
  await assert.rejects(retry(grandma, first), { code: 'not-found' })
  trouble = () => undefined
  await step(grandma)
  // Both were said within a millisecond, perhaps: then none of them was first.
  assert.deepEqual(new Set(await arrived(first, second)), new Set([first, second]))
  assert.deepEqual(await waiting(grandma), [])
})

test('a refused message can be given up, and one on its way cannot', async () => {
  const message = await speak(grandma)
  await assert.rejects(discard(grandma, message), { code: 'not-found' })
  trouble = () => answer(403, 'device-refused')
  await step(grandma)
  await discard(grandma, message)
  assert.equal(await find(grandma, message), undefined)
  trouble = () => undefined
  await step(grandma)
  assert.deepEqual(await arrived(message), [])
})

test('an answer that is lost costs nothing: the same bytes are sent, and count once', async () => {
  const bodies: string[] = []
  const client = startClient(family.grandma, {
    fetch: (fetch) => async (input, init) => {
      const response = await fetch(input, init)
      if (init.method !== 'PUT') return response
      bodies.push(Buffer.from(init.body as Uint8Array).toString('hex'))
      if (bodies.length < 3) throw new TypeError('connection reset')
      return response
    },
  })
  const message = await speak(client)
  await assert.rejects(step(client), { code: 'offline' })
  await assert.rejects(step(client), { code: 'offline' })
  assert.equal(await countShown(client, message), 1)
  await step(client)
  assert.equal(bodies.length, 3)
  assert.equal(new Set(bodies).size, 1)
  assert.deepEqual(await arrived(message), [message])
  assert.equal(await countShown(client, message), 1)
})

async function countShown(client: Client, message: MessageId): Promise<number> {
  return (await messages(client)).filter((one) => one.message === message).length
}

test('what nobody could hear is not kept', async () => {
  const { sound: voice } = newRecording()
  const refused = (recording: { sound: Uint8Array; durationMs: number }): Promise<unknown> =>
    sendVoice(grandma, { ...recording, to: 'child' })
  const long = refused({ sound: voice, durationMs: CHILD_MS + 1001 })
  await assert.rejects(long, { code: 'sound-too-long' })
  await assert.rejects(refused({ sound: voice, durationMs: 0 }), { code: 'sound-empty' })
  await assert.rejects(refused({ sound: new Uint8Array(), durationMs: 5 }), { code: 'sound-empty' })
  assert.deepEqual(await waiting(grandma), [])
})

test('a mailbox with a gap, and one that got shorter, are noticed', async () => {
  const [first, second] = [await speak(grandma), await speak(grandma)]
  await step(grandma)
  const page = (change: (answer: Page) => Page): Client =>
    startClient(family.mum, {
      fetch: (fetch) => async (input, init) => {
        const response = await fetch(input, init)
        if (!input.includes('/mailboxes/')) return response
        return Response.json(change((await response.json()) as Page))
      },
    })
  const gap = page(({ entries, latest }) => ({ entries: entries.slice(1), latest }))
  await assert.rejects(receive(gap), { code: 'tampered', reason: 'withheld' })
  const silent = page(({ latest }) => ({ entries: [], latest }))
  await assert.rejects(receive(silent), { code: 'tampered', reason: 'withheld' })
  assert.deepEqual(await arrived(first, second), [first, second])
  const shorter = page(() => ({ entries: [], latest: 0 }))
  await receive(shorter)
  const [alarm] = await rollBacks(shorter)
  assert.ok(alarm && alarm.known >= 2 && alarm.shown === 0)
  assert.deepEqual(await arrived(first, second), [first, second])
})

type Page = { readonly entries: readonly unknown[]; readonly latest: number }
