import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { agree, questions } from '../../src/client/agreeing.ts'
import type { Client } from '../../src/client/client.ts'
import { children } from '../../src/client/children.ts'
import { readFamily } from '../../src/client/family.ts'
import { approve, withdrawApproval } from '../../src/client/judging.ts'
import { entries, originalOf } from '../../src/client/mailbag.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { enqueue } from '../../src/client/outbox.ts'
import { editProfile } from '../../src/client/people.ts'
import { portraits } from '../../src/client/portraits.ts'
import { setPortrait } from '../../src/client/portraying.ts'
import { trust } from '../../src/client/rules.ts'
import { approvalFor } from '../../src/client/toy.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { randomBytes } from '../../src/keys/device.ts'
import { seal } from '../../src/keys/message.ts'
import type { ChildId, MessageId, PrincipalId } from '../../src/protocol/ids.ts'
import type { Body, Content, Original } from '../../src/protocol/message/kinds.ts'
import { demandState, homeAt, newMember, say, shown, together, type Home } from '../harness/home.ts'
import { newMessageId } from '../harness/letters.ts'
import { letIn, newRecording } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// What a member of the family with a changed program does to the others, and does not get.

const DAYS = 24 * 60 * 60 * 1000

let server: TestServer
let home: Home
let dad: Client
before(async () => {
  server = await startTestServer()
  home = await homeAt(server)
  dad = await newMember(server)
  await letIn(home.mum, dad, 'Paul', 'guardian')
  await everybody()
})
after(() => server.close())

async function everybody(): Promise<void> {
  await together(home.mum, home.tablet, home.gran, dad)
}

async function miaOf(client: Client): Promise<ChildId> {
  const [mia] = await children(client)
  assert.ok(mia)
  return mia.id
}

async function bodyFor(client: Client): Promise<Body<'voice'>> {
  const said = newRecording()
  return { author: 'sender', for: [await miaOf(client)], codec: 'opus/ogg', ...said }
}

/** Says anything, past what the app would say. */
async function claim(
  client: Client,
  content: Content,
  { at = client.now(), to }: { at?: number; to?: readonly PrincipalId[] } = {},
): Promise<MessageId> {
  const { household } = await readFamily(client)
  const [mid] = await enqueue(client, [{ to: to ?? [household.principal], at, content }])
  assert.ok(mid)
  await everybody()
  return mid
}

/** A voice of one's own, well signed, under the id of another message. */
async function impostor(client: Client, mid: MessageId): Promise<Original> {
  const { household, device } = await readFamily(client)
  const content: Content = { kind: 'voice', body: await bodyFor(client) }
  const prev = new Uint8Array(32)
  const draft = { mid, to: [household.principal], content, at: client.now(), n: 1, prev }
  return (await seal(household, device, draft)).original
}

test('what a guardian saves takes no place of what somebody else said', async () => {
  const { mum, gran } = home
  const said = await say(gran, { to: 'child' })
  await everybody()
  const heard = (await sound(mum, said)).sound
  await claim(dad, {
    kind: 'forward',
    body: { of: said, why: 'keep', original: await impostor(dad, said) },
  })
  assert.deepEqual((await sound(mum, said)).sound, heard)
  const same = (await messages(mum)).filter(({ message }) => message === said)
  assert.deepEqual(
    same.map(({ from }) => from.name),
    ['Ilse'],
  )
  await approve(mum, said)
  await everybody()
  assert.deepEqual((await approvalFor(mum, said)).voice.sound, heard)
})

test('what a guardian saves takes no place of an approval', async () => {
  const { mum, gran } = home
  const said = await say(gran, { to: 'child' })
  await everybody()
  const heard = (await sound(mum, said)).sound
  await approve(mum, said)
  await everybody()
  const approval = (await entries(mum)).find((one) => one.kind === 'forward' && one.of === said)
  assert.ok(approval)
  await claim(dad, {
    kind: 'forward',
    body: { of: approval.mid, why: 'keep', original: await impostor(dad, approval.mid) },
  })
  assert.deepEqual((await approvalFor(mum, said)).voice.sound, heard)
})

test('a voice that a forward brought gives way to the one that came under its own id', async () => {
  const { mum, gran } = home
  const mid = newMessageId()
  const original = await impostor(dad, mid)
  await claim(dad, { kind: 'forward', body: { of: mid, why: 'keep', original } })
  const { household } = await readFamily(gran)
  const body = await bodyFor(gran)
  const content: Content = { kind: 'voice', body }
  await enqueue(gran, [{ to: [household.principal], at: gran.now(), content, mid }])
  await everybody()
  const same = (await messages(mum)).filter(({ message }) => message === mid)
  assert.deepEqual(
    same.map(({ from }) => from.name),
    ['Ilse'],
  )
  assert.deepEqual((await sound(mum, mid)).sound, body.sound)
})

test('an approval that is dated ahead can be taken back', async () => {
  const { mum, tablet, gran } = home
  const said = await say(gran, { to: 'child' })
  await everybody()
  await approve({ ...tablet, now: () => Date.now() + 200_000 }, said)
  await everybody()
  await demandState(said, 'approved', mum)
  await withdrawApproval(mum, said)
  await everybody()
  await demandState(said, 'waiting', mum, tablet)
  await assert.rejects(approvalFor(mum, said), { reason: 'withdrawn' })
})

test('an approval of a day to come is none', async () => {
  const { mum, gran } = home
  const said = await say(gran, { to: 'child' })
  await everybody()
  const original = await originalOf(dad, said)
  assert.ok(original)
  const at = Date.now() + 2 * DAYS
  await claim(dad, { kind: 'forward', body: { of: said, why: 'approve', original } }, { at })
  await demandState(said, 'waiting', mum)
  await assert.rejects(approvalFor(mum, said), { code: 'not-approved' })
})

test('who takes a break says nothing to the child, trusted or not', async () => {
  const { mum, gran, granny } = home
  await trust(mum, granny, true)
  await everybody()
  const [asked] = await questions(dad)
  assert.ok(asked)
  await agree(dad, asked.purpose)
  await everybody()
  const ilse = { person: granny, name: 'Ilse' }
  await editProfile(mum, { people: [{ ...ilse, paused: true }] })
  await everybody()
  const mid = await claim(gran, { kind: 'voice', body: await bodyFor(gran) })
  assert.equal(await shown(mum, mid), undefined)
  await assert.rejects(approvalFor(mum, mid), { code: 'not-approved' })
  await editProfile(mum, { people: [ilse] })
  await everybody()
  await demandState(mid, 'approved', mum)
})

test('no guardian silences another one', async () => {
  const { mum } = home
  const { person } = await readFamily(mum)
  const people = [{ person, name: 'Ruth', paused: true as const, children: [] }]
  const before = await children(mum)
  await claim(dad, { kind: 'profile', body: { children: [...before], people } })
  assert.equal((await children(mum)).length, before.length)
  const { message } = await sendVoice(mum, { ...newRecording(), to: 'child' })
  await everybody()
  await demandState(message, 'approved', mum, dad)
  assert.equal((await approvalFor(mum, message)).message, message)
})

test('nothing that is told with a date far ahead stands for ever', async () => {
  const { mum, gran, granny } = home
  const image = { type: 'image/webp', image: randomBytes(50) } as const
  for (const at of [Date.now() + 2 * DAYS, 8.64e15]) {
    await claim(gran, { kind: 'portrait', body: { of: granny, ...image } }, { at })
    await claim(dad, { kind: 'profile', body: { children: [], people: [] } }, { at })
  }
  const better = { type: 'image/webp', image: randomBytes(50) } as const
  await setPortrait(mum, granny, better)
  await everybody()
  for (const client of [mum, home.tablet]) {
    assert.deepEqual((await portraits(client)).get(granny)?.image, better.image)
    assert.equal((await children(client)).length, 1)
  }
})

test('nobody cuts a recording of somebody else short, or makes it longer', async () => {
  const { mum, gran } = home
  const opa = await newMember(server)
  await letIn(mum, opa, 'Opa', 'relative')
  const set = randomBytes(16)
  const spoken = await bodyFor(gran)
  const first = await claim(gran, {
    kind: 'voice',
    body: { ...spoken, part: { set, at: 0, of: 2 } },
  })
  for (const at of [0, 1, 2]) {
    const body = { ...(await bodyFor(opa)), part: { set, at, of: 8 } }
    await claim(opa, { kind: 'voice', body })
    await together(opa)
  }
  await claim(gran, { kind: 'voice', body: { ...spoken, part: { set, at: 1, of: 2 } } })
  assert.equal((await shown(mum, first))?.durationMs, 2 * spoken.durationMs)
})
