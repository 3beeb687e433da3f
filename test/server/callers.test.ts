import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { proposeRevokeDevice } from '../../src/keys/links.ts'
import { readLog, readWraps } from '../../src/protocol/api/households.ts'
import { readMailbox } from '../../src/protocol/api/messages.ts'
import { toBase64url } from '../../src/protocol/bytes.ts'
import { householdId } from '../../src/protocol/ids.ts'
import { randomBytes } from '../../src/keys/device.ts'
import {
  counted,
  addDevice,
  append,
  foundFamily,
  invite,
  newDevice,
  standing,
  wholeFamily,
} from '../harness/family.ts'
import {
  appendTo,
  familyClock,
  refuses,
  upload,
  visit,
  type RawRequest,
  type Visitor,
} from '../harness/key-plane.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

const clock = familyClock()
let server: TestServer
let visitor: Visitor
let home: Awaited<ReturnType<typeof foundFamily>>

before(async () => {
  server = await startTestServer({ clock })
  visitor = await visit(server, clock)
  home = await foundFamily()
  await upload(visitor, home.family, home.guardian.device)
})
after(() => server.close())

const params = (): { household: string } => ({ household: home.family.household.id })

test('an enrolled device and the recovery card are let in', async () => {
  for (const signer of [home.guardian.device, home.card]) {
    const { links, length } = await visitor.api.call(readLog, { params: params() }, signer)
    assert.equal(links.length, 1)
    assert.equal(length, 1)
  }
})

test('unknown, foreign and absent are the same answer, byte for byte', async () => {
  const other = await foundFamily()
  await upload(visitor, other.family, other.guardian.device)
  const absent = householdId.from(randomBytes(16))
  const signer = home.guardian.device
  const requests: RawRequest[] = [
    { route: readLog, params: { household: absent }, signer },
    { route: readLog, params: { household: other.family.household.id }, signer },
    { route: readLog, params: params(), signer: await newDevice() },
    { route: readWraps, params: { household: other.family.household.id }, signer },
    {
      route: readMailbox,
      params: { ...params(), principal: other.guardian.person },
      signer,
    },
  ]
  const answers = await Promise.all(requests.map((request) => visitor.answer(request)))
  for (const answer of answers) assert.deepEqual(answer, answers[0])
  assert.equal(answers[0]?.status, 404)
})

test('what a signature covers cannot be changed', async () => {
  const signer = home.guardian.device
  const foreign = await newDevice()
  const good = { route: readLog, params: params(), signer }
  const change =
    (name: string, from: RegExp, to: string) =>
    (headers: Headers): void =>
      headers.set(name, (headers.get(name) ?? '').replace(from, to))
  const refused: Record<string, RawRequest> = {
    digest: { ...good, tamper: change('content-digest', /:[^:]+:/, ':AAAA:') },
    malformed: { ...good, tamper: change('signature-input', /alg="ed25519"/, 'alg="none"') },
    signature: { ...good, tamper: change('signature-input', /created=\d/, 'created=2') },
  }
  for (const [reason, request] of Object.entries(refused)) {
    const { status, body } = await visitor.answer(request)
    assert.equal(status, 401, reason)
    assert.equal((JSON.parse(body) as { reason: string }).reason, reason)
  }
  const borrowed = change('signature-input', /keyid="[^"]+"/, `keyid="${foreign.id}"`)
  assert.equal((await visitor.answer({ ...good, tamper: borrowed })).status, 404)
  const unsigned = (headers: Headers): void => headers.delete('signature')
  assert.equal((await visitor.answer({ ...good, tamper: unsigned })).status, 401)
})

test('a request counts once, and only while its time is right', async () => {
  const request = {
    route: readLog,
    params: params(),
    signer: home.guardian.device,
    nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
  }
  assert.equal((await visitor.answer(request)).status, 200)
  const again = await visitor.answer(request)
  assert.equal(again.status, 401)
  assert.equal((JSON.parse(again.body) as { reason: string }).reason, 'nonce')
  for (const clockOff of [-310, 310]) {
    const late = await visitor.answer({ ...request, nonce: 'BAAAAAAAAAAAAAAAAAAAAA', clockOff })
    assert.equal((JSON.parse(late.body) as { code: string }).code, 'clock-wrong')
  }
})

test('a signature needs a session, too', async () => {
  const signer = home.guardian.device
  const tamper = (headers: Headers): void => headers.delete('cookie')
  const { status } = await visitor.answer({ route: readLog, params: params(), signer, tamper })
  assert.equal(status, 401)
})

test('the key of an invitation reads the log while it can be used, and nothing else', async () => {
  const { family, mum } = await wholeFamily()
  const invited = await invite(family, mum, 'relative')
  await upload(visitor, family, mum.device)
  const input = { params: { household: family.household.id } }
  const { length } = await visitor.api.call(readLog, input, invited.key)
  assert.equal(length, family.links.length)
  await refuses(visitor.api.call(readWraps, input, invited.key), 'not-found')
})

test('a revoked device is a stranger at once, who may see why', async () => {
  const { family, guardian } = await foundFamily()
  const second = await addDevice(family, guardian.device)
  await upload(visitor, family, guardian.device)
  const input = { params: { household: family.household.id } }
  await visitor.api.call(readLog, input, second)
  append(
    family,
    await proposeRevokeDevice(standing(family, guardian.device), second.id, counted(0)),
  )
  await appendTo(visitor, family, guardian.device)
  await addDevice(family, guardian.device)
  await appendTo(visitor, family, guardian.device)
  const { links, length } = await visitor.api.call(readLog, input, second)
  assert.equal(length, 3, 'up to the link that ended it')
  assert.deepEqual(links, family.links.slice(0, 3).map(toBase64url))
  const past = await visitor.api.call(readLog, { ...input, query: { from: 3 } }, second)
  assert.deepEqual(past, { links: [], length: 3 })
  await refuses(visitor.api.call(readWraps, input, second), 'not-found')
  const params = { ...input.params, principal: guardian.person }
  await refuses(visitor.api.call(readMailbox, { params }, second), 'not-found')
})

test('a restart of the server forgets no household', async () => {
  await server.restart()
  const { length } = await visitor.api.call(readLog, { params: params() }, home.guardian.device)
  assert.equal(length, 1)
})
