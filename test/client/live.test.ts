import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Change, Client } from '../../src/client/client.ts'
import { runLive, step } from '../../src/client/live.ts'
import { messages } from '../../src/client/messages.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { nudge } from '../../src/client/nudge.ts'
import type { MessageId } from '../../src/protocol/ids.ts'
import {
  familyAt,
  newInstallation,
  newRecording,
  startClient,
  type Installation,
  type TestFamily,
} from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

let server: TestServer
let family: TestFamily
before(async () => {
  server = await startTestServer()
  family = await familyAt(server)
})
after(() => server.close())

/** An app that is open: what changes, and its end. */
type Open = AsyncDisposable & { readonly client: Client; readonly changes: Change[] }

function openApp(installation: Installation): Open {
  const changes: Change[] = []
  const client = { ...startClient(installation), changed: (it: Change) => void changes.push(it) }
  const closing = new AbortController()
  const live = runLive(client, closing.signal)
  return {
    client,
    changes,
    async [Symbol.asyncDispose]() {
      closing.abort()
      await live
    },
  }
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 30_000
  while (!(await holds())) {
    assert.ok(Date.now() < end, what)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

async function has(client: Client, message: MessageId): Promise<boolean> {
  return (await messages(client)).some((one) => one.message === message)
}

async function speak(client: Client): Promise<MessageId> {
  return (await sendVoice(client, { ...newRecording(), to: 'child' })).message
}

test('what is said in one open app appears in the other by itself', async () => {
  await using mum = openApp(family.mum)
  await using grandma = openApp(family.grandma)
  for (let count = 0; count < 3; count += 1) {
    const message = await speak(grandma.client)
    await until(() => has(mum.client, message), 'it arrives')
  }
  assert.ok(mum.changes.includes('messages'))
  assert.ok(grandma.changes.includes('outbox'))
})

test('an open app outlives its server, and both directions go on', async () => {
  await using mum = openApp(family.mum)
  await using grandma = openApp(family.grandma)
  const first = await speak(grandma.client)
  await until(() => has(mum.client, first), 'before')
  await server.restart()
  const own = await speak(mum.client)
  const second = await speak(grandma.client)
  await until(() => has(mum.client, second), 'after')
  await until(async () => {
    const shown = (await messages(mum.client)).find(({ message }) => message === own)
    return shown?.state === 'approved'
  }, 'its own goes out')
  assert.ok(mum.changes.includes('connection'))
})

test('nonsense from the server does not end an open app', async () => {
  let broken = 0
  const nonsense = 'event: heads\ndata: {"log"\n\nevent: heads\ndata: []\n\nevent: x\ndata: y\n\n'
  const client = startClient(family.mum, {
    fetch: (fetch) => (input, init) => {
      if (!input.endsWith('/events') || broken > 2) return fetch(input, init)
      broken += 1
      if (broken === 1) return Promise.resolve(new Response(nonsense))
      return Promise.resolve(new Response('<html>', { status: broken === 2 ? 502 : 200 }))
    },
  })
  const closing = new AbortController()
  const live = runLive(client, closing.signal)
  const waker = setInterval(() => nudge(client), 100)
  const grandma = startClient(family.grandma)
  const message = await speak(grandma)
  await step(grandma)
  await until(() => has(client, message), 'it arrives all the same')
  assert.equal(broken, 3)
  clearInterval(waker)
  closing.abort()
  await live
})

test('an app without a family waits for one, and ends when it is closed', async () => {
  await using app = openApp(await newInstallation(server.origin))
  nudge(app.client)
  assert.deepEqual(app.changes, [])
})
