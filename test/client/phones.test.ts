import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { arrive, arriving } from '../../src/client/arriving.ts'
import type { Client } from '../../src/client/client.ts'
import { keptLinks } from '../../src/client/family.ts'
import { devices } from '../../src/client/leaving.ts'
import { step } from '../../src/client/live.ts'
import { addPhone, cancelPhone, letPhoneIn, phonePairing } from '../../src/client/pairing.ts'
import { whereAmI } from '../../src/client/session.ts'
import { readLink } from '../../src/protocol/log/link.ts'
import { enlist, familyAt, foundAt, startClient, type Installation } from '../harness/member.ts'
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

/** The whole of it, from the beginning or from wherever somebody was interrupted. */
async function bringIn(old: Client, next: Client): Promise<void> {
  if ((await whereAmI(next)) === 'new') {
    const { link } = await addPhone(old, OLD)
    await arrive(next, { link, label: NEW })
  }
  await arriving(next)
  const asked = await phonePairing(old)
  if (asked?.state === 'asks') {
    const shown = await arriving(next)
    if (shown && shown.state !== 'arrived') assert.equal(shown.digits, asked.digits)
    await letPhoneIn(old, asked.digits)
  }
  await arriving(next)
}

async function demandIn(old: Installation, next: Installation, role = 'guardian'): Promise<void> {
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
  assert.equal(await phonePairing(one), undefined, 'nothing is left of it')
}

test('a guardian brings in a second phone', async () => {
  const [old, next] = [await foundAt(server), await enlist(server)]
  await bringIn(startClient(old), startClient(next))
  await demandIn(old, next)
})

test('a relative does, too, and no guardian is asked', async () => {
  const { grandma } = await familyAt(server)
  const next = await enlist(server)
  await bringIn(startClient(grandma), startClient(next))
  await demandIn(grandma, next, 'relative')
})

for (const who of ['the phone that is in', 'the new phone'] as const) {
  test(`killed at any step, ${who} goes on, and one device comes in`, async () => {
    let kills = 0
    for (; ; kills += 1) {
      const [old, next] = [await foundAt(server), await enlist(server)]
      const life = mortal(kills)
      const [one, other] = [old, next].map((installation) => {
        const isMortal = (installation === old) === (who === 'the phone that is in')
        return startClient(installation, isMortal ? life.between : {})
      })
      assert.ok(one && other)
      if ((await life.lives(bringIn(one, other))) === 'lived') break
      await bringIn(startClient(old), startClient(next))
      await demandIn(old, next)
    }
    assert.ok(kills >= 8, `${kills} kills`)
  })
}

test('nobody comes in by a code that was taken back, used, or is too old', async () => {
  const old = await foundAt(server)
  const late = startClient(await enlist(server))
  const { link } = await addPhone(startClient(old), OLD)
  await cancelPhone(startClient(old))
  await assert.rejects(arrive(late, { link, label: NEW }), { code: 'pairing-dead' })
  assert.equal(await whereAmI(late), 'new')

  const used = await addPhone(startClient(old), OLD)
  await arrive(startClient(await enlist(server)), { link: used.link, label: NEW })
  await assert.rejects(arrive(late, { link: used.link, label: NEW }), { code: 'pairing-dead' })

  const LATER = 11 * 60_000
  const patient = startClient(old, { now: () => Date.now() + LATER })
  assert.deepEqual(await phonePairing(patient), { state: 'over' })
  assert.equal(await times(startClient(old), 'adddev'), 0)
})

test('who is turned away hears of it', async () => {
  const old = startClient(await foundAt(server))
  const next = startClient(await enlist(server))
  const { link } = await addPhone(old, OLD)
  await arrive(next, { link, label: NEW })
  assert.deepEqual(await arriving(next), { state: 'waiting' })
  assert.equal((await phonePairing(old))?.state, 'asks')
  assert.equal((await arriving(next))?.state, 'digits')
  await assert.rejects(letPhoneIn(old, 'none'), { code: 'digits-differ' })
  await cancelPhone(old)
  assert.deepEqual(await arriving(next), { state: 'over' })
  assert.deepEqual(await arriving(next), { state: 'over' })
  await assert.rejects(letPhoneIn(old, '0000'), { code: 'request-unready' })
})
