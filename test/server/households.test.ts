import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomBytes } from '../../src/keys/device.ts'
import { joinKey } from '../../src/keys/invitation.ts'
import { proposeAdd, proposeCancel, proposeInvite, proposeRotate } from '../../src/keys/links.ts'
import { openWrap } from '../../src/keys/principal.ts'
import {
  appendLink,
  createHousehold,
  LINKS_PAGE,
  readLog,
  readWraps,
} from '../../src/protocol/api/households.ts'
import { fromBase64url, toBase64url } from '../../src/protocol/bytes.ts'
import { inviteId } from '../../src/protocol/ids.ts'
import { verifyLog } from '../../src/protocol/log/verify.ts'
import {
  addDevice,
  admit,
  append,
  askToJoin,
  copyOf,
  foundFamily,
  invite,
  keyringOf,
  NOW,
  standing,
  stranger,
  wholeFamily,
  type Family,
} from '../harness/family.ts'
import { appendTo, posted, refuses, upload } from '../harness/key-plane.ts'
import { stage } from '../harness/stage.ts'

const on = stage()

function paramsOf(family: Family): { params: { household: string } } {
  return { params: { household: family.household.id } }
}

async function founded(): Promise<Awaited<ReturnType<typeof foundFamily>>> {
  const home = await foundFamily()
  await upload(on.visitor, home.family, home.guardian.device)
  return home
}

test('a whole family is founded, appended and read back as it was', async () => {
  const { family, mum, dad, grandma, card } = await wholeFamily()
  await upload(on.visitor, family, mum.device)
  const { links, length } = await on.visitor.api.call(readLog, paramsOf(family), grandma.device)
  assert.equal(length, family.links.length)
  const read = verifyLog(links.map(fromBase64url))
  assert.deepEqual(read.hashes, family.household.hashes)
  for (const device of [mum.device, dad.device, card]) {
    const { wraps } = await on.visitor.api.call(readWraps, paramsOf(family), device)
    for (const { of, epoch, wrap } of wraps) {
      await openWrap(family.household, device, fromBase64url(wrap), { of, epoch })
    }
    const household = wraps.filter(({ of }) => of === family.household.principal)
    assert.deepEqual(
      household.map(({ epoch }) => epoch),
      [1, 2],
    )
  }
  const { wraps } = await on.visitor.api.call(readWraps, paramsOf(family), grandma.device)
  assert.deepEqual(wraps, [], 'her own secret never left her device')
})

test('founding again gives the same answer, and takes only the wraps that the link names', async () => {
  const { family } = await foundFamily()
  const [genesis] = family.links
  assert.ok(genesis)
  const body = posted(family, genesis)
  const [first = '', ...others] = body.wraps
  const incomplete = { ...body, wraps: others }
  await refuses(
    on.visitor.api.call(createHousehold, { body: incomplete }),
    'log-refused',
    'wraps-incomplete',
  )
  for (const foreign of [toBase64url(randomBytes(40)), first]) {
    const more = { ...body, wraps: [...body.wraps, foreign] }
    await refuses(
      on.visitor.api.call(createHousehold, { body: more }),
      'log-refused',
      'wraps-foreign',
    )
  }
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => on.visitor.api.call(createHousehold, { body })),
  )
  for (const answer of answers) assert.deepEqual(answer, { household: family.household.id })
})

test('nothing but a genesis founds a household', async () => {
  const { family, guardian } = await founded()
  await invite(family, guardian, 'relative')
  const body = { link: toBase64url(family.links[1] ?? new Uint8Array()), wraps: [] }
  await refuses(on.visitor.api.call(createHousehold, { body }), 'log-refused', 'genesis-expected')
})

test('of two links for the same place one wins and the other is told so', async () => {
  const { family, guardian } = await founded()
  const rivals = [copyOf(family), copyOf(family), copyOf(family), copyOf(family)]
  for (const rival of rivals) await invite(rival, guardian, 'relative')
  const results = await Promise.allSettled(
    rivals.map((rival) => appendTo(on.visitor, rival, guardian.device)),
  )
  const winners = results.filter(({ status }) => status === 'fulfilled')
  assert.equal(winners.length, 1)
  for (const result of results) {
    if (result.status === 'rejected') {
      assert.equal((result.reason as { code: string }).code, 'log-conflict')
    }
  }
  const { length } = await on.visitor.api.call(readLog, paramsOf(family), guardian.device)
  assert.equal(length, 2)
})

test('a link whose answer was lost is accepted again', async () => {
  const { family, guardian } = await founded()
  await invite(family, guardian, 'relative')
  const lengths = await Promise.all(
    [1, 2, 3].map(() => appendTo(on.visitor, family, guardian.device)),
  )
  assert.deepEqual(lengths, [2, 2, 2])
  await invite(family, guardian, 'relative')
  await appendTo(on.visitor, family, guardian.device)
  assert.equal(await appendTo(on.visitor, family, guardian.device, family.links[1]), 3)
})

test('gaps conflict; what the verifier refuses is refused with its reason', async () => {
  const { family, guardian, card } = await founded()
  await invite(family, guardian, 'relative')
  await invite(family, guardian, 'relative')
  await refuses(appendTo(on.visitor, family, guardian.device), 'log-conflict', 'sequence-gap')
  const by = { household: family.household, device: card, now: NOW }
  const own = copyOf(family)
  own.household = verifyLog(family.links.slice(0, 1))
  const join = (await joinKey(randomBytes(16))).sig
  const invitation = {
    role: 'relative' as const,
    join,
    expires: NOW,
    id: inviteId.from(randomBytes(16)),
  }
  const { link } = await proposeInvite({ ...by, household: own.household }, invitation)
  await refuses(appendTo(on.visitor, own, card, link), 'log-refused', 'role-forbidden')
  const body = { link: toBase64url(randomBytes(100)), wraps: [] }
  await refuses(
    on.visitor.api.call(appendLink, { ...paramsOf(family), body }, guardian.device),
    'log-refused',
    'link-malformed',
  )
})

test("a link is appended by its own signer, not by another member's request", async () => {
  const { family, guardian } = await founded()
  const second = await addDevice(family, guardian.device)
  await appendTo(on.visitor, family, guardian.device)
  await invite(family, guardian, 'relative')
  await refuses(appendTo(on.visitor, family, second), 'device-refused', 'signer-differs')
})

test('a rotation comes with exactly its wraps', async () => {
  const { family, guardian } = await founded()
  const standingNow = standing(family, guardian.device)
  append(family, await proposeRotate(standingNow, family.household.principal))
  const body = posted(family, family.links.at(-1) ?? new Uint8Array())
  const swapped = { ...body, wraps: [...body.wraps.slice(1), toBase64url(randomBytes(50))] }
  const input = { ...paramsOf(family), body: swapped }
  await refuses(
    on.visitor.api.call(appendLink, input, guardian.device),
    'log-refused',
    'wraps-incomplete',
  )
  assert.equal(await appendTo(on.visitor, family, guardian.device), 2)
})

test('an invitation that was used or cancelled opens nothing any more', async () => {
  const { family, guardian } = await founded()
  const cancelled = await invite(family, guardian, 'relative')
  await appendTo(on.visitor, family, guardian.device)
  await on.visitor.api.call(readLog, paramsOf(family), cancelled.key)
  append(family, await proposeCancel(standing(family, guardian.device), cancelled.id))
  await appendTo(on.visitor, family, guardian.device)
  await refuses(on.visitor.api.call(readLog, paramsOf(family), cancelled.key), 'not-found')
})

test('a long log is read page by page', async () => {
  const { family, guardian } = await founded()
  for (let count = 0; count < LINKS_PAGE + 20; count += 1) {
    const { id } = await invite(family, guardian, 'relative')
    append(family, await proposeCancel(standing(family, guardian.device), id))
  }
  for (const [index, link] of family.links.slice(1).entries()) {
    // Nobody changes a family that often at once.
    if (index % 100 === 0) on.clock.advance(10 * 60_000)
    await appendTo(on.visitor, family, guardian.device, link)
  }
  await on.server.restart()
  const read: Uint8Array[] = []
  for (const pages = [LINKS_PAGE, LINKS_PAGE, 41]; pages.length > 0;) {
    const input = { ...paramsOf(family), query: { from: read.length } }
    const { links, length } = await on.visitor.api.call(readLog, input, guardian.device)
    assert.equal(length, family.links.length)
    assert.equal(links.length, pages.shift())
    read.push(...links.map(fromBase64url))
  }
  assert.deepEqual(verifyLog(read).hashes, family.household.hashes)
  const beyond = { ...paramsOf(family), query: { from: 1e9 } }
  const { links, length } = await on.visitor.api.call(readLog, beyond, guardian.device)
  assert.deepEqual([links.length, length], [0, family.links.length])
})

test('a newcomer reads the log from the moment of the admission on', async () => {
  const { family, guardian } = await founded()
  const joiner = await admit(family, guardian, 'relative')
  await appendTo(on.visitor, family, guardian.device, family.links[1])
  await refuses(on.visitor.api.call(readLog, paramsOf(family), joiner.device), 'not-found')
  await appendTo(on.visitor, family, guardian.device)
  const { length } = await on.visitor.api.call(readLog, paramsOf(family), joiner.device)
  assert.equal(length, 3)
})

// Last: it turns the on.clock.
test("an invitation is too old by the server's on.clock, whatever the link claims", async () => {
  const { family, guardian } = await founded()
  const invited = await invite(family, guardian, 'relative')
  await appendTo(on.visitor, family, guardian.device)
  const request = await askToJoin(family, invited, await stranger())
  const keyring = await keyringOf(family, guardian.device)
  append(family, await proposeAdd(standing(family, guardian.device), keyring, request))
  on.clock.advance(8 * 86_400_000)
  await refuses(appendTo(on.visitor, family, guardian.device), 'log-refused', 'invite-expired')
  await refuses(on.visitor.api.call(readLog, paramsOf(family), invited.key), 'not-found')
})
