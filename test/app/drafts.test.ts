import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  draftFor,
  drafts,
  dropDraft,
  keepDraft,
  readAddress,
  sendDraft,
} from '../../src/app/messages/drafts.ts'
import type { Client } from '../../src/client/client.ts'
import { step } from '../../src/client/live.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { sameBytes } from '../../src/protocol/bytes.ts'
import { foundAt, newRecording, startClient, type Installation } from '../harness/member.ts'
import { mortal } from '../harness/mortal.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

const TO_CHILD = { author: 'sender', to: 'child' } as const

let server: TestServer
let mum: Installation
before(async () => {
  server = await startTestServer()
  mum = await foundAt(server)
})
after(() => server.close())

/** How many messages hold this very sound. */
async function copies(client: Client, wanted: Uint8Array): Promise<number> {
  const all = await Promise.all(
    (await messages(client)).map(async ({ message }) => (await sound(client, message)).sound),
  )
  return all.filter((one) => sameBytes(one, wanted)).length
}

test('a recording that was stopped is there after a restart, once per address', async () => {
  const [first, second] = [newRecording(), newRecording()]
  await keepDraft(startClient(mum), TO_CHILD, first)
  await keepDraft(startClient(mum), TO_CHILD, second)
  await keepDraft(startClient(mum), { author: 'sender', to: 'household' }, first)
  const client = startClient(mum)
  assert.deepEqual((await draftFor(client, TO_CHILD))?.sound, second.sound)
  assert.equal((await drafts(client)).length, 2)
  await dropDraft(client, TO_CHILD)
  await dropDraft(client, { author: 'sender', to: 'household' })
  assert.deepEqual(await drafts(startClient(mum)), [])
})

test('killed at any step of sending, it goes out exactly once', async () => {
  for (let kills = 0, lived = false; !lived; kills += 1) {
    const recording = newRecording()
    const draft = await keepDraft(startClient(mum), TO_CHILD, recording)
    const life = mortal(kills)
    const client = startClient(mum, life.between)
    lived = (await life.lives(sendDraft(client, draft).then(() => step(client)))) === 'lived'
    const restarted = startClient(mum)
    const left = await draftFor(restarted, TO_CHILD)
    if (left) await sendDraft(restarted, left)
    await step(restarted)
    assert.equal(await copies(restarted, recording.sound), 1, `killed at effect ${kills}`)
    assert.deepEqual(await drafts(restarted), [])
    if (lived) assert.ok(kills > 3)
  }
})

test('an address that is none leads nowhere', () => {
  assert.deepEqual(readAddress({ author: 'child', to: 'household' }), {
    author: 'child',
    to: 'household',
  })
  for (const parts of [
    { author: 'nobody', to: 'child' },
    { author: 'sender', to: 'pr-short' },
    { author: '', to: '' },
  ]) {
    assert.throws(() => readAddress(parts), { code: 'not-found' })
  }
})
