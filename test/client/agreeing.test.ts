import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { agree, propose, questions } from '../../src/client/agreeing.ts'
import type { Client } from '../../src/client/client.ts'
import { keptLinks, myRole, readFamily } from '../../src/client/family.ts'
import { myEnding, removePerson } from '../../src/client/leaving.ts'
import { step } from '../../src/client/live.ts'
import { announceRemoval, notices, withdrawNotice } from '../../src/client/notices.ts'
import type { PrincipalId } from '../../src/protocol/ids.ts'
import { readLink } from '../../src/protocol/log/link.ts'
import type { Policy } from '../../src/protocol/log/ops.ts'
import { createTestClock } from '../harness/clock.ts'
import { enlist, foundAt, letIn, startClient, type Installation } from '../harness/member.ts'
import { mortal } from '../harness/mortal.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// How guardians agree, and how one goes whom the others want out.

const HOUR = 60 * 60 * 1000
const clock = createTestClock()
let server: TestServer
before(async () => void (server = await startTestServer({ clock })))
after(() => server.close())

const now = (): number => clock.now()

type Guardian = {
  readonly installation: Installation
  readonly client: Client
  readonly id: PrincipalId
}

async function guardian(installation: Installation): Promise<Guardian> {
  const client = startClient(installation, { now })
  return { installation, client, id: (await readFamily(client)).person }
}

/** So many guardians, in the order they came. */
async function guardians(count: number): Promise<readonly [Guardian, Guardian, ...Guardian[]]> {
  const first = await guardian(await foundAt(server))
  const others: Guardian[] = []
  for (let at = 1; at < count; at += 1) {
    const installation = await enlist(server)
    await letIn(first.client, startClient(installation, { now }), `Guardian ${at}`, 'guardian')
    others.push(await guardian(installation))
  }
  const [second = assert.fail(), ...rest] = others
  for (const { client } of [first, ...others]) await step(client)
  return [first, second, ...rest]
}

async function times(client: Client, op: string): Promise<number> {
  const links = await keptLinks(client)
  return links.filter((link) => readLink(link).body.op === op).length
}

const removal = (person: PrincipalId) => ({ op: 'remove', person }) as const
const rules = (policy: Policy) => ({ op: 'policy', policy }) as const
const QUARTER = rules({ approval: true, retention: 90, trusted: [] })

test('two guardians: nobody outvotes the other; a notice of 72 hours does it', async () => {
  const [mum, dad] = await guardians(2)
  await assert.rejects(propose(mum.client, removal(dad.id)), { reason: 'quorum-required' })
  await assert.rejects(removePerson(mum.client, dad.id), { reason: 'quorum-required' })
  await announceRemoval(mum.client, dad.id)
  await announceRemoval(mum.client, dad.id)
  assert.equal(await times(mum.client, 'notice'), 1)
  await step(dad.client)
  const [notice] = await notices(dad.client)
  assert.equal(notice?.person, dad.id)
  assert.equal(notice.by, mum.id)
  assert.equal(notice.from - notice.at, 72 * HOUR)
  await assert.rejects(withdrawNotice(dad.client, dad.id), { code: 'log-refused' })
  await withdrawNotice(mum.client, dad.id)
  await withdrawNotice(mum.client, dad.id)
  assert.deepEqual(await notices(mum.client), [])
  await announceRemoval(mum.client, dad.id)
  await step(dad.client)
  clock.advance(71 * HOUR)
  await assert.rejects(removePerson(mum.client, dad.id), { reason: 'notice-running' })
  clock.advance(2 * HOUR)
  await removePerson(mum.client, dad.id)
  await step(dad.client)
  assert.equal(await myRole(dad.client), undefined)
  assert.equal(await myEnding(dad.client), 'notice')
  assert.equal(await myRole(mum.client), 'guardian')
})

test('of three, the two who came first can ask the third to go; nobody asks the first', async () => {
  const [mum, dad, uncle = assert.fail()] = await guardians(3)
  for (const { client } of [dad, uncle]) {
    await assert.rejects(propose(client, removal(mum.id)), { reason: 'quorum-required' })
  }
  await assert.rejects(propose(uncle.client, removal(dad.id)), { reason: 'quorum-required' })
  const { purpose = '' } = await propose(mum.client, removal(uncle.id))
  assert.deepEqual(await propose(mum.client, removal(uncle.id)), { purpose }, 'asked once')
  await step(mum.client)
  await step(uncle.client)
  const [seen] = await questions(uncle.client)
  assert.equal(seen?.mine, 'no-say')
  await assert.rejects(agree(uncle.client, purpose), { code: 'device-refused' })
  await step(dad.client)
  const [asked, ...more] = await questions(dad.client)
  assert.deepEqual(more, [])
  assert.deepEqual(asked, {
    purpose,
    by: mum.id,
    wants: removal(uncle.id),
    at: asked?.at,
    expires: asked?.expires,
    agreed: [mum.id],
    needed: 2,
    mine: 'asked',
  })
  await agree(dad.client, purpose)
  assert.equal((await readFamily(dad.client)).household.principals.get(uncle.id)?.ended, 'quorum')
  assert.deepEqual(await questions(dad.client), [])
  await step(mum.client)
  await step(mum.client)
  await step(uncle.client)
  assert.equal(await times(mum.client, 'remove'), 1)
  assert.equal(await myEnding(uncle.client), 'quorum')
  await assert.rejects(agree(mum.client, purpose), { code: 'not-found' })
  assert.deepEqual(await propose(mum.client, removal(uncle.id)), { purpose: undefined })
})

test('rules change when more than half agree; a purpose is used once, and late consents are passed over', async () => {
  const [mum, dad, uncle = assert.fail()] = await guardians(3)
  const { purpose = '' } = await propose(mum.client, QUARTER)
  await step(mum.client)
  for (const { client } of [dad, uncle]) await step(client)
  // Both agree before they hear of each other.
  await Promise.all([agree(dad.client, purpose), agree(uncle.client, purpose)])
  for (const { client } of [dad, uncle, mum, dad, uncle]) await step(client)
  for (const { client } of [mum, dad, uncle]) {
    assert.equal((await readFamily(client)).household.policy.retention, 90)
    assert.equal(await times(client, 'policy'), 1)
    assert.deepEqual(await questions(client), [])
  }
})

test('what a guardian who left asked or agreed to does not count', async () => {
  const [mum, dad, uncle = assert.fail(), aunt = assert.fail()] = await guardians(4)
  const { purpose: by } = await propose(
    mum.client,
    rules({ approval: false, retention: 0, trusted: [] }),
  )
  const { purpose: byUncle } = await propose(uncle.client, QUARTER)
  await step(mum.client)
  await step(uncle.client)
  await step(dad.client)
  await agree(dad.client, byUncle ?? '')
  await step(dad.client)
  await removePerson(uncle.client, uncle.id)
  await step(aunt.client)
  const shown = await questions(aunt.client)
  assert.deepEqual(
    shown.map(({ purpose, agreed }) => ({ purpose, agreed })),
    [{ purpose: by, agreed: [mum.id] }],
  )
  clock.advance(8 * 24 * HOUR)
  assert.deepEqual(await questions(aunt.client), [], 'a week is over')
  await assert.rejects(agree(aunt.client, by ?? ''), { code: 'not-found' })
})

test('who is alone decides alone', async () => {
  const mum = await guardian(await foundAt(server))
  await step(mum.client)
  await propose(mum.client, QUARTER)
  assert.equal((await readFamily(mum.client)).household.policy.retention, 90)
  assert.deepEqual(await propose(mum.client, QUARTER), { purpose: undefined })
  await step(mum.client)
  assert.deepEqual(await questions(mum.client), [])
  await propose(mum.client, { op: 'suite', suite: 'PP0' })
  await step(mum.client)
  assert.equal(await times(mum.client, 'suite'), 0, 'what the log refuses stays a question')
  assert.equal((await questions(mum.client))[0]?.mine, 'agreed')
})

/** Kills the app between any two effects of an act, and calls again. */
async function killedAnywhere(
  given: () => Promise<Installation>,
  act: (client: Client) => Promise<unknown>,
  finish: (client: Client) => Promise<void>,
): Promise<void> {
  for (let kills = 0; ; kills += 1) {
    const installation = await given()
    const life = mortal(kills)
    const end = await life.lives(act(startClient(installation, { ...life.between, now })))
    await finish(startClient(installation, { now }))
    if (end === 'lived') return assert.ok(kills >= 4, `${kills} kills`)
  }
}

/** A household in which each round of a test sets the next rule. */
async function rounds(): Promise<{
  mum: Guardian
  dad: Guardian
  next: () => ReturnType<typeof rules>
}> {
  const [mum, dad] = await guardians(2)
  let retention = 30
  const next = () => rules({ approval: true, retention: (retention += 1), trusted: [] })
  return { mum, dad, next }
}

test('killed at any step of asking and asked again, it is one question', async () => {
  const { mum, dad, next } = await rounds()
  let wanted = next()
  await killedAnywhere(
    async () => {
      wanted = next()
      return mum.installation
    },
    async (client) => {
      await propose(client, wanted)
      await step(client)
    },
    async (client) => {
      await propose(client, wanted)
      await step(client)
      await step(dad.client)
      const asked = await questions(dad.client)
      assert.equal(asked.length, 1)
      await agree(dad.client, asked[0]?.purpose ?? '')
      await step(dad.client)
      await step(client)
      assert.deepEqual((await readFamily(client)).household.policy, wanted.policy)
      assert.deepEqual(await questions(client), [])
    },
  )
})

test('killed at any step of agreeing and carrying out, it is done once', async () => {
  const { mum, dad, next } = await rounds()
  let purpose = ''
  let wanted = next()
  let done = 0
  await killedAnywhere(
    async () => {
      wanted = next()
      purpose = (await propose(mum.client, wanted)).purpose ?? ''
      await step(mum.client)
      await step(dad.client)
      return dad.installation
    },
    async (client) => {
      await agree(client, purpose)
      await step(client)
    },
    async (client) => {
      await step(client)
      const open = (await questions(client)).some(({ mine }) => mine === 'asked')
      if (open) await agree(client, purpose)
      await step(client)
      await step(mum.client)
      done += 1
      assert.equal(await times(client, 'policy'), done)
      assert.deepEqual((await readFamily(mum.client)).household.policy, wanted.policy)
      assert.deepEqual(await questions(mum.client), [])
    },
  )
})

test('killed at any step of announcing and announced again, one notice stands', async () => {
  const [mum, dad] = await guardians(2)
  let announced = 0
  await killedAnywhere(
    async () => mum.installation,
    (client) => announceRemoval(client, dad.id),
    async (client) => {
      await announceRemoval(client, dad.id)
      assert.equal((await notices(client)).length, 1)
      await withdrawNotice(client, dad.id)
      announced += 2
      assert.equal(await times(client, 'notice'), announced)
    },
  )
})
