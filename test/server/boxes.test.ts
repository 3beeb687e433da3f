import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomBytes, type Device } from '../../src/keys/device.ts'
import { readLog } from '../../src/protocol/api/households.ts'
import { BOX_MESSAGES, sendMessage } from '../../src/protocol/api/messages.ts'
import type { Route } from '../../src/protocol/api/route.ts'
import { ROUTES } from '../../src/protocol/api/routes.ts'
import { householdId } from '../../src/protocol/ids.ts'
import { closeBox, openBox, sealFromBox, voiceFor, type Box } from '../harness/box.ts'
import type { WholeFamily } from '../harness/family.ts'
import { appendTo, newMessageId, refuses, visitWith, type Visitor } from '../harness/key-plane.ts'
import { smaller } from '../harness/sizes.ts'
import { sampleOf } from '../harness/samples.ts'
import { stage } from '../harness/stage.ts'

const on = stage()
const DAY = 24 * 60 * 60 * 1000

/** An old phone: it has a link, and no account. */
function phone(): Visitor {
  return visitWith(on.server, '', on.clock)
}

type Home = WholeFamily & { readonly box: Box }

async function withBox(expires = on.clock.now() + 90 * DAY): Promise<Home> {
  const home = await on.uploaded()
  const box = await openBox(home.family, home.mum.device, expires)
  await appendTo(on.visitor, home.family, home.mum.device)
  return { ...home, box }
}

async function say({ family, box }: Home, n = 1): Promise<void> {
  const { mid, frame } = await sealFromBox(family, box, { n })
  const params = { household: family.household.id, message: mid }
  await phone().api.call(sendMessage, { params, body: frame }, box.device)
}

function logOf({ family }: Home, signer: Device): ReturnType<typeof readWhole> {
  return readWhole(phone(), family.household.id, signer)
}

function readWhole({ api }: Visitor, household: string, signer: Device) {
  return api.call(readLog, { params: { household } }, signer)
}

test('without an account, the holder of a link reads the log and sends to the household', async () => {
  const home = await withBox()
  const { links } = await logOf(home, home.box.device)
  assert.equal(links.length, home.family.links.length)
  await say(home)
})

/** The path and body of a call of a route, about this household. */
function callOf(route: Route, home: Home) {
  const sample = sampleOf(route.params) as Record<string, string>
  const { household } = home.family
  const known = { household: household.id, principal: household.principal, message: newMessageId() }
  const json = typeof route.body === 'string' ? undefined : JSON.stringify(sampleOf(route.body))
  const body = route.body === 'bytes' ? randomBytes(10) : json
  return { route, params: { ...sample, ...known }, ...(body !== undefined && { body }) }
}

const OPEN = new Set(['readLog', 'sendMessage'])

test('of all routes, a link opens exactly two; the others want an account', async () => {
  const home = await withBox()
  const opened = new Set<string>()
  for (const route of ROUTES.filter(({ callers }) => !callers.includes('none'))) {
    const call = { ...callOf(route, home), signer: home.box.device }
    const { status, body } = await phone().answer(call)
    if (status === 401) assert.match(body, /"sign-in-needed"/, route.id)
    else opened.add(route.id)
  }
  assert.deepEqual(opened, OPEN)
})

test('a link with an account behind it opens no more', async () => {
  const home = await withBox()
  const signed = ROUTES.filter(({ callers }) =>
    callers.some((one) => ['device', 'joiner', 'ended'].includes(one)),
  )
  assert.ok(signed.length >= 10)
  for (const route of signed.filter(({ id }) => !OPEN.has(id))) {
    const call = { ...callOf(route, home), signer: home.box.device }
    const { status, body } = await on.visitor.answer(call)
    assert.equal(status, 404, `${route.id} ${body}`)
  }
})

test('the API says of exactly these two that a link may call them', () => {
  const open = ROUTES.filter(({ callers }) => callers.includes('box'))
  assert.deepEqual(new Set(open.map(({ id }) => id)), OPEN)
  assert.ok(open.every(({ errors }) => errors.includes('box-ended')))
})

test('ended or too old, a link opens nothing, and its holder is told so', async () => {
  const ended = await withBox()
  await closeBox(ended.family, ended.mum.device, ended.box)
  await appendTo(on.visitor, ended.family, ended.mum.device)
  const old = await withBox(on.clock.now() - 1)
  for (const home of [ended, old]) {
    await refuses(logOf(home, home.box.device), 'box-ended')
    const { mid, frame } = await sealFromBox(home.family, { ...home.box, device: home.box.device })
    const params = { household: home.family.household.id, message: mid }
    const sent = phone().api.call(sendMessage, { params, body: frame }, home.box.device)
    await refuses(sent, 'box-ended')
  }
})

test('to a stranger, ended and never there are the same answer, byte for byte', async () => {
  const home = await withBox()
  await closeBox(home.family, home.mum.device, home.box)
  await appendTo(on.visitor, home.family, home.mum.device)
  const { id } = home.family.household
  const forged: Device = { ...home.box.device, sign: () => Promise.resolve(randomBytes(64)) }
  const absent = householdId.from(randomBytes(16))
  const params = { household: id }
  const answers = await Promise.all([
    phone().answer({ route: readLog, params, signer: forged }),
    phone().answer({ route: readLog, params }),
    phone().answer({ route: readLog, params: { household: absent }, signer: home.box.device }),
    phone().answer({ route: readLog, params, signer: home.grandma.device }),
  ])
  assert.equal(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size, 1)
  assert.equal(answers[0]?.status, 401)
})

test('the link of one household opens no other one', async () => {
  const [one, two] = [await withBox(), await withBox()]
  await refuses(logOf(two, one.box.device), 'sign-in-needed')
  const { mid, frame } = await sealFromBox(one.family, one.box)
  const params = { household: two.family.household.id, message: mid }
  const sent = phone().api.call(sendMessage, { params, body: frame }, one.box.device)
  await refuses(sent, 'sign-in-needed')
})

test('a request counts once, and only to whom it was signed for', async () => {
  const home = await withBox()
  const params = { household: home.family.household.id }
  const call = { route: readLog, params, signer: home.box.device }
  const twice = { ...call, nonce: 'AAAAAAAAAAAAAAAAAAAAAA' }
  assert.equal((await phone().answer(twice)).status, 200)
  assert.match((await phone().answer(twice)).body, /"nonce"/)
  assert.match((await phone().answer({ ...call, clockOff: 400 })).body, /"clock-wrong"/)
})

test(`a link sends ${BOX_MESSAGES} messages a day, and the same one is counted once`, async () => {
  const home = await withBox()
  const first = await sealFromBox(home.family, home.box)
  const params = { household: home.family.household.id, message: first.mid }
  const again = () => phone().api.call(sendMessage, { params, body: first.frame }, home.box.device)
  await again()
  for (let n = 2; n <= BOX_MESSAGES; n += 1) await say(home, n)
  await again()
  await refuses(say(home, 31), 'too-many', 'box-day')
  const other = await withBox()
  await say(other)
  on.clock.advance(DAY)
  await say(home, 32)
})

test('nothing larger than a voice for the toy comes through a link', async () => {
  const home = await withBox()
  const content = voiceFor(home.family.household, 140_000)
  const { mid, frame } = await sealFromBox(home.family, home.box, { content })
  const params = { household: home.family.household.id, message: mid }
  const sent = phone().api.call(sendMessage, { params, body: frame }, home.box.device)
  await refuses(sent, 'message-refused', 'too-large')
})

test('nor what says of itself that it is smaller than it is', async () => {
  const home = await withBox()
  const content = voiceFor(home.family.household, 140_000)
  const { mid, frame } = await sealFromBox(home.family, home.box, { content })
  const params = { household: home.family.household.id, message: mid }
  const sent = phone().api.call(sendMessage, { params, body: smaller(frame) }, home.box.device)
  await refuses(sent, 'message-refused', 'outer-mismatch')
})

test('a link addresses neither the toy, nor a relative, nor one guardian alone', async () => {
  const home = await withBox()
  const { household } = home.family
  for (const to of [home.toy.person, home.grandma.person, home.mum.person]) {
    for (const all of [[to], [household.principal, to]]) {
      const { mid, frame } = await sealFromBox(home.family, home.box, { to: all })
      const params = { household: household.id, message: mid }
      const sent = phone().api.call(sendMessage, { params, body: frame }, home.box.device)
      await refuses(sent, 'message-refused', 'role-forbidden')
    }
  }
})
