import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { append } from '../../src/client/append.ts'
import type { Client } from '../../src/client/client.ts'
import { readFamily } from '../../src/client/family.ts'
import { rollBacks } from '../../src/client/heal/roll-backs.ts'
import { MOST_RESENDS, resendLost } from '../../src/client/heal/sent.ts'
import { recoveryCard } from '../../src/client/household.ts'
import { refusals } from '../../src/client/inbox.ts'
import { step } from '../../src/client/live.ts'
import { approve } from '../../src/client/judging.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { pullLog } from '../../src/client/pull-log.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { flush } from '../../src/client/outbox.ts'
import { recover } from '../../src/client/recovery.ts'
import { confirmAddress, signUp } from '../../src/client/session.ts'
import { proposeRotate } from '../../src/keys/links.ts'
import { toHex } from '../../src/protocol/bytes.ts'
import { missingMessages } from '../../src/protocol/api/messages.ts'
import { householdId, type MessageId } from '../../src/protocol/ids.ts'
import { freshAddress, GOOD_PASSWORD, newestCode } from '../harness/account.ts'
import {
  enlist,
  familyAt,
  letIn,
  newRecording,
  startClient,
  type Installation,
} from '../harness/member.ts'
import { memoryStore } from '../harness/memory-store.ts'
import { mortal } from '../harness/mortal.ts'
import { operatorOf, type Operator } from '../harness/roll-back.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// A server's database is put back to an earlier day. Nobody believes it, and all give it back what
// they have, until it is as it was.

let server: TestServer
let operator: Operator
before(async () => {
  server = await startTestServer()
  operator = await operatorOf(server)
})
after(async () => {
  await operator[Symbol.asyncDispose]()
  await server.close()
})

type Name = 'mum' | 'grandma' | 'dad' | 'aunt'
type People = Readonly<Record<Name, Installation>>

/** A family with a history, a backup from its middle, and what the backup lacks. */
type Story = {
  readonly people: People
  readonly card: string
  readonly said: readonly MessageId[]
  /** What the server had of the family before the roll-back. */
  readonly had: Stored
}

type Stored = {
  readonly links: readonly string[]
  readonly wraps: readonly string[]
  readonly messages: readonly string[]
  readonly entries: number
}

async function storedOf(client: Client): Promise<Stored> {
  const { household } = await readFamily(client)
  const id = `decode('${toHex(householdId.bytes(household.id))}', 'hex')`
  const texts = async (columns: string, table: string): Promise<readonly string[]> => {
    const rows = await operator.rows<{ text: string }>(
      `SELECT concat_ws(' ', ${columns}) AS text FROM ${table} WHERE household = ${id} ORDER BY 1`,
    )
    return rows.map(({ text }) => text)
  }
  return {
    links: await texts("seq, encode(link, 'hex')", 'links'),
    wraps: await texts('device, principal, epoch', 'wraps'),
    messages: await texts('message, envelope', 'messages'),
    entries: (await texts('principal, message', 'mailbox_entries')).length,
  }
}

async function speak(client: Client): Promise<MessageId> {
  const { message } = await sendVoice(client, { ...newRecording(), to: 'child' })
  await step(client)
  return message
}

/** Everything a family does in a day, half of it after the backup. */
async function live(backUp: () => Promise<unknown>): Promise<Story> {
  const { mum, grandma } = await familyAt(server)
  const clients = { mum: startClient(mum), grandma: startClient(grandma) }
  const card = (await recoveryCard(clients.mum)) ?? ''
  const said = [await speak(clients.grandma), await speak(clients.mum)]
  await step(clients.mum)
  await backUp()
  const people = { mum, grandma, dad: await enlist(server), aunt: await enlist(server) }
  const all = { ...clients, dad: startClient(people.dad), aunt: startClient(people.aunt) }
  said.push(await speak(all.grandma))
  await letIn(all.mum, all.dad, 'Paul', 'guardian')
  await letIn(all.dad, all.aunt, 'Lena', 'relative')
  await append(all.dad, ({ household, device, now }) =>
    proposeRotate({ household, device, now }, household.principal),
  )
  for (const client of [all.aunt, all.mum, all.dad, all.grandma]) said.push(await speak(client))
  await step(all.mum)
  const [first] = said
  assert.ok(first)
  await approve(all.mum, first)
  for (const client of Object.values(all)) await step(client)
  said.push(await speak(all.grandma))
  for (const client of Object.values(all)) await step(client)
  return { people, card, said, had: await storedOf(all.mum) }
}

/** Starts an app; whose account the server lost opens another one, with the same device. */
async function open(installation: Installation): Promise<Client> {
  const client = startClient(installation)
  const state = await step(client).catch((error: unknown) => error)
  if (!(state instanceof Error) || !('code' in state)) return client
  assert.equal(state.code, 'sign-in-needed')
  const email = freshAddress()
  await signUp(client, { email, password: GOOD_PASSWORD })
  await confirmAddress(client, await newestCode(server, email))
  return client
}

async function idsAt(client: Client): Promise<readonly MessageId[]> {
  return (await messages(client)).map(({ message }) => message)
}

/** All look once or twice; then everything is as it was, for everybody, and for a new phone. */
async function demandWhole({ people, card, said, had }: Story): Promise<void> {
  const clients = await Promise.all(Object.values(people).map(open))
  for (const client of [...clients, ...clients]) await step(client)
  const [mum] = clients
  assert.ok(mum)
  const { links, wraps, messages: sent, entries } = await storedOf(mum)
  assert.deepEqual(links, had.links)
  assert.deepEqual(wraps, had.wraps)
  assert.deepEqual(sent, had.messages)
  assert.equal(entries, had.entries)
  for (const client of clients) {
    assert.equal((await pullLog(client)).household.hashes.length, had.links.length)
    assert.deepEqual(await refusals(client), [])
    const ids = await idsAt(client)
    assert.equal(new Set(ids).size, ids.length)
  }
  const phone = startClient(await enlist(server))
  await recover(phone, card)
  await step(phone)
  assert.deepEqual(new Set(await idsAt(phone)), new Set(said))
  for (const one of said) assert.ok((await sound(phone, one)).sound.length > 0)
  assert.deepEqual(await refusals(phone), [])
  await demandOrder(phone, mum)
}

/** Each sender's messages lie in the order in which they were said. */
async function demandOrder(phone: Client, mum: Client): Promise<void> {
  const order = (list: Awaited<ReturnType<typeof messages>>, person: string): readonly string[] =>
    list.filter(({ from }) => from.person === person).map(({ message }) => message)
  const [here, there] = [await messages(phone), await messages(mum)]
  for (const person of new Set(there.map(({ from }) => from.person))) {
    assert.deepEqual(order(here, person), order(there, person))
  }
}

const ORDERS: readonly (readonly Name[])[] = [
  ['mum', 'dad', 'grandma', 'aunt'],
  // Those whom the server has never heard of come first.
  ['dad', 'aunt', 'grandma', 'mum'],
  ['grandma', 'aunt', 'dad', 'mum'],
]

for (const order of ORDERS) {
  test(`${order.join(', ')} look after a roll-back, in this order`, async () => {
    let backup = await operator.backUp()
    const story = await live(async () => (backup = await operator.backUp()))
    await backup.putBack()
    for (const name of order) await step(await open(story.people[name]))
    const [first] = order
    assert.ok(first)
    const [alarm] = await rollBacks(startClient(story.people[first]))
    assert.ok(alarm?.of === 'log' && alarm.known === story.had.links.length)
    assert.ok(alarm.shown < alarm.known)
    await demandWhole(story)
  })
}

test('control: who believes the shorter log heals nothing', async () => {
  let backup = await operator.backUp()
  const story = await live(async () => (backup = await operator.backUp()))
  await backup.putBack()
  const { length } = (await storedOf(startClient(story.people.mum))).links
  const { raw } = story.people.mum
  for (const key of raw.entries.keys()) {
    if (key.startsWith('log/') && Number(key.slice(4)) >= length) raw.entries.delete(key)
  }
  const mum = startClient(story.people.mum)
  await step(mum)
  assert.deepEqual(await rollBacks(mum).then((all) => all.filter(({ of }) => of === 'log')), [])
  assert.notDeepEqual((await storedOf(mum)).links, story.had.links)
  await assert.rejects(demandWhole({ ...story, people: { ...story.people, ...onlyMum(story) } }))
})

/** Everybody is mum: nobody else comes by. */
function onlyMum({ people: { mum } }: Story): People {
  return { mum, grandma: mum, dad: mum, aunt: mum }
}

test('two heal at once, one of them unknown to the server', async () => {
  let backup = await operator.backUp()
  const story = await live(async () => (backup = await operator.backUp()))
  await backup.putBack()
  const { mum, dad, grandma, aunt } = story.people
  const pair = [await open(mum), await open(dad)]
  await Promise.all(pair.map((client) => step(client)))
  await Promise.all((await Promise.all([grandma, aunt].map(open))).map((client) => step(client)))
  await demandWhole(story)
})

test('a family that is gone with its genesis comes back', async () => {
  const story = await live(async () => undefined)
  await operator.loseFamilies()
  const { aunt, dad } = story.people
  for (const one of [aunt, dad]) await step(await open(one))
  await demandWhole(story)
})

test('whoever speaks before looking, what was lost comes first', async () => {
  const { mum, grandma } = await familyAt(server)
  const [guardian, relative] = [startClient(mum), startClient(grandma)]
  const backup = await operator.backUp()
  // Sent in the last moment before the fall, and not even seen again by its own sender.
  const { message: lost } = await sendVoice(relative, { ...newRecording(), to: 'child' })
  await step(relative)
  await backup.putBack()
  const { message: next } = await sendVoice(relative, { ...newRecording(), to: 'child' })
  await step(relative)
  await step(guardian)
  const ids = await idsAt(guardian)
  assert.deepEqual(new Set(ids), new Set([lost, next]))
  assert.deepEqual(await refusals(guardian), [])
})

test('a mailbox that was filled again to its old length is seen through', async () => {
  const { mum, grandma } = await familyAt(server)
  const [guardian, relative] = [startClient(mum), startClient(grandma)]
  const backup = await operator.backUp()
  const lost = await speak(guardian)
  await step(relative)
  await step(guardian)
  await backup.putBack()
  const other = await speak(relative)
  await step(guardian)
  assert.deepEqual(new Set(await idsAt(guardian)), new Set([lost, other]))
  await step(relative)
  await step(guardian)
  assert.deepEqual(await refusals(guardian), [])
  const phone = startClient(await enlist(server))
  await recover(phone, (await recoveryCard(guardian)) ?? '')
  await step(phone)
  assert.deepEqual(new Set(await idsAt(phone)), new Set([lost, other]))
})

for (const name of ['mum', 'dad'] as const) {
  test(`${name} is killed at each step of healing`, async () => {
    let backup = await operator.backUp()
    const story = await live(async () => (backup = await operator.backUp()))
    let kills = 0
    for (let died = true; died; kills += 1) {
      await backup.putBack({ accounts: false })
      const fresh = copyOf(story.people[name])
      const life = mortal(kills)
      died = (await life.lives(step(startClient(fresh, life.between)))) === 'died'
      const again = startClient(fresh)
      await step(again)
      await step(again)
      const { household } = await pullLog(again)
      assert.equal(household.hashes.length, story.had.links.length)
      assert.deepEqual((await storedOf(again)).links, story.had.links)
      assert.ok((await rollBacks(again)).some(({ of }) => of === 'log'))
      assert.deepEqual(await missingAt(again), [])
      assert.deepEqual(await refusals(again), [])
    }
    assert.ok(kills > 10, `${kills} kills`)
  })
}

/** What a device itself sent, and its server does not have. */
async function missingAt(client: Client): Promise<readonly MessageId[]> {
  const own = (await messages(client)).filter(({ from }) => from.me).map(({ message }) => message)
  assert.ok(own.length > 0)
  const { household, device } = await readFamily(client)
  const params = { household: household.id }
  const asked = { params, body: { messages: own } }
  return (await client.api.call(missingMessages, asked, device)).missing
}

function copyOf(installation: Installation): Installation {
  return { ...installation, raw: memoryStore(new Map(installation.raw.entries)) }
}

test('what was sent is kept for its time, and within its bounds', async () => {
  const { mum } = await familyAt(server)
  const client = startClient(mum)
  const kept = (): number => [...mum.raw.entries.keys()].filter(isFrame).length
  for (let count = 0; count < 5; count += 1) await speak(client)
  const before = kept()
  assert.ok(before > 5, 'names and voices')
  const wide = { ms: 1e9, messages: 100, bytes: 1e9 }
  const look = (limits: typeof wide): Promise<void> => resendLost(client, true, limits)
  await look(wide)
  assert.equal(kept(), before)
  await look({ ...wide, messages: 4 })
  assert.equal(kept(), 4)
  await look({ ...wide, bytes: 15_000 })
  assert.equal(kept(), 2)
  const later = startClient(mum, { now: () => Date.now() + 36 * 86_400_000 })
  await flush(later).catch(() => undefined)
  assert.equal(kept(), 0)
  await speak(client)
  assert.equal(kept(), 1)
})

function isFrame(key: string): boolean {
  return key.startsWith('frame/')
}

test('a message is sent again a few times in its life, whatever a server claims', async () => {
  const { mum } = await familyAt(server)
  let now = Date.now()
  let sends = 0
  const client = startClient(mum, {
    now: () => now,
    fetch: (fetch) => async (input, init) => {
      // Signed by an honest clock: only the client believes that days go by.
      if (init.method === 'PUT') sends += 1
      if (init.method === 'PUT') return Response.json({ message: input.split('/').at(-1) })
      if (!input.endsWith('/missing')) return fetch(input, init)
      const { messages: asked } = JSON.parse(String(Buffer.from(init.body as Uint8Array))) as Asked
      return Response.json({ missing: asked })
    },
  })
  await sendVoice(client, { ...newRecording(), to: 'child' })
  await flush(client)
  const first = sends
  for (let day = 0; day < 12; day += 1) {
    now += 86_400_001
    await flush(client)
  }
  const kept = [...mum.raw.entries.keys()].filter(isFrame).length
  assert.ok(sends - first <= kept * MOST_RESENDS, `${sends - first} of ${kept}`)
  assert.ok(sends > first)
})

type Asked = { readonly messages: readonly string[] }
