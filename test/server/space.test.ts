import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { proposePolicy, proposeShred } from '../../src/keys/governing.ts'
import { proposeRotate } from '../../src/keys/links.ts'
import { readMailbox, readMessage } from '../../src/protocol/api/messages.ts'
import { householdId } from '../../src/protocol/ids.ts'
import { MESSAGES_A_DAY } from '../../src/server/space/space.ts'
import { append, foundFamily, NOW, standing, type Family, type Party } from '../harness/family.ts'
import {
  appendTo,
  familyClock,
  refuses,
  sealVoice,
  send,
  upload,
  visit,
  type Visitor,
} from '../harness/key-plane.ts'
import { smaller } from '../harness/sizes.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { asOwner } from '../harness/stolen.ts'

// What a family takes up is bounded, and what it lets go is gone from the server.

const DAY = 24 * 60 * 60 * 1000
const clock = familyClock()
let server: TestServer
let visitor: Visitor
before(async () => {
  server = await startTestServer({ clock, args: ['--family-space', '1'] })
  visitor = await visit(server, clock)
})
after(() => server.close())

type Home = { readonly family: Family; readonly mum: Party }

async function home(retention: number): Promise<Home> {
  const { family, guardian: mum } = await foundFamily()
  const { policy } = family.household
  const by = standing(family, mum.device)
  append(family, await proposePolicy(by, { ...policy, retention }))
  await upload(visitor, family, mum.device)
  return { family, mum }
}

async function say({ family, mum }: Home, n: number, bytes = 200_000): Promise<string> {
  const to = [family.household.principal]
  const voice = await sealVoice(family, mum, to, { n, bytes })
  await send(visitor, family, mum.device, voice)
  return voice.mid
}

type Taken = { readonly recordings: number; readonly bytes: number; readonly counted: number }

async function takenBy({ family }: Home): Promise<Taken> {
  return asOwner(server.data, async (client) => {
    const { rows } = await client.query<{ recordings: string; bytes: string; counted: string }>(
      `SELECT count(*) AS recordings, coalesce(sum(octet_length(ciphertext)), 0) AS bytes,
         (SELECT bytes FROM household_space WHERE household = $1) AS counted
       FROM recordings WHERE household = $1`,
      [householdId.bytes(family.household.id)],
    )
    const [row] = rows
    assert.ok(row)
    const { recordings, bytes, counted } = row
    return { recordings: Number(recordings), bytes: Number(bytes), counted: Number(counted) }
  })
}

test('a family that is full keeps what it has, and small words still pass', async () => {
  const mine = await home(0)
  for (let n = 1; n <= 3; n += 1) await say(mine, n)
  await refuses(say(mine, 4), 'family-full')
  await refuses(say(mine, 4), 'family-full')
  await say(mine, 5, 500)
  const { recordings, bytes, counted } = await takenBy(mine)
  assert.deepEqual([recordings, counted], [4, bytes])
  // What it does to one family it does not do to another.
  await say(await home(0), 1)
})

test('what says of itself that it is a small word, and is none, does not pass', async () => {
  const { family, mum } = await home(0)
  const { mid, frame } = await sealVoice(family, mum, [family.household.principal], {
    bytes: 9_000,
  })
  const sent = send(visitor, family, mum.device, { mid, frame: smaller(frame) })
  await refuses(sent, 'message-refused', 'outer-mismatch')
})

test('what a family lets go is deleted, makes room, and leaves no gap', async () => {
  const mine = await home(1)
  const { family, mum } = mine
  const old = [await say(mine, 1), await say(mine, 2)]
  const turn = (days: number): ReturnType<typeof standing> =>
    standing(family, mum.device, NOW + days * DAY)
  clock.advance(DAY)
  append(family, await proposeRotate(turn(1), family.household.principal))
  await appendTo(visitor, family, mum.device)
  const young = await say(mine, 3)
  await refuses(say(mine, 4), 'family-full')
  clock.advance(DAY)
  append(family, await proposeShred(turn(2), family.household.principal, 2))
  await appendTo(visitor, family, mum.device)
  const { recordings, bytes, counted } = await takenBy(mine)
  assert.deepEqual([recordings, counted], [1, bytes])
  await say(mine, 5)
  const params = { household: family.household.id, principal: family.household.principal }
  const page = await visitor.api.call(readMailbox, { params, query: { after: 0 } }, mum.device)
  assert.equal(page.latest, 4)
  assert.deepEqual(
    page.entries.map(({ seq }) => seq),
    [1, 2, 3, 4],
  )
  for (const message of old) {
    const gone = { household: family.household.id, message: message as never }
    await refuses(visitor.api.call(readMessage, { params: gone }, mum.device), 'not-found')
  }
  const kept = { household: family.household.id, message: young as never }
  await visitor.api.call(readMessage, { params: kept }, mum.device)
})

test('a day has a bound, and the next day begins anew', async () => {
  const mine = await home(0)
  await say(mine, 1, 500)
  await asOwner(server.data, (client) =>
    client.query('UPDATE household_space SET sent = $2 WHERE household = $1', [
      householdId.bytes(mine.family.household.id),
      MESSAGES_A_DAY,
    ]),
  )
  await refuses(say(mine, 2, 500), 'family-busy')
  clock.advance(DAY)
  await say(mine, 3, 500)
})
