import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { randomBytes } from '../../src/keys/device.ts'
import { messageId } from '../../src/protocol/ids.ts'
import type { KeyValueStore, Store } from '../../src/client/store.ts'
import { refusals } from '../../src/client/inbox.ts'
import { step } from '../../src/client/live.ts'
import { messages } from '../../src/client/messages.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { isBroken, killEverywhere } from '../harness/exactly-once.ts'
import {
  familyAt,
  newRecording,
  startClient,
  type Installation,
  type TestFamily,
} from '../harness/member.ts'
import { mortal } from '../harness/mortal.ts'
import { memoryStore } from '../harness/memory-store.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// A client is killed between any two steps of a send; a fresh one goes on over the same storage.

let server: TestServer
let family: TestFamily

before(async () => {
  server = await startTestServer()
  family = await familyAt(server)
})
after(() => server.close())

async function refusedAt(installation: Installation): Promise<number> {
  return (await refusals(startClient(installation))).length
}

test("a relative's message arrives exactly once wherever the app is killed", async () => {
  const trial = { sender: family.grandma, receiver: family.mum }
  const fates = await killEverywhere(trial)
  assert.ok(fates.length > 6, `${fates.length} kills`)
  assert.ok(fates.some(({ safe }) => !safe))
  assert.deepEqual(fates.filter(isBroken), [])
  assert.equal(await refusedAt(family.mum), 0)
  assert.equal(await refusedAt(family.grandma), 0)
})

test("so does a guardian's, who also receives it", async () => {
  const other = await familyAt(server)
  const trial = { sender: other.mum, receiver: other.mum }
  const fates = await killEverywhere(trial)
  assert.ok(fates.length > 6, `${fates.length} kills`)
  assert.deepEqual(fates.filter(isBroken), [])
  assert.equal(await refusedAt(other.mum), 0)
})

test('a receiver who is killed at any step of receiving has every message once', async () => {
  const { grandma, mum } = await familyAt(server)
  const sender = startClient(grandma)
  let kills = 0
  for (let died = true; died; kills += 1) {
    const said = [newRecording(), newRecording()]
    for (const recording of said) await sendVoice(sender, { ...recording, to: 'child' })
    await step(sender)
    const life = mortal(kills)
    died = (await life.lives(step(startClient(mum, life.between)))) === 'died'
    const receiver = startClient(mum)
    await step(receiver)
    const shown = (await messages(receiver)).map(({ durationMs }) => durationMs)
    for (const { durationMs } of said) {
      assert.equal(shown.filter((one) => one === durationMs).length, 1, `after ${kills}`)
    }
  }
  assert.ok(kills > 6, `${kills} kills`)
  assert.equal(await refusedAt(mum), 0)
})

test('control: an outbox that is not durable before it says so loses messages', async () => {
  const { grandma: sender, mum: receiver } = await familyAt(server)
  const fates = await killEverywhere({ sender, receiver, between: () => ({ raw: lateOutbox }) })
  assert.ok(fates.some(({ safe, arrived }) => safe && arrived === 0))
})

test('control: an outbox that names a message anew at every try sends it twice', async () => {
  const { grandma: sender, mum: receiver } = await familyAt(server)
  const between = () => ({ store: renamingOutbox })
  const fates = await killEverywhere({ sender, receiver, between })
  assert.ok(fates.some(({ arrived }) => arrived > 1))
})

/** Keeps the outbox in memory and says that it is safe. */
function lateOutbox(raw: KeyValueStore): KeyValueStore {
  const memory = memoryStore()
  const belongs = (key: string): boolean => key.startsWith('outbox/')
  return {
    get: (key) => (belongs(key) ? memory.get(key) : raw.get(key)),
    list: (prefix) => (belongs(prefix) ? memory.list(prefix) : raw.list(prefix)),
    async write(changes) {
      await memory.write(changes.filter(({ key }) => belongs(key)))
      await raw.write(changes.filter(({ key }) => !belongs(key)))
    },
  }
}

/** Forgets what was sealed and under which id. */
function renamingOutbox(store: Store): Store {
  return {
    ...store,
    async list(prefix, schema) {
      const entries = await store.list(prefix, schema)
      if (prefix !== 'outbox/') return entries
      return entries.map(({ key, value }) => {
        const mid = messageId.from(randomBytes(16))
        return { key, value: { ...(value as object), mid, sealed: undefined } as typeof value }
      })
    },
  }
}
