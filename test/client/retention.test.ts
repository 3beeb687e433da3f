import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { voiceId } from '../../src/client/archive/format.ts'
import { append } from '../../src/client/append.ts'
import type { Client } from '../../src/client/client.ts'
import { readFamily } from '../../src/client/family.ts'
import { createHousehold } from '../../src/client/household.ts'
import { approve } from '../../src/client/judging.ts'
import { letGo, save } from '../../src/client/keeping.ts'
import { bring, dropKeepsake, keepsakes, keepsakeSound } from '../../src/client/keepsakes.ts'
import { step } from '../../src/client/live.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { recover } from '../../src/client/recovery.ts'
import { setRetention } from '../../src/client/rules.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { proposeShred } from '../../src/keys/governing.ts'
import { proposeRotate } from '../../src/keys/links.ts'
import type { MessageId } from '../../src/protocol/ids.ts'
import { calendarOf, type Calendar } from '../harness/calendar.ts'
import { createTestClock } from '../harness/clock.ts'
import { letIn, newRecording } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// What is older than the family's rule is forgotten on every phone; what is saved stays.

const DAYS = 24 * 60 * 60 * 1000

const clock = createTestClock()
let server: TestServer
let calendar: Calendar
before(async () => void (server = await startTestServer({ clock })))
beforeEach(() => void (calendar = calendarOf(server, clock)))
after(() => server.close())

type Home = { readonly mum: Client; readonly dad: Client; readonly gran: Client; card: string }

async function home(days: number): Promise<Home> {
  const [mum, dad, gran] = await Promise.all(
    [0, 1, 2].map(async () => calendar.start(await calendar.newcomer())),
  )
  assert.ok(mum && dad && gran)
  const { recoveryCard: card } = await createHousehold(mum, { child: 'Zebulon', name: 'Ruth' })
  await setRetention(mum, days)
  await letIn(mum, dad, 'Paul', 'guardian')
  await letIn(mum, gran, 'Ida', 'relative')
  await together(mum, dad, gran)
  return { mum, dad, gran, card }
}

async function together(...clients: readonly Client[]): Promise<void> {
  for (let round = 0; round < 3; round += 1) for (const client of clients) await step(client)
}

async function say(client: Client): Promise<MessageId> {
  const { message } = await sendVoice(client, { ...newRecording(), to: 'child' })
  await step(client)
  return message
}

async function shownAt(client: Client): Promise<readonly MessageId[]> {
  return (await messages(client)).map(({ message }) => message)
}

/** Days go by, a week at a time, in which everybody looks now and then. */
async function live(days: number, ...clients: readonly Client[]): Promise<void> {
  for (let day = 0; day < days; day += 7) {
    await calendar.pass(7)
    await together(...clients)
  }
}

test('everybody forgets what was said; what was saved stays, also for a phone that comes later', async () => {
  const { mum, dad, gran, card } = await home(30)
  const [kept, dropped] = [await say(gran), await say(gran)]
  await together(mum, dad, gran)
  await approve(mum, dropped)
  await save(dad, kept)
  await together(mum, dad, gran)
  await live(28, mum, dad, gran)
  assert.equal((await shownAt(mum)).length, 2, 'not before the rule says so')
  await live(63, mum, dad, gran)
  for (const client of [mum, dad]) assert.deepEqual(await shownAt(client), [kept])
  assert.deepEqual(await shownAt(gran), [], 'what a guardian saved is saved for guardians')
  await assert.rejects(sound(mum, dropped), { code: 'not-found' })
  const next = calendar.start(await calendar.newcomer())
  await recover(next, card)
  await step(next)
  assert.deepEqual(await shownAt(next), [kept])
  assert.ok((await sound(next, kept)).sound.length > 0)
})

test('a relative saves for herself, and lets go', async () => {
  const { mum, dad, gran } = await home(30)
  const said = await say(gran)
  await save(gran, said)
  await together(gran, mum, dad)
  await live(98, mum, dad, gran)
  assert.deepEqual([await shownAt(gran), await shownAt(mum)], [[said], []])
  await letGo(gran, said)
  await together(gran)
  const [message] = await messages(gran)
  assert.equal(message?.saved, false)
  await live(91, mum, dad, gran)
  assert.deepEqual(await shownAt(gran), [])
})

test('nothing is closed while something saved has not left yet', async () => {
  const { mum, dad, gran } = await home(30)
  const said = await say(gran)
  await together(mum, dad, gran)
  await save(mum, said)
  await together(mum)
  // Only one guardian is there: the other phone lies in a drawer for half a year.
  await live(182, mum, gran)
  assert.deepEqual(await shownAt(mum), [said])
  await together(dad, mum)
  assert.deepEqual(await shownAt(dad), [said])
  assert.ok((await sound(dad, said)).sound.length > 0)
})

test('a short rule is kept: nothing stays for longer than twice its days', async () => {
  const { mum, dad, gran } = await home(7)
  const said = await say(gran)
  await together(mum, dad, gran)
  for (const client of [mum, dad, gran]) assert.ok((await shownAt(client)).includes(said))
  await live(21, mum, dad, gran)
  for (const client of [mum, dad, gran]) assert.deepEqual(await shownAt(client), [])
})

/** Closes all of the household's epochs but a new one, whatever lies in them. */
async function closeEarly(client: Client): Promise<number> {
  const { household } = await readFamily(client)
  await append(client, async (standing) => {
    const longAgo = { ...standing, now: clock.now() - 400 * DAYS }
    return proposeRotate(longAgo, household.principal)
  })
  const after = (await readFamily(client)).household.principals.get(household.principal)
  const below = after?.epochs.length ?? 0
  await append(client, async (standing) => proposeShred(standing, household.principal, below))
  return below
}

test('a guardian who closes early takes nothing away that another one saved', async () => {
  const { mum, dad, gran, card } = await home(30)
  const [kept, dropped] = [await say(gran), await say(gran)]
  await together(mum, dad, gran)
  await save(mum, kept)
  await together(mum, dad, gran)
  // Older than the rule, and the epoch in which it was saved still stands.
  await live(42, mum, dad, gran)
  assert.equal((await shownAt(mum)).length, 2)
  await closeEarly(dad)
  await together(mum, dad, mum, dad)
  for (const client of [mum, dad]) {
    assert.deepEqual(await shownAt(client), [kept])
    assert.ok((await sound(client, kept)).sound.length > 0)
  }
  await assert.rejects(sound(mum, dropped), { code: 'not-found' })
  const next = calendar.start(await calendar.newcomer())
  await recover(next, card)
  await step(next)
  assert.deepEqual(await shownAt(next), [kept])
})

const BROUGHT = {
  from: 'Opa',
  child: false,
  to: 'Zebulon',
  at: Date.UTC(2020, 1, 1),
  durationMs: 900,
  codec: 'opus/ogg',
} as const

test('what was brought along outlives its epoch, also for a phone that comes later, and is there once', async () => {
  const { mum, dad, gran, card } = await home(30)
  const said = { ...BROUGHT, sound: newRecording().sound }
  const voice = { ...said, id: voiceId(said) }
  for (const client of [mum, gran]) assert.equal((await bring(client, [voice])).size, 1)
  await together(mum, dad, gran)
  await live(126, mum, dad, gran)
  const next = calendar.start(await calendar.newcomer())
  await recover(next, card)
  await together(next, mum, dad, gran)
  for (const client of [mum, dad, gran, next]) {
    const [only, ...others] = await keepsakes(client)
    assert.ok(only)
    assert.deepEqual([only.from, others], ['Opa', []])
    assert.deepEqual((await keepsakeSound(client, only.message)).sound, said.sound)
    assert.equal((await bring(client, [voice])).size, 0, 'brought again it is known')
  }
  const [known] = await keepsakes(dad)
  assert.ok(known)
  await dropKeepsake(dad, known.message)
  await together(dad, mum, next, gran)
  for (const client of [mum, dad, next]) assert.deepEqual(await keepsakes(client), [])
  assert.equal((await keepsakes(gran)).length, 1, 'her own is hers')
  await live(63, mum, dad, gran, next)
  for (const client of [mum, dad, next]) assert.deepEqual(await keepsakes(client), [])
})

test('what is dropped while another phone seals it anew stays dropped', async () => {
  const { mum, dad, gran } = await home(30)
  const said = { ...BROUGHT, sound: newRecording().sound }
  await bring(mum, [{ ...said, id: voiceId(said) }])
  await together(mum, dad, gran)
  // Dad's phone is away and hears of nothing; mum's seals it anew and closes the epoch.
  await live(126, mum, gran)
  const [known] = await keepsakes(dad)
  assert.ok(known)
  await dropKeepsake(dad, known.message)
  await together(dad, mum, dad)
  for (const client of [mum, dad]) assert.deepEqual(await keepsakes(client), [])
})

test('a guardian who lies about time closes early, and nobody forgets what is young', async () => {
  const { mum, dad, gran } = await home(30)
  const said = await say(gran)
  await together(mum, dad, gran)
  const { household } = await readFamily(dad)
  const below = await closeEarly(dad)
  await together(mum, gran)
  assert.equal((await readFamily(mum)).household.principals.get(household.principal)?.open, below)
  assert.deepEqual(await shownAt(mum), [said])
  assert.ok((await sound(mum, said)).sound.length > 0)
  await live(35, mum, dad, gran)
  assert.deepEqual(await shownAt(mum), [], 'it goes when it is old')
})
