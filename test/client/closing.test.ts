import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { append } from '../../src/client/append.ts'
import type { Client } from '../../src/client/client.ts'
import { keptLinks, readFamily } from '../../src/client/family.ts'
import { createHousehold } from '../../src/client/household.ts'
import { receive, refusals } from '../../src/client/inbox.ts'
import { step } from '../../src/client/live.ts'
import { messages } from '../../src/client/messages.ts'
import { pullLog } from '../../src/client/pull-log.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { recover } from '../../src/client/recovery.ts'
import { readRules, setRetention } from '../../src/client/rules.ts'
import { consent, writePurpose } from '../../src/keys/governing.ts'
import { proposeRotate } from '../../src/keys/links.ts'
import { readMailbox } from '../../src/protocol/api/messages.ts'
import { fromBase64url, toBase64url } from '../../src/protocol/bytes.ts'
import { toCbor } from '../../src/protocol/cbor.ts'
import { readLink } from '../../src/protocol/log/link.ts'
import { readOuter } from '../../src/protocol/message/outer.ts'
import { calendarOf, type Calendar } from '../harness/calendar.ts'
import { createTestClock } from '../harness/clock.ts'
import { letIn, newRecording, startClient, type Installation } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// What a family does not keep for ever is closed for ever: its keys go, everywhere.

const DAYS = 24 * 60 * 60 * 1000

const clock = createTestClock()
let server: TestServer
let calendar: Calendar
before(async () => void (server = await startTestServer({ clock })))
beforeEach(() => void (calendar = calendarOf(server, clock)))
after(() => server.close())

async function newClient(): Promise<Client> {
  return calendar.start(await calendar.newcomer())
}

type Home = {
  readonly phone: Installation
  readonly mum: Client
  readonly dad: Client
  readonly card: string
}

async function home(): Promise<Home> {
  const phone = await calendar.newcomer()
  const mum = calendar.start(phone)
  const { recoveryCard: card } = await createHousehold(mum, { child: 'Zebulon', name: 'Ruth' })
  await setRetention(mum, 30)
  const dad = await newClient()
  await letIn(mum, dad, 'Paul', 'guardian')
  await step(mum)
  return { phone, mum, dad, card }
}

async function say(client: Client): Promise<string> {
  const { message } = await sendVoice(client, { ...newRecording(), to: 'child' })
  await step(client)
  return message
}

/** The household's epochs of which a device has the secret. */
async function epochsAt(client: Client): Promise<readonly number[]> {
  const { household, keyring } = await readFamily(client)
  return [...(keyring.get(household.principal)?.keys() ?? [])]
}

/** The numbers that links of this household have closed its own epochs below. */
async function closings(client: Client): Promise<readonly unknown[]> {
  const { household } = await pullLog(client)
  const bodies = (await keptLinks(client)).map((link) => readLink(link).body)
  return bodies
    .filter(({ op }) => op === 'shred')
    .map(({ a }) => a as { principal: string; below: number })
    .filter(({ principal }) => principal === household.principal)
    .map(({ below }) => below)
}

test('what is older than the family keeps is closed once, and forgotten by every phone', async () => {
  const { phone, mum, dad, card } = await home()
  const old = await say(mum)
  await calendar.pass(31)
  await step(mum)
  await step(dad)
  // The first one ended when the second guardian came; the second one only now.
  assert.deepEqual(await epochsAt(mum), [2, 3])
  const kept = await say(mum)
  await calendar.pass(31)
  await Promise.all([step(mum), step(dad)])
  for (const client of [mum, dad]) await step(client)
  assert.deepEqual(await closings(mum), [2, 3])
  for (const client of [mum, dad, calendar.start(phone)]) {
    await step(client)
    assert.deepEqual(await epochsAt(client), [3, 4])
  }
  const secrets = [...phone.raw.entries.keys()].filter((key) => key.startsWith('secret/pr-'))
  const { household, person } = await readFamily(mum)
  const held = [household.principal, person].map((id) => secrets.filter((key) => key.includes(id)))
  assert.deepEqual(
    held.map((keys) => keys.length),
    [2, 2],
  )
  const listed = await messages(mum)
  assert.ok(!listed.some(({ message }) => message === old), 'what is let go is gone here, too')
  const nextPhone = await calendar.newcomer()
  const next = calendar.start(nextPhone)
  await recover(next, card)
  await step(next)
  assert.deepEqual(await epochsAt(next), [3, 4])
  const heard = (await messages(next)).map(({ message }) => message)
  assert.deepEqual([heard.includes(kept as never), heard.includes(old as never)], [true, false])
  assert.deepEqual(await refusals(next), [], 'what was closed before it came is no alarm')
  assert.ok([...nextPhone.raw.entries.keys()].some((key) => key.startsWith('closed/')))
})

test('who keeps messages for ever keeps them, however old', async () => {
  const mum = await newClient()
  await createHousehold(mum, { child: 'Zebulon' })
  await setRetention(mum, 0)
  for (let months = 0; months < 3; months += 1) {
    await calendar.pass(31)
    await step(mum)
  }
  assert.deepEqual(await epochsAt(mum), [1, 2, 3, 4])
})

test('an epoch that is dated back closes nothing', async () => {
  const { mum, dad } = await home()
  await append(dad, ({ household, device }) => {
    const standing = { household, device, now: clock.now() - 100 * DAYS }
    return proposeRotate(standing, household.principal)
  })
  await calendar.pass(1)
  await step(mum)
  await step(dad)
  assert.deepEqual(await closings(mum), [])
})

test('one guardian alone decides how long messages are kept; two have to agree', async () => {
  const mum = await newClient()
  await createHousehold(mum, { child: 'Zebulon' })
  for (const days of [-1, 1.5, 36_501, NaN]) {
    const refused = { code: 'bad-request', reason: 'retention' }
    await assert.rejects(setRetention(mum, days), refused)
  }
  await setRetention(mum, 90)
  await setRetention(mum, 90)
  assert.equal((await pullLog(mum)).household.hashes.length, 2, 'said once')
  assert.deepEqual(await readRules(mum), { approval: true, retention: 90, trusted: [] })
  const dad = await newClient()
  await letIn(mum, dad, 'Paul', 'guardian')
  const alone = { code: 'log-refused', reason: 'quorum-required' }
  await assert.rejects(setRetention(mum, 365), alone)
  const { household, device } = await pullLog(dad)
  const policy = { approval: true, retention: 365, trusted: [] }
  const purpose = writePurpose(household.id, { op: 'policy', policy }, clock.now() + DAYS)
  await setRetention(mum, 365, { purpose, by: [await consent(device, purpose)] })
  assert.equal((await readRules(mum)).retention, 365)
})

test('a relative decides nothing', async () => {
  const { mum } = await home()
  const grandma = await newClient()
  await letIn(mum, grandma, 'Ilse', 'relative')
  const refused = { code: 'log-refused', reason: 'role-forbidden' }
  await assert.rejects(setRetention(grandma, 7), refused)
})

type Fetch = (input: string, init: RequestInit) => Promise<Response>

/** A server that says of the newest message in a mailbox that its epoch is closed, and it is gone. */
function hiding(mailbox: string): (fetch: Fetch) => Fetch {
  return (fetch) => async (input, init) => {
    if (/\/messages\/msg-/.test(input) && init.method === 'GET') {
      return Response.json({ code: 'not-found', message: '' }, { status: 404 })
    }
    const response = await fetch(input, init)
    if (!input.includes(`/mailboxes/${mailbox}`)) return response
    const { latest, entries } = readMailbox.response.parse(await response.json())
    const told = entries.map(({ seq, outer }) => ({
      seq,
      outer: seq === latest ? ofTheFirst(outer) : outer,
    }))
    return Response.json({ latest, entries: told })
  }
}

function ofTheFirst(envelope: string): string {
  const outer = readOuter(fromBase64url(envelope))
  return toBase64url(toCbor({ ...outer, to: outer.to.map(({ pid }) => ({ pid, epoch: 1 })) }))
}

test('a server hides nothing behind an epoch that was closed before', async () => {
  const { phone, mum, dad } = await home()
  for (let months = 0; months < 2; months += 1) {
    await calendar.pass(31)
    for (const client of [mum, dad, mum, dad]) await step(client)
  }
  const { household } = await readFamily(mum)
  assert.notEqual(household.principals.get(household.principal)?.open, 1)
  await say(dad)
  const wire = { now: () => clock.now(), fetch: hiding(household.principal) }
  const lied = startClient(phone, wire)
  await receive(lied)
  const [put, ...others] = await refusals(lied)
  assert.deepEqual([put?.code, others.length], ['not-found', 0])
})
