import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { agree, propose, questions } from '../../src/client/agreeing.ts'
import type { Client } from '../../src/client/client.ts'
import { keptLinks, readFamily } from '../../src/client/family.ts'
import { approve, reject, withdrawApproval } from '../../src/client/judging.ts'
import { messages } from '../../src/client/messages.ts'
import { readRules } from '../../src/client/rules.ts'
import { approvalFor } from '../../src/client/toy.ts'
import type { Wanted } from '../../src/protocol/log/consent.ts'
import { readLink } from '../../src/protocol/log/link.ts'
import type { Policy } from '../../src/protocol/log/ops.ts'
import { homeAt, newMember, say, together, type Home } from '../harness/home.ts'
import { letIn } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// Two guardians who decide at the same moment, without having heard of each other.

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
  await together(home.mum, home.tablet, dad, home.gran)
}

const rules = (change: Partial<Policy>): Wanted => ({
  op: 'policy',
  policy: { approval: true, retention: 0, trusted: [], ...change },
})

async function policies(client: Client): Promise<number> {
  const links = await keptLinks(client)
  return links.filter((link) => readLink(link).body.op === 'policy').length
}

/** Asks, and gives the question; nothing is decided by it. */
async function ask(client: Client, wanted: Wanted): Promise<string> {
  const { purpose } = await propose(client, wanted)
  assert.ok(purpose)
  return purpose
}

test('of two sets of rules that are agreed to at once, the second undoes nothing unseen', async () => {
  const { mum } = home
  const free = await ask(mum, rules({ approval: false }))
  await everybody()
  await agree(dad, free)
  await everybody()
  assert.equal((await readRules(mum)).approval, false)
  const strict = await ask(mum, rules({ approval: true }))
  const short = await ask(dad, rules({ approval: false, retention: 90 }))
  await everybody()
  const before = await policies(mum)
  // Mum agrees to keep less, and dad to listen first: neither has heard of the other's word.
  await Promise.all([agree(mum, short), agree(dad, strict)])
  await everybody()
  assert.equal(await policies(mum), before + 1, 'one of them')
  const [left, ...none] = await questions(mum)
  assert.ok(left)
  assert.deepEqual([none.length, left.mine], [0, 'asked'], 'and the other one is asked anew')
  const [his] = await questions(dad)
  assert.deepEqual([his?.purpose, his?.mine], [left.purpose, 'asked'])
  const now = JSON.stringify((await readFamily(dad)).household.policy)
  assert.equal(JSON.stringify(await readRules(mum)), now)
  // Seen as it is now, it can be agreed to.
  await agree(mum, left.purpose)
  await everybody()
  assert.equal(await policies(dad), before + 2)
  assert.deepEqual(await questions(dad), [])
})

test('of an approval and a refusal at once, every phone knows the same one', async () => {
  const { mum, tablet, gran } = home
  for (const other of [reject, withdrawApproval]) {
    const said = await say(gran, { to: 'child' })
    await everybody()
    await Promise.all([approve(dad, said), other(mum, said)])
    await everybody()
    const states = await Promise.all(
      [mum, tablet, dad].map(async (client) => {
        const state = (await messages(client)).find(({ message }) => message === said)?.state
        const plays = await approvalFor(client, said).then(
          () => true,
          () => false,
        )
        return [state, plays] as const
      }),
    )
    const [first] = states
    assert.deepEqual(new Set(states.map((one) => one.join())), new Set([first?.join()]))
    assert.equal(first?.[1], first?.[0] === 'approved')
  }
})
