import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { proposeRevokeDevice } from '../../src/keys/links.ts'
import { randomBytes, type Device } from '../../src/keys/device.ts'
import { newPairing, pairingKey, type Pairing } from '../../src/keys/pairing.ts'
import * as api from '../../src/protocol/api/pairing.ts'
import { toBase64url } from '../../src/protocol/bytes.ts'
import {
  addDevice,
  append,
  counted,
  foundFamily,
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
  type Visitor,
} from '../harness/key-plane.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// The place where two phones meet: ten minutes, once, and the server can do nothing but lose it.

const clock = familyClock()
let server: TestServer
let visitor: Visitor

before(async () => {
  server = await startTestServer({ clock })
  visitor = await visit(server, clock)
})
after(() => server.close())

type Opened = {
  readonly home: Awaited<ReturnType<typeof foundFamily>>
  readonly pairing: Pairing
  readonly key: Device
  readonly offer: string
}

function noise(bytes: number): string {
  return toBase64url(randomBytes(bytes))
}

async function uploaded(): Promise<Opened['home']> {
  const home = await foundFamily()
  await upload(visitor, home.family, home.guardian.device)
  return home
}

async function opened(home?: Opened['home']): Promise<Opened> {
  const mine = home ?? (await uploaded())
  const pairing = newPairing(server.origin)
  const key = await pairingKey(pairing)
  const offer = noise(300)
  const made = { home: mine, pairing, key, offer }
  await open(made)
  return made
}

function open(
  { home, pairing, key, offer }: Opened,
  by: Device = home.guardian.device,
): Promise<unknown> {
  const body = { pairing: pairing.id, key: toBase64url(key.sig), offer }
  const params = { household: home.family.household.id }
  return visitor.api.call(api.openPairing, { params, body }, by)
}

function memberParams({ home, pairing }: Opened): { household: string; pairing: string } {
  return { household: home.family.household.id, pairing: pairing.id }
}

function read(made: Opened, by: Device = made.home.guardian.device): Promise<{ answer?: string }> {
  return visitor.api.call(api.readPairing, { params: memberParams(made) }, by) as Promise<{
    answer?: string
  }>
}

function readOffer({ pairing, key }: Opened, by: Device = key): Promise<object> {
  return visitor.api.call(api.readOffer, { params: { pairing: pairing.id } }, by)
}

function answer({ pairing, key }: Opened, answered: string, by: Device = key): Promise<unknown> {
  const input = { params: { pairing: pairing.id }, body: { answer: answered } }
  return visitor.api.call(api.answerPairing, input, by)
}

function reveal(made: Opened, nonce: string): Promise<unknown> {
  const input = { params: memberParams(made), body: { nonce } }
  return visitor.api.call(api.revealPairing, input, made.home.guardian.device)
}

function close(made: Opened, by: Device = made.home.guardian.device): Promise<unknown> {
  return visitor.api.call(api.closePairing, { params: memberParams(made) }, by)
}

test('offer, answer, nonce; each of them repeated changes nothing', async () => {
  const made = await opened()
  await open(made)
  assert.deepEqual(await readOffer(made), { offer: made.offer })
  assert.deepEqual(await read(made), {})
  await refuses(reveal(made, noise(60)), 'request-unready', 'unanswered')
  const [answered, nonce] = [noise(300), noise(60)]
  for (const _ of [1, 2]) await answer(made, answered)
  assert.deepEqual(await read(made), { answer: answered })
  for (const _ of [1, 2]) await reveal(made, nonce)
  assert.deepEqual(await readOffer(made), { offer: made.offer, nonce })
  for (const _ of [1, 2]) await close(made)
  await refuses(readOffer(made), 'not-found')
  await refuses(read(made), 'not-found')
})

test('a second answer, and a second nonce, are refused; the first ones stay', async () => {
  const made = await opened()
  const [answered, nonce] = [noise(300), noise(60)]
  await answer(made, answered)
  await refuses(answer(made, noise(300)), 'request-unready', 'answered')
  await reveal(made, nonce)
  await refuses(reveal(made, noise(60)), 'request-unready', 'revealed')
  assert.deepEqual(await read(made), { answer: answered })
  assert.deepEqual(await readOffer(made), { offer: made.offer, nonce })
})

test('of two phones that answer at the same moment one comes first', async () => {
  const made = await opened()
  const all = await Promise.allSettled([1, 2, 3, 4].map(() => answer(made, noise(300))))
  assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1)
})

test('what is not there and what is not yours is the same answer', async () => {
  const made = await opened()
  const other = await opened()
  const guessed = { ...made, pairing: newPairing('') }
  const strangers: readonly (() => Promise<unknown>)[] = [
    () => readOffer(guessed),
    () => readOffer(made, other.key),
    () => readOffer(made, made.home.guardian.device),
    async () => readOffer(made, await newDevice()),
    () => answer(made, noise(300), other.key),
    () => answer(guessed, noise(300)),
    () => read(guessed),
    () => read(made, made.home.card),
    () => read(made, other.home.guardian.device),
    () => read({ ...made, home: other.home }, other.home.guardian.device),
    () => reveal({ ...other, pairing: made.pairing }, noise(60)),
  ]
  for (const stranger of strangers) await refuses(stranger(), 'not-found')
  assert.deepEqual(await read(made), {}, 'and nothing was changed by any of them')
})

test('another household cannot take an id over, nor forget it', async () => {
  const made = await opened()
  const other = await uploaded()
  await refuses(open({ ...made, home: other }), 'request-unready', 'pairing-taken')
  await refuses(open({ ...made, offer: noise(300) }), 'request-unready', 'pairing-taken')
  const swapped = { ...made, key: await pairingKey(newPairing('')) }
  await refuses(open(swapped), 'request-unready', 'pairing-taken')
  await close({ ...made, home: other }, other.guardian.device)
  assert.deepEqual(await readOffer(made), { offer: made.offer })
})

test('a device has one at a time', async () => {
  const first = await opened()
  const second = await opened(first.home)
  await refuses(readOffer(first), 'not-found')
  assert.deepEqual(await readOffer(second), { offer: second.offer })
})

test('cards and toys bring nobody in', async () => {
  const { family, mum, toy, grandma, card } = await wholeFamily()
  await upload(visitor, family, mum.device)
  const made = {
    home: { family, guardian: mum, card },
    pairing: newPairing(''),
    key: await newDevice(),
    offer: noise(300),
  }
  for (const by of [card, toy.device]) await refuses(open(made, by), 'device-refused')
  await open(made, grandma.device)
})

test('with the device that shows the code, the code ends', async () => {
  const home = await uploaded()
  const second = await addDevice(home.family, home.guardian.device)
  await appendTo(visitor, home.family, home.guardian.device)
  const made = { home, pairing: newPairing(''), key: await newDevice(), offer: noise(300) }
  await open(made, second)
  await readOffer(made)
  const at = standing(home.family, home.guardian.device)
  append(home.family, await proposeRevokeDevice(at, second.id, counted(0)))
  await appendTo(visitor, home.family, home.guardian.device)
  await refuses(readOffer(made), 'not-found')
  await refuses(answer(made, noise(300)), 'not-found')
})

test('what is too large is refused', async () => {
  const home = await uploaded()
  const made = { home, pairing: newPairing(''), key: await newDevice(), offer: noise(5000) }
  await refuses(open(made), 'bad-request')
  const good = { ...made, offer: noise(api.OFFER_BYTES) }
  await open(good)
  await refuses(answer(good, noise(api.ANSWER_BYTES + 1)), 'bad-request')
  await answer(good, noise(api.ANSWER_BYTES))
})

test('a signature cannot be used again, nor for another answer', async () => {
  const made = await opened()
  const nonce = 'AAAAAAAAAAAAAAAAAAAAAA'
  const params = { pairing: made.pairing.id }
  const body = JSON.stringify({ answer: noise(300) })
  const sent = { route: api.answerPairing, params, body, signer: made.key, nonce }
  assert.equal((await visitor.answer(sent)).status, 204)
  assert.equal((await visitor.answer(sent)).status, 401, 'replayed')
  const swapped = await visitor.answer({
    ...sent,
    nonce: 'BAAAAAAAAAAAAAAAAAAAAA',
    tamper: (headers) => headers.set('content-digest', 'sha-256=:AAAA:'),
  })
  assert.equal(swapped.status, 401)
})

// Last: it turns the clock.
test('after ten minutes it is gone, and the next one sweeps it away', async () => {
  const made = await opened()
  clock.advance(api.PAIRING_MINUTES * 60_000 - 1000)
  await readOffer(made)
  clock.advance(2000)
  await refuses(readOffer(made), 'not-found')
  await refuses(answer(made, noise(300)), 'not-found')
  await refuses(read(made), 'not-found')
  const next = await opened()
  assert.deepEqual(await readOffer(next), { offer: next.offer })
})
