import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pullBoxLog } from '../../src/client/box/box-log.ts'
import { deliver, keepTake, keptTake, leaving, sayTake } from '../../src/client/box/saying.ts'
import { BOX_DAYS, endBox, makeBox, openBoxes } from '../../src/client/boxes.ts'
import { addChild, children, withdrawConsent } from '../../src/client/children.ts'
import type { Client } from '../../src/client/client.ts'
import { keptLinks } from '../../src/client/family.ts'
import { refusals } from '../../src/client/inbox.ts'
import { approve, reject } from '../../src/client/judging.ts'
import { step } from '../../src/client/live.ts'
import { messages, type Message } from '../../src/client/messages.ts'
import { changeRules } from '../../src/client/rules.ts'
import { approvalFor } from '../../src/client/toy.ts'
import { randomBytes } from '../../src/keys/device.ts'
import { seal } from '../../src/keys/message.ts'
import { sendMessage } from '../../src/protocol/api/messages.ts'
import { toBase64url } from '../../src/protocol/bytes.ts'
import { messageId } from '../../src/protocol/ids.ts'
import type { Content } from '../../src/protocol/message/kinds.ts'
import { refuses } from '../harness/key-plane.ts'
import { familyAt, foundAt, newRecording, startClient } from '../harness/member.ts'
import { openLink, type OldPhone } from '../harness/old-phone.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// Links for old phones: what they do, what they cannot, and how they end.

let server: TestServer
before(async () => void (server = await startTestServer()))
after(() => server.close())

const NEW = { name: 'Grandma', children: [], greeting: 'Mia', days: BOX_DAYS.usual }

async function withLink(): Promise<{ mum: Client; link: string; phone: OldPhone }> {
  const mum = startClient(await foundAt(server))
  const { link } = await makeBox(mum, NEW)
  return { mum, link, phone: await openLink(link) }
}

async function say({ client, link }: OldPhone): Promise<number> {
  const take = newRecording()
  await keepTake(client, take)
  await sayTake(client)
  await deliver(client, link)
  return take.durationMs
}

async function heardBy(client: Client): Promise<readonly Message[]> {
  await step(client)
  return messages(client)
}

test('what is said through a link waits for a guardian, by name, and goes to the toy approved', async () => {
  const { mum, phone } = await withLink()
  const durationMs = await say(phone)
  const [message, ...others] = await heardBy(mum)
  assert.ok(message)
  assert.deepEqual(others, [])
  assert.deepEqual(
    [message.state, message.from.name, message.from.byLink, message.durationMs],
    ['waiting', 'Grandma', true, durationMs],
  )
  const [child] = await children(mum)
  assert.deepEqual(message.to, [{ child: child?.id, name: child?.name }])
  await assert.rejects(approvalFor(mum, message.message))
  await approve(mum, message.message)
  await step(mum)
  assert.ok(await approvalFor(mum, message.message))
  assert.equal((await messages(mum))[0]?.state, 'approved')
  const [box] = await openBoxes(mum)
  assert.equal(box?.usedAt, message.at)
})

test('a link for one child speaks to that child, and ends with the consent for them', async () => {
  const { mum } = await withLink()
  const leo = await addChild(mum, { name: 'Leo' })
  const { link } = await makeBox(mum, { ...NEW, children: [leo], greeting: 'Leo' })
  const phone = await openLink(link)
  await say(phone)
  assert.deepEqual((await heardBy(mum))[0]?.to, [{ child: leo, name: 'Leo' }])
  await withdrawConsent(mum, leo)
  await refuses(say(phone), 'box-ended', 'no-child')
  assert.equal(await leaving(phone.client), 1)
})

test('what comes through a link waits, also where nobody else’s voice does', async () => {
  const { mum, phone } = await withLink()
  await changeRules(mum, { approval: false })
  await say(phone)
  const [message] = await heardBy(mum)
  assert.equal(message?.state, 'waiting')
  await assert.rejects(approvalFor(mum, message?.message ?? assert.fail()))
})

test('a guardian turns it down like a relative’s, and nobody is told who cannot be', async () => {
  const { mum, phone } = await withLink()
  await say(phone)
  const [message] = await heardBy(mum)
  await reject(mum, message?.message ?? assert.fail())
  assert.equal((await heardBy(mum))[0]?.state, 'rejected')
})

test('a link holds the greeting; neither log nor server have a name', async () => {
  const { mum, phone } = await withLink()
  assert.equal(phone.link.greeting, 'Mia')
  const links = await keptLinks(mum)
  assert.ok(!links.some((link) => Buffer.from(link).includes('Grandma')))
  assert.ok(!server.lines.some((line) => line.includes(toBase64url(phone.link.secret))))
})

test('only guardians make links, for days that make sense, and twelve at a time', async () => {
  const home = await familyAt(server)
  const [mum, grandma] = [startClient(home.mum), startClient(home.grandma)]
  await refuses(makeBox(grandma, NEW), 'device-refused')
  for (const days of [0, 366, 1.5]) {
    await refuses(makeBox(mum, { ...NEW, days }), 'bad-request', 'days')
  }
  await refuses(makeBox(mum, { ...NEW, name: '' }), 'bad-request', 'name')
  const long = { ...NEW, greeting: 'x'.repeat(61) }
  await refuses(makeBox(mum, long), 'bad-request', 'greeting')
  for (let made = 0; made < 12; made += 1) await makeBox(mum, { ...NEW, days: 1 })
  await refuses(makeBox(mum, NEW), 'too-many', 'boxes')
  const [box] = await openBoxes(mum)
  await refuses(endBox(grandma, box?.box ?? assert.fail()), 'device-refused')
})

test('ended, it takes nothing that waits on the phone, and what waits for a guardian is over', async () => {
  const { mum, phone } = await withLink()
  const approved = await say(phone)
  const [first] = await heardBy(mum)
  await approve(mum, first?.message ?? assert.fail())
  await say(phone)
  await keepTake(phone.client, newRecording())
  await sayTake(phone.client)
  const [box] = await openBoxes(mum)
  await endBox(mum, box?.box ?? assert.fail())
  await refuses(deliver(phone.client, phone.link), 'box-ended')
  assert.equal(await leaving(phone.client), 1)
  const states = (await heardBy(mum)).map(({ durationMs, state }) => [durationMs, state] as const)
  assert.deepEqual(
    states.map(([, state]) => state),
    ['rejected', 'approved'],
  )
  assert.equal(states[1]?.[0], approved)
  assert.deepEqual(await openBoxes(mum), [])
  assert.deepEqual(await refusals(mum), [])
})

test('one link on two phones, one of which forgets: nothing is taken for a copy', async () => {
  const { mum, link, phone } = await withLink()
  await say(phone)
  const other = await openLink(link)
  await say(other)
  await say(phone)
  await say(await openLink(link))
  assert.equal((await heardBy(mum)).length, 4)
  assert.deepEqual(await refusals(mum), [])
})

test('a page that was closed goes on where it was; an answer that was lost sends nothing twice', async () => {
  const { mum, link } = await withLink()
  let isLost = true
  const phone = await openLink(link, {
    fetch: (plain) => async (input, init) => {
      const response = await plain(input, init)
      if (init.method === 'PUT' && isLost) throw new TypeError('the answer was lost')
      return response
    },
  })
  await keepTake(phone.client, newRecording())
  const again = await openLink(link, {}, phone)
  assert.ok(await keptTake(again.client))
  await sayTake(phone.client)
  await refuses(deliver(phone.client, phone.link), 'offline')
  isLost = false
  assert.equal(await leaving(again.client), 1)
  await deliver(again.client, again.link)
  assert.equal(await leaving(again.client), 0)
  assert.equal((await heardBy(mum)).length, 1)
})

/** A server that shows `links` instead of the household's. */
function showing(links: () => readonly Uint8Array[]) {
  return {
    fetch:
      (plain: (input: string, init: RequestInit) => Promise<Response>) =>
      async (input: string, init: RequestInit): Promise<Response> => {
        if (!input.includes('/log')) return plain(input, init)
        const from = Number(new URL(input).searchParams.get('from'))
        const all = links().map(toBase64url)
        return Response.json({ links: all.slice(from), length: all.length })
      },
  }
}

test('a server that shows another household, or less of this one, gets nothing to hear', async () => {
  const { mum, link } = await withLink()
  const own = await keptLinks(mum)
  const another = await keptLinks(startClient(await foundAt(server)))
  for (const [links, reason] of [
    [another, 'other-household'],
    [own.slice(0, -1), 'box-unknown'],
    [[], 'withheld'],
  ] as const) {
    const phone = await openLink(
      link,
      showing(() => links),
    )
    await keepTake(phone.client, newRecording())
    await sayTake(phone.client)
    await refuses(deliver(phone.client, phone.link), 'tampered', reason)
    assert.equal(await leaving(phone.client), 1)
  }
  assert.deepEqual(await heardBy(mum), [])
})

test('what a phone has seen of the log is never believed to be shorter, or another one', async () => {
  const { mum, link } = await withLink()
  await makeBox(mum, NEW)
  const own = await keptLinks(mum)
  let shown: readonly Uint8Array[] = own
  const phone = await openLink(
    link,
    showing(() => shown),
  )
  const { household } = phone.link
  await pullBoxLog(phone.client, household)
  shown = own.slice(0, -1)
  await refuses(pullBoxLog(phone.client, household), 'tampered', 'roll-back')
  shown = [...own, own.at(-1) ?? assert.fail()]
  await refuses(pullBoxLog(phone.client, household), 'log-refused')
})

test('whoever has the link says nothing but voices: all else is refused where it arrives', async () => {
  const { mum, phone } = await withLink()
  await say(phone)
  const [message] = await heardBy(mum)
  const of = message?.message ?? assert.fail()
  const household = await pullBoxLog(phone.client, phone.link.household)
  const original = { i: new Uint8Array(10), s: new Uint8Array(64) }
  const forbidden: Content[] = [
    { kind: 'receipt', body: { of, event: 'approved' } },
    { kind: 'receipt', body: { of, event: 'played' } },
    { kind: 'erase', body: { of } },
    { kind: 'profile', body: { children: [], people: [] } },
    { kind: 'forward', body: { of, why: 'approve', original } },
    { kind: 'portrait', body: { of: household.principal, type: 'image/png', image: original.i } },
  ]
  for (const [index, content] of forbidden.entries()) {
    const mid = messageId.from(randomBytes(16))
    const place = { n: Date.now() + 1000 + index, prev: new Uint8Array(32) }
    const draft = { mid, to: [household.principal], at: Date.now(), content, ...place }
    const device = await phone.client.keeper.device()
    const { frame } = await seal(household, device, draft)
    const params = { household: household.id, message: mid }
    await phone.client.api.call(sendMessage, { params, body: frame }, device)
  }
  assert.deepEqual(
    (await heardBy(mum)).map(({ state }) => state),
    ['waiting'],
  )
  const reasons = (await refusals(mum)).map(({ reason }) => reason)
  assert.deepEqual(reasons, Array(forbidden.length).fill('role-forbidden'))
})
