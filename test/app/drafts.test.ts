import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  draftFor,
  drafts,
  dropDraft,
  keepDraft,
  longest,
  readAddress,
  recordingPath,
  sameAddress,
  sendDraft,
} from '../../src/app/messages/drafts.ts'
import type { Client } from '../../src/client/client.ts'
import { step } from '../../src/client/live.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { CHILD_MS } from '../../src/client/voices.ts'
import { randomBytes } from '../../src/keys/device.ts'
import { sameBytes } from '../../src/protocol/bytes.ts'
import { messageId } from '../../src/protocol/ids.ts'
import { foundAt, newRecording, startClient, type Installation } from '../harness/member.ts'
import { mortal } from '../harness/mortal.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

const TO_CHILD = { author: 'sender', to: ['child'] } as const

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
  await keepDraft(startClient(mum), { author: 'sender', to: ['household'] }, first)
  const client = startClient(mum)
  assert.deepEqual((await draftFor(client, TO_CHILD))?.sound, second.sound)
  assert.equal((await drafts(client)).length, 2)
  await dropDraft(client, TO_CHILD)
  await dropDraft(client, { author: 'sender', to: ['household'] })
  assert.deepEqual(await drafts(startClient(mum)), [])
})

test('an address for several, with what it answers, leads to its own draft and back', async () => {
  const client = startClient(mum)
  const re = messageId.from(randomBytes(16))
  const several = { author: 'sender', to: ['child', 'household'], re } as const
  await keepDraft(client, TO_CHILD, newRecording())
  await keepDraft(client, several, newRecording())
  const [, , author = '', to = '', answered] = recordingPath(several).split('/')
  const address = readAddress({ author, to, re: answered })
  assert.deepEqual(address, several)
  assert.ok(sameAddress(address, several) && !sameAddress(address, TO_CHILD))
  const kept = await draftFor(client, address)
  assert.ok(kept)
  await sendDraft(client, kept)
  const sent = (await messages(client)).find((one) => one.re === re)
  assert.deepEqual(
    sent?.to.map((whom) => 'child' in whom),
    [true, false],
  )
  assert.equal((await drafts(client)).length, 1)
  await dropDraft(client, TO_CHILD)
})

test('for a child it may be as long as a toy takes, for people longer', () => {
  const grown = { author: 'sender', to: ['household'] } as const
  assert.equal(longest(TO_CHILD), CHILD_MS)
  assert.equal(longest({ ...grown, to: ['household', 'child'] }), CHILD_MS)
  assert.ok(longest(grown) > CHILD_MS)
})

test('a draft of former days, for one without a list, is still there', async () => {
  const client = startClient(mum)
  const { sound: said, durationMs } = newRecording()
  const old = { author: 'sender', to: 'child', sound: said, durationMs, at: 1, leaving: false }
  await client.store.write([{ key: 'draft/sender/child', value: old }])
  assert.deepEqual((await draftFor(client, TO_CHILD))?.to, ['child'])
  assert.equal((await drafts(client)).length, 1)
  await dropDraft(client, TO_CHILD)
  assert.deepEqual(await drafts(client), [])
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
    to: ['household'],
  })
  for (const parts of [
    { author: 'nobody', to: 'child' },
    { author: 'sender', to: 'pr-short' },
    { author: '', to: '' },
    { author: 'sender', to: 'child,nobody' },
    { author: 'sender', to: 'child', re: 'msg-short' },
  ]) {
    assert.throws(() => readAddress(parts), { code: 'not-found' })
  }
})
