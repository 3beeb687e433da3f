import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { agree, questions } from '../../src/client/agreeing.ts'
import { addChild, children } from '../../src/client/children.ts'
import type { Client } from '../../src/client/client.ts'
import { createHousehold } from '../../src/client/household.ts'
import { withdrawApproval } from '../../src/client/judging.ts'
import { step } from '../../src/client/live.ts'
import { messages } from '../../src/client/messages.ts'
import { editProfile, members } from '../../src/client/people.ts'
import { changeRules, readRules, trust } from '../../src/client/rules.ts'
import { approvalFor } from '../../src/client/toy.ts'
import { sendVoice } from '../../src/client/voices.ts'
import type { ChildId, MessageId, PrincipalId } from '../../src/protocol/ids.ts'
import { enlist, letIn, newRecording, startClient } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// Whom guardians trust, whom they let speak to which child, and who takes a break.

let server: TestServer
before(async () => void (server = await startTestServer()))
after(() => server.close())

async function newMember(): Promise<Client> {
  return startClient(await enlist(server))
}

type Home = { readonly mum: Client; readonly gran: Client; readonly granny: PrincipalId }

async function home(): Promise<Home> {
  const [mum, gran] = [await newMember(), await newMember()]
  await createHousehold(mum, { child: 'Mia', name: 'Mama' })
  await letIn(mum, gran, 'Grandma', 'relative')
  await together(mum, gran)
  const granny = (await members(mum)).find(({ name }) => name === 'Grandma')?.person
  assert.ok(granny)
  return { mum, gran, granny }
}

async function together(...clients: readonly Client[]): Promise<void> {
  for (let round = 0; round < 2; round += 1) for (const client of clients) await step(client)
}

async function say(client: Client, to: ChildId | 'child' = 'child'): Promise<MessageId> {
  const { message } = await sendVoice(client, { ...newRecording(), to })
  await step(client)
  return message
}

async function stateAt(client: Client, message: MessageId): Promise<string | undefined> {
  return (await messages(client)).find((one) => one.message === message)?.state
}

test('who is trusted needs no approval, for the toy neither, until they are trusted no more', async () => {
  const { mum, gran, granny } = await home()
  const said = await say(gran)
  await together(mum, gran)
  assert.equal(await stateAt(mum, said), 'waiting')
  await assert.rejects(approvalFor(mum, said), { reason: 'not-by-a-guardian' })
  assert.deepEqual(await trust(mum, granny, true), { done: true })
  await together(mum, gran)
  assert.deepEqual([await stateAt(mum, said), await stateAt(gran, said)], ['approved', 'approved'])
  assert.equal((await approvalFor(mum, said)).message, said)
  await withdrawApproval(mum, said)
  await together(mum, gran)
  assert.equal(await stateAt(mum, said), 'waiting', 'a guardian can still hold one back')
  await assert.rejects(approvalFor(mum, said), { reason: 'withdrawn' })
  const next = await say(gran)
  await trust(mum, granny, false)
  await together(mum, gran)
  assert.equal(await stateAt(mum, next), 'waiting')
  await assert.rejects(approvalFor(mum, next), { reason: 'not-by-a-guardian' })
})

test('two guardians agree about the rules, and one alone changes nothing', async () => {
  const { mum, gran, granny } = await home()
  const dad = await newMember()
  await letIn(mum, dad, 'Papa', 'guardian')
  await together(mum, dad, gran)
  assert.deepEqual(await trust(mum, granny, true), { done: false })
  await together(mum, dad)
  assert.deepEqual((await readRules(mum)).trusted, [])
  const [asked] = await questions(dad)
  assert.ok(asked && asked.mine === 'asked')
  await agree(dad, asked.purpose)
  await together(dad, mum)
  assert.deepEqual((await readRules(mum)).trusted, [granny])
  await assert.rejects(changeRules(mum, { retention: -1 }), { reason: 'policy' })
  await assert.rejects(trust(gran, granny, true), { code: 'device-refused' })
})

test('a relative who is trusted, is so for the children they may send to', async () => {
  const { mum, gran, granny } = await home()
  const tom = await addChild(mum, { name: 'Tom' })
  await together(mum, gran)
  const [mia] = await children(mum)
  assert.ok(mia)
  await trust(mum, granny, true)
  const one = { person: granny, name: 'Grandma', children: [mia.id] }
  await editProfile(mum, { people: [one] })
  // Her phone has not heard of it yet, or does not care.
  const said = await say(gran, tom)
  await together(mum, gran)
  assert.deepEqual(
    (await children(gran)).map(({ name }) => name),
    ['Mia'],
  )
  assert.equal(await stateAt(mum, said), 'waiting')
  await assert.rejects(approvalFor(mum, said), { reason: 'child-not-allowed' })
  const allowed = await say(gran, mia.id)
  await together(mum, gran)
  assert.equal(await stateAt(mum, allowed), 'approved')
})

test('who takes a break sends nothing, and is not listened to until it is over', async () => {
  const { mum, gran, granny } = await home()
  await step(mum)
  const pause = { person: granny, name: 'Grandma', paused: true } as const
  await editProfile(mum, { people: [pause] })
  const early = await say(gran)
  await together(mum, gran)
  assert.equal(await stateAt(mum, early), undefined)
  await assert.rejects(say(gran), { code: 'device-refused', reason: 'paused' })
  await editProfile(mum, { people: [{ person: granny, name: 'Grandma' }] })
  await together(mum, gran)
  assert.equal(await stateAt(mum, early), 'waiting')
  await say(gran)
})
