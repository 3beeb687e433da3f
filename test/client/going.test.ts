import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Client } from '../../src/client/client.ts'
import { keptLinks, myRole, readFamily } from '../../src/client/family.ts'
import { createHousehold } from '../../src/client/household.ts'
import { devices, leave, myEnding, removePerson, revokeDevice } from '../../src/client/leaving.ts'
import { step } from '../../src/client/live.ts'
import { approve } from '../../src/client/judging.ts'
import { messages } from '../../src/client/messages.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { recover } from '../../src/client/recovery.ts'
import { approvalFor } from '../../src/client/toy.ts'
import { readLink } from '../../src/protocol/log/link.ts'
import {
  enlist,
  familyAt,
  foundAt,
  letIn,
  newRecording,
  startClient,
  type Installation,
} from '../harness/member.ts'
import { mortal } from '../harness/mortal.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// Who goes: a phone that was lost, a relative, a guardian. The others go on.

let server: TestServer
before(async () => void (server = await startTestServer()))
after(() => server.close())

/** How often the log did something. */
async function times(client: Client, op: string): Promise<number> {
  const links = await keptLinks(client)
  return links.filter((link) => readLink(link).body.op === op).length
}

async function stateAt(client: Client, message: string): Promise<string | undefined> {
  await step(client)
  return (await messages(client)).find((one) => one.message === message)?.state
}

/** A guardian with two phones: the second came by the recovery card. */
async function twoPhones(): Promise<{ old: Installation; next: Installation }> {
  const old = await enlist(server)
  const { recoveryCard } = await createHousehold(startClient(old), { child: 'Zoe', name: 'Ruth' })
  await step(startClient(old))
  const next = await enlist(server)
  await recover(startClient(next), recoveryCard)
  await step(startClient(next))
  return { old, next }
}

test('a phone is lost: the other one ends it, and what it said counts', async () => {
  const { old, next } = await twoPhones()
  const [lost, mine] = [startClient(old), startClient(next)]
  const { message } = await sendVoice(lost, { ...newRecording(), to: 'child' })
  await step(lost)
  await step(mine)
  const offline = await sendVoice(lost, { ...newRecording(), to: 'child' })
  const known = await devices(mine)
  assert.deepEqual(
    known.map(({ mine: own, here }) => ({ own, here })),
    [
      { own: true, here: false },
      { own: true, here: true },
    ],
  )
  const gone = known.find(({ here }) => !here)
  assert.ok(gone)
  const before = (await readFamily(mine)).household
  await revokeDevice(mine, gone.device)
  await revokeDevice(mine, gone.device)
  const { household, keyring } = await readFamily(mine)
  const { last } = household.devices.get(gone.device) ?? {}
  assert.equal(last?.n, 2, 'the names, and the voice')
  for (const { id, epochs } of household.principals.values()) {
    assert.equal(epochs.length, (before.principals.get(id)?.epochs.length ?? 0) + 1)
    assert.ok(keyring.get(id)?.has(epochs.length))
  }
  assert.equal(await stateAt(mine, message), 'waiting', 'its approval went with the phone')
  await assert.rejects(approvalFor(mine, message as never), { reason: 'guardian-gone' })
  await approve(mine, message)
  assert.equal(await stateAt(mine, message), 'approved')
  assert.equal((await approvalFor(mine, message)).message, message)
  assert.equal(await myRole(lost), 'guardian', 'it does not know yet')
  await step(lost)
  assert.equal(await myRole(lost), undefined)
  assert.equal(await myEnding(lost), 'revoked')
  assert.equal(await stateAt(lost, offline.message), 'failed')
  await assert.rejects(createHousehold(lost, { child: 'Zoe' }), { code: 'device-ended' })
  assert.equal(await myRole(mine), 'guardian')
})

test('the last device of somebody, and one that never was, are not ended', async () => {
  const { mum, grandma } = await familyAt(server)
  const guardian = startClient(mum)
  const hers = (await devices(guardian)).find(({ mine }) => !mine)
  assert.ok(hers)
  await assert.rejects(revokeDevice(guardian, hers.device), { reason: 'last-device' })
  const card = [...(await readFamily(guardian)).household.devices.values()].find((one) => one.card)
  assert.ok(card)
  await assert.rejects(revokeDevice(guardian, card.id), { code: 'not-found' })
  const relative = startClient(grandma)
  const mums = (await devices(relative)).find(({ mine }) => !mine)
  assert.ok(mums)
  await assert.rejects(revokeDevice(relative, mums.device), { reason: 'role-forbidden' })
  await assert.rejects(removePerson(relative, mums.person), { reason: 'role-forbidden' })
  await assert.rejects(leave(guardian), { reason: 'last-guardian' })
})

test('a relative is removed while offline, and their phone comes back', async () => {
  const { mum, grandma, grandmaId } = await familyAt(server)
  const [guardian, relative] = [startClient(mum), startClient(grandma)]
  const heard = await sendVoice(relative, { ...newRecording(), to: 'child' })
  await step(relative)
  const unsent = await sendVoice(relative, { ...newRecording(), to: 'child' })
  await removePerson(guardian, grandmaId)
  assert.equal(await stateAt(guardian, heard.message), 'waiting', 'what came before counts')
  await approve(guardian, heard.message)
  assert.equal(await stateAt(guardian, heard.message), 'approved')
  await step(relative)
  assert.equal(await myEnding(relative), 'guardian')
  assert.equal(await stateAt(relative, unsent.message), 'failed')
  assert.equal(await stateAt(relative, heard.message), 'waiting', 'what she has stays')
  assert.equal(await stateAt(guardian, unsent.message), undefined)
})

/** Two guardians and a relative. */
async function threeOfUs(): Promise<Record<'mum' | 'dad' | 'grandma', Installation>> {
  const { mum, grandma } = await familyAt(server)
  const dad = await enlist(server)
  await letIn(startClient(mum), startClient(dad), 'Dan', 'guardian')
  return { mum, dad, grandma }
}

test('a guardian leaves, and the rest goes on with a secret that they do not know', async () => {
  const { mum, dad, grandma } = await threeOfUs()
  const [first, second, relative] = [mum, dad, grandma].map((one) => startClient(one))
  assert.ok(first && second && relative)
  const voice = await sendVoice(second, { ...newRecording(), to: 'child' })
  await leave(second)
  await leave(second)
  assert.equal(await myEnding(second), 'self')
  assert.equal(await stateAt(first, voice.message), 'waiting', 'sent before, and nobody vouches')
  const { household } = await readFamily(first)
  const newest = household.principals.get(household.principal)?.epochs.at(-1)
  assert.equal(newest?.by, (await readFamily(first)).device.id, 'made anew by who stays')
  const later = await sendVoice(relative, { ...newRecording(), to: 'child' })
  await step(relative)
  assert.equal(await stateAt(first, later.message), 'waiting')
  await approve(first, later.message)
  assert.equal(await stateAt(relative, later.message), 'waiting')
  assert.equal(await stateAt(first, later.message), 'approved')
  assert.equal(await stateAt(relative, later.message), 'approved')
})

type Case = {
  readonly op: string
  readonly given: () => Promise<Installation>
  readonly act: (client: Client) => Promise<unknown>
}

/** Kills the app between any two effects of an act, and calls again: the log did it once. */
async function onceWhenKilled({ op, given, act }: Case): Promise<void> {
  for (let kills = 0; ; kills += 1) {
    const installation = await given()
    const life = mortal(kills)
    const end = await life.lives(act(startClient(installation, life.between)))
    const again = startClient(installation)
    await act(again)
    await step(again)
    assert.equal(await times(again, op), 1, `${op} after ${kills} steps`)
    if (end === 'lived') return assert.ok(kills >= 4, `${kills} kills`)
  }
}

test('killed at any step and called again, each of it is done once', async () => {
  let person: Parameters<typeof removePerson>[1] | undefined
  await onceWhenKilled({
    op: 'remove',
    given: async () => {
      const { mum, grandmaId } = await familyAt(server)
      person = grandmaId
      return mum
    },
    act: (client) => removePerson(client, person ?? assert.fail()),
  })
  await onceWhenKilled({
    op: 'remove',
    given: async () => (await threeOfUs()).dad,
    act: leave,
  })
})

test('killed at any step and called again, a device is ended once', async () => {
  let lost: Parameters<typeof revokeDevice>[1] | undefined
  await onceWhenKilled({
    op: 'revdev',
    given: async () => {
      const { old, next } = await twoPhones()
      lost = (await readFamily(startClient(old))).device.id
      return next
    },
    act: (client) => revokeDevice(client, lost ?? assert.fail()),
  })
})

test('who founded a family alone cannot leave it, and stays', async () => {
  const client = startClient(await foundAt(server))
  await assert.rejects(leave(client), { code: 'log-refused', reason: 'last-guardian' })
  assert.equal(await myRole(client), 'guardian')
})
