import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Api } from '../../src/client/api.ts'
import { append } from '../../src/client/append.ts'
import type { Client } from '../../src/client/client.ts'
import { readFamily } from '../../src/client/family.ts'
import { createHousehold } from '../../src/client/household.ts'
import { step } from '../../src/client/live.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { pullLog } from '../../src/client/pull-log.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { proposeRotate } from '../../src/keys/links.ts'
import type { PrincipalId } from '../../src/protocol/ids.ts'
import { calendarOf, type Calendar } from '../harness/calendar.ts'
import { createTestClock } from '../harness/clock.ts'
import { letIn, newRecording } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// Keys are renewed every month, by whichever phone comes first, and nobody notices.

const clock = createTestClock()
let server: TestServer
let calendar: Calendar
before(async () => void (server = await startTestServer({ clock })))
beforeEach(() => void (calendar = calendarOf(server, clock)))
after(() => server.close())

type Home = { readonly mum: Client; readonly dad: Client; readonly grandma: Client }

async function newClient(): Promise<Client> {
  return calendar.start(await calendar.newcomer())
}

async function home(): Promise<Home> {
  const [mum, dad, grandma] = [await newClient(), await newClient(), await newClient()]
  await createHousehold(mum, { child: 'Zebulon', name: 'Ruth' })
  await letIn(mum, dad, 'Paul', 'guardian')
  await letIn(mum, grandma, 'Ilse', 'relative')
  await step(mum)
  return { mum, dad, grandma }
}

/** How many epochs the household, and each of these people, have had. */
async function epochsOf({ mum, dad, grandma }: Home): Promise<readonly number[]> {
  const { household } = await pullLog(mum)
  const people = await Promise.all([mum, dad, grandma].map(readFamily))
  const principals: PrincipalId[] = [household.principal, ...people.map(({ person }) => person)]
  return principals.map((id) => household.principals.get(id)?.epochs.length ?? 0)
}

async function heardBy(client: Client, voices: readonly string[]): Promise<void> {
  await step(client)
  const known = await messages(client)
  for (const voice of voices) {
    const found = known.find(({ message }) => message === voice)
    assert.ok(found)
    assert.ok((await sound(client, found.message)).sound.length > 0)
  }
}

async function say(client: Client): Promise<string> {
  const { message } = await sendVoice(client, { ...newRecording(), to: 'child' })
  await step(client)
  return message
}

test('after 30 days the phones that come together renew each key once', async () => {
  const family = await home()
  const { mum, dad, grandma } = family
  const first = await say(grandma)
  assert.deepEqual(await epochsOf(family), [2, 1, 1, 1])
  await calendar.pass(29)
  for (const client of [mum, dad, grandma]) await step(client)
  assert.deepEqual(await epochsOf(family), [2, 1, 1, 1])
  await calendar.pass(2)
  await Promise.all([step(mum), step(dad), step(grandma)])
  for (const client of [mum, dad, grandma]) await step(client)
  assert.deepEqual(await epochsOf(family), [3, 2, 2, 2])
  const second = await say(grandma)
  await heardBy(mum, [first, second])
  await heardBy(dad, [first, second])
})

test('a relative renews nothing but their own key', async () => {
  const family = await home()
  await calendar.pass(31)
  await step(family.grandma)
  assert.deepEqual(await epochsOf(family), [2, 1, 1, 2])
})

test('after a year without anybody each key is renewed once, not twelve times', async () => {
  const family = await home()
  const { mum, dad, grandma } = family
  const before = await say(grandma)
  await calendar.pass(366)
  await step(dad)
  await step(mum)
  await step(mum)
  await step(dad)
  await step(grandma)
  assert.deepEqual(await epochsOf(family), [3, 2, 2, 2])
  await heardBy(mum, [before, await say(grandma)])
})

async function rotate(client: Client): Promise<void> {
  await append(client, (standing) => proposeRotate(standing, standing.household.principal))
}

test('an epoch that begins between reading the log and the wraps is no attack', async () => {
  const { mum, dad } = await home()
  await step(dad)
  await rotate(mum)
  let rotations = 0
  const call: Api['call'] = async (route, ...rest) => {
    if (route.id === 'readWraps' && rotations === 0) {
      rotations += 1
      await rotate(mum)
    }
    return dad.api.call(route, ...rest)
  }
  const { household, keyring } = await pullLog({ ...dad, api: { ...dad.api, call } })
  assert.equal(rotations, 1)
  const epochs = household.principals.get(household.principal)?.epochs.length ?? 0
  assert.ok(keyring.get(household.principal)?.has(epochs))
})
