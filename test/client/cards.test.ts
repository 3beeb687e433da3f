import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hasCard, replaceCard } from '../../src/client/cards.ts'
import type { Client } from '../../src/client/client.ts'
import { createHousehold, putCardAway, recoveryCard } from '../../src/client/household.ts'
import { step } from '../../src/client/live.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { pullLog } from '../../src/client/pull-log.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { recover } from '../../src/client/recovery.ts'
import { whereAmI } from '../../src/client/session.ts'
import { openCard } from '../../src/keys/card.ts'
import { proposeAddDevice } from '../../src/keys/links.ts'
import { appendLink, readWraps } from '../../src/protocol/api/households.ts'
import { toBase64url } from '../../src/protocol/bytes.ts'
import type { DeviceId } from '../../src/protocol/ids.ts'
import { newDevice } from '../harness/family.ts'
import {
  enlist,
  familyAt,
  letIn,
  newRecording,
  startClient,
  type Installation,
} from '../harness/member.ts'
import { mortal } from '../harness/mortal.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// A card that was lost: a new one takes its place, and the finder of the old one has nothing.

let server: TestServer
before(async () => void (server = await startTestServer()))
after(() => server.close())

async function founded(): Promise<{ mum: Installation; card: string }> {
  const mum = await enlist(server)
  const client = startClient(mum)
  const { recoveryCard: card } = await createHousehold(client, { child: 'Zebulon', name: 'Ruth' })
  await putCardAway(client)
  return { mum, card }
}

async function say(client: Client): Promise<string> {
  const { message } = await sendVoice(client, { ...newRecording(), to: 'child' })
  await step(client)
  return message
}

/** A new phone with this card hears all of these. */
async function demandHears(card: string, said: readonly string[]): Promise<void> {
  const phone = startClient(await enlist(server))
  await recover(phone, card)
  await step(phone)
  assert.equal(await whereAmI(phone), 'guardian')
  const heard = await messages(phone)
  for (const message of said) {
    const found = heard.find((one) => one.message === message)
    assert.ok(found, 'the message is there')
    assert.ok((await sound(phone, found.message)).sound.length > 0)
  }
}

async function cardsIn(client: Client): Promise<readonly DeviceId[]> {
  const { household } = await pullLog(client)
  const devices = [...household.devices.values()]
  return devices.filter(({ card, until }) => card && until === undefined).map(({ id }) => id)
}

test('a new card brings everything back, older and newer; the lost one nothing', async () => {
  const { mum, card: lost } = await founded()
  const client = startClient(mum)
  const older = await say(client)
  const { recoveryCard: card } = await replaceCard(client)
  assert.equal(await recoveryCard(client), card, 'it is shown until it is put away')
  const newer = await say(client)
  const finder = startClient(await enlist(server))
  await assert.rejects(recover(finder, lost), { code: 'card-unknown' })
  assert.equal(await whereAmI(finder), 'new')
  await demandHears(card, [older, newer])
  assert.deepEqual(await cardsIn(client), [(await openCard(card)).id])
})

test('a lost card gets no wrap of what came after, and enrols nobody', async () => {
  const { mum, card: lost } = await founded()
  const client = startClient(mum)
  const before = await pullLog(client)
  const old = await openCard(lost)
  await replaceCard(client)
  const { household } = await pullLog(client)
  for (const { epochs } of household.principals.values()) {
    assert.equal(epochs.length, 2)
    assert.ok(epochs[1]?.wraps.every(({ to }) => to !== old.id))
  }
  const params = { household: household.id }
  const phone = startClient(await enlist(server))
  await assert.rejects(phone.api.call(readWraps, { params }, old), { code: 'not-found' })
  const standing = { household: before.household, device: old, now: Date.now() }
  const enrolment = await proposeAddDevice(standing, before.keyring, await newDevice())
  const body = { link: toBase64url(enrolment.link), wraps: enrolment.wraps.map(toBase64url) }
  await assert.rejects(phone.api.call(appendLink, { params, body }, old), { code: 'not-found' })
})

test('killed at any step and called again, it goes on with the same card', async () => {
  let kills = 0
  for (; ; kills += 1) {
    const { mum, card: lost } = await founded()
    const life = mortal(kills)
    if ((await life.lives(replaceCard(startClient(mum, life.between)))) === 'lived') break
    const again = startClient(mum)
    // Who sees the card on the screen has no need to ask again.
    const card = (await recoveryCard(again)) ?? (await replaceCard(again)).recoveryCard
    assert.equal(await recoveryCard(again), card)
    assert.deepEqual(await cardsIn(again), [(await openCard(card)).id])
    const { household } = await pullLog(again)
    assert.equal(household.hashes.length, 2, 'the genesis link and one for the card')
    assert.notEqual(card, lost)
    await say(again)
  }
  assert.ok(kills >= 6, `${kills} kills`)
})

test('killed at any step, the app shows the card that counts by itself', async () => {
  for (let kills = 0; ; kills += 1) {
    const { mum, card: first } = await founded()
    const life = mortal(kills)
    if ((await life.lives(replaceCard(startClient(mum, life.between)))) === 'lived') break
    const again = startClient(mum)
    await step(again)
    const alive = await cardsIn(again)
    const shown = await recoveryCard(again)
    assert.deepEqual(alive, [(await openCard(shown ?? first)).id])
  }
})

test('a second guardian makes a first card of their own', async () => {
  const { mum } = await founded()
  const dad = startClient(await enlist(server))
  await letIn(startClient(mum), dad, 'Paul', 'guardian')
  const said = await say(startClient(mum))
  assert.equal(await hasCard(dad), false)
  const { recoveryCard: card } = await replaceCard(dad)
  assert.equal(await hasCard(dad), true)
  assert.equal(await hasCard(startClient(mum)), true)
  assert.equal((await cardsIn(dad)).length, 2, 'the other guardian keeps theirs')
  await demandHears(card, [said])
})

test('replaced twice, only the newest card works', async () => {
  const { mum } = await founded()
  const client = startClient(mum)
  const { recoveryCard: first } = await replaceCard(client)
  const { recoveryCard: second } = await replaceCard(client)
  assert.notEqual(first, second)
  await assert.rejects(recover(startClient(await enlist(server)), first), { code: 'card-unknown' })
  await demandHears(second, [])
})

test('a card that was begun here and replaced elsewhere meanwhile is never shown', async () => {
  const { mum } = await founded()
  const client = startClient(mum)
  const { recoveryCard: dead } = await replaceCard(client)
  const { recoveryCard: alive } = await replaceCard(client)
  const begun = { key: 'next-card', value: dead }
  await client.store.write([begun])
  await step(client)
  assert.equal(await recoveryCard(client), alive)
  await client.store.write([begun])
  const { recoveryCard: newest } = await replaceCard(client)
  assert.ok(![dead, alive].includes(newest))
  assert.deepEqual(await cardsIn(client), [(await openCard(newest)).id])
})

test('a relative has no card and makes none', async () => {
  const { grandma } = await familyAt(server)
  const client = startClient(grandma)
  assert.equal(await hasCard(client), undefined)
  await assert.rejects(replaceCard(client), { code: 'device-refused' })
})
