import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { arrive, arriving } from '../../src/client/arriving.ts'
import type { Client } from '../../src/client/client.ts'
import { keptLinks } from '../../src/client/family.ts'
import { devices } from '../../src/client/leaving.ts'
import { step } from '../../src/client/live.ts'
import { addPhone, letPhoneIn, phonePairing } from '../../src/client/pairing.ts'
import { whereAmI } from '../../src/client/session.ts'
import { readLink } from '../../src/protocol/log/link.ts'
import { enlist, familyAt, startClient, type Installation } from '../harness/member.ts'
import { mortal } from '../harness/mortal.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// Another phone of somebody's: shown a code, asked, compared, let in. Once, whatever happens.

let server: TestServer
before(async () => void (server = await startTestServer()))
after(() => server.close())

const OLD = { browser: 'Firefox', system: 'Linux' }
const NEW = { browser: 'Chrome', system: 'Android' }

async function times(client: Client, op: string): Promise<number> {
  const links = await keptLinks(client)
  return links.filter((link) => readLink(link).body.op === op).length
}

/** Both sides, each repeating what it does until the new phone is in. */
async function bringIn(old: Client, next: Client): Promise<void> {
  const { link } = await addPhone(old, OLD)
  if ((await whereAmI(next)) === 'new') await arrive(next, { link, label: NEW })
  await finish(old, next)
}

/** What two people go on with who were interrupted anywhere after the new phone asked. */
async function finish(old: Client, next: Client): Promise<void> {
  const asked = await phonePairing(old)
  if (asked?.state === 'asks') {
    const shown = await arriving(next)
    if (shown?.state !== 'arrived') assert.equal(shown?.digits, asked.digits)
    await letPhoneIn(old, asked.digits)
  }
  await arriving(next)
}

async function demandIn(old: Installation, next: Installation, role: string): Promise<void> {
  const [one, other] = [startClient(old), startClient(next)]
  await step(one)
  await step(other)
  assert.equal(await whereAmI(other), role)
  assert.equal(await times(one, 'adddev'), 1)
  const mine = (await devices(other)).filter(({ mine: own }) => own)
  assert.deepEqual(
    mine.map(({ label, here }) => ({ label, here })),
    [
      { label: OLD, here: false },
      { label: NEW, here: true },
    ],
  )
}

test('a guardian brings in a second phone, and so does a relative', async () => {
  const { mum, grandma } = await familyAt(server)
  for (const [old, role] of [
    [mum, 'guardian'],
    [grandma, 'relative'],
  ] as const) {
    const next = await enlist(server)
    await bringIn(startClient(old), startClient(next))
    await demandIn(old, next, role)
  }
})

test('killed at any step, the phone that is in lets the other one in once', async () => {
  let kills = 0
  for (; ; kills += 1) {
    const { mum } = await familyAt(server)
    const next = await enlist(server)
    const life = mortal(kills)
    const end = await life.lives(bringIn(startClient(mum, life.between), startClient(next)))
    const old = startClient(mum)
    if (end === 'died') {
      if ((await whereAmI(startClient(next))) === 'new') await bringIn(old, startClient(next))
      else await finish(old, startClient(next))
    }
    await demandIn(mum, next, 'guardian')
    assert.equal((await phonePairing(old))?.state, undefined, 'nothing is left of it')
    if (end === 'lived') break
  }
  assert.ok(kills >= 8, `${kills} kills`)
})
