import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Client } from '../../src/client/client.ts'
import { erase } from '../../src/client/erasing.ts'
import { readFamily } from '../../src/client/family.ts'
import { step } from '../../src/client/live.ts'
import { originalOf } from '../../src/client/mailbag.ts'
import { approve } from '../../src/client/judging.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { enqueue } from '../../src/client/outbox.ts'
import { approvalFor } from '../../src/client/toy.ts'
import type { MessageId, PrincipalId } from '../../src/protocol/ids.ts'
import { enlist, familyAt, letIn, newRecording, startClient } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// A wish to forget counts for one's own voice, and from a guardian; nobody erases somebody else's.

let server: TestServer
before(async () => void (server = await startTestServer()))
after(() => server.close())

async function us(): Promise<{ mum: Client; grandma: Client; grandmaId: PrincipalId }> {
  const { mum, grandma, grandmaId } = await familyAt(server)
  return { mum: startClient(mum), grandma: startClient(grandma), grandmaId }
}

async function shown(client: Client): Promise<readonly MessageId[]> {
  await step(client)
  return (await messages(client)).map(({ message }) => message)
}

async function say(client: Client, to: 'child' | PrincipalId): Promise<MessageId> {
  const { message } = await sendVoice(client, { ...newRecording(), to })
  await step(client)
  return message
}

test('their own voice is forgotten everywhere, with the approval that embeds it', async () => {
  const { mum, grandma } = await us()
  const voice = await say(grandma, 'child')
  assert.deepEqual(await shown(mum), [voice])
  await approve(mum, voice)
  await step(mum)
  await approvalFor(mum, voice)
  await erase(grandma, voice)
  assert.deepEqual(await shown(grandma), [])
  assert.deepEqual(await shown(mum), [])
  assert.equal(await originalOf(mum, voice), undefined)
  await assert.rejects(sound(mum, voice), { code: 'not-found' })
  await assert.rejects(approvalFor(mum, voice), { code: 'not-found' })
})

test('a guardian can have any voice forgotten, also before it came', async () => {
  const { mum, grandma } = await us()
  const voice = await say(grandma, 'child')
  await step(mum)
  await erase(mum, voice)
  await step(mum)
  const dad = startClient(await enlist(server))
  await letIn(mum, dad, 'Dan', 'guardian')
  assert.deepEqual(await shown(dad), [], 'who comes later finds the wish and the voice together')
  assert.deepEqual(await shown(grandma), [])
})

test('nobody erases what somebody else said, whatever their program sends', async () => {
  const { mum, grandma, grandmaId } = await us()
  const voice = await say(mum, grandmaId)
  assert.deepEqual(await shown(grandma), [voice])
  await assert.rejects(erase(grandma, voice), { code: 'device-refused' })
  const { household, person } = await readFamily(grandma)
  const content = { kind: 'erase', body: { of: voice } } as const
  await enqueue(grandma, [{ to: [household.principal, person], at: Date.now(), content }])
  assert.deepEqual(await shown(grandma), [voice])
  assert.deepEqual(await shown(mum), [voice])
  assert.equal((await sound(mum, voice)).author, 'sender')
})
