import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { append } from '../../src/client/append.ts'
import { readLink } from '../../src/protocol/log/link.ts'
import { invite } from '../../src/client/invitations.ts'
import { join, joining } from '../../src/client/joining.ts'
import { step } from '../../src/client/live.ts'
import { approve } from '../../src/client/judging.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { pullLog } from '../../src/client/pull-log.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { admit, guardianDigits, waitingRequests } from '../../src/client/requests.ts'
import { whereAmI } from '../../src/client/session.ts'
import { approvalFor } from '../../src/client/toy.ts'
import { isVerified } from '../../src/keys/approval.ts'
import { proposeRotate } from '../../src/keys/links.ts'
import { concatBytes, fromBase64url, toBase64url } from '../../src/protocol/bytes.ts'
import { toCbor } from '../../src/protocol/cbor.ts'
import { CIPHERTEXT_BYTES, readOuter } from '../../src/protocol/message/outer.ts'
import { newDevice } from '../harness/family.ts'
import { forgeLink } from '../harness/forgery.ts'
import { newMessageId, sign } from '../harness/letters.ts'
import { enlist, familyAt, newRecording, startClient } from '../harness/member.ts'
import {
  empties,
  injects,
  keeps,
  keepsJoinerTalking,
  pretendsAdmission,
  claimsConflicts,
  relabels,
  losesAll,
  replays,
  rewrites,
  rollsBack,
  swapsWraps,
  type Log,
  type Requests,
  type Wraps,
} from './lies.ts'
import { startEvilServer, type EvilServer } from './proxy.ts'
import { rollBacksOf, dadAt, endsIn, enrolToy, forged, homeAt, logOf, refusedBy } from './story.ts'

// A server that lies in one way at a time, and what an honest client says to each of them. It has
// everything a server has (log, envelopes, files, wraps) and no secret of the family.

let server: EvilServer
before(async () => void (server = await startEvilServer()))
after(() => server.close())
afterEach(() => server.behave())

test('control: without a lie everything works', async () => {
  const home = await homeAt(server)
  const { mum, grandma } = home
  const dad = await dadAt(server, home)
  const recording = newRecording()
  const { message } = await sendVoice(grandma, { ...recording, to: 'child' })
  await step(grandma)
  await step(mum)
  await approve(mum, message)
  await step(mum)
  for (const client of [mum, dad, grandma]) {
    await step(client)
    const [known] = await messages(client)
    assert.deepEqual([known?.message, known?.state], [message, 'approved'])
    assert.deepEqual((await sound(client, message)).sound, recording.sound)
    assert.deepEqual(await refusedBy(client), [])
  }
  assert.ok(isVerified(await approvalFor(dad, message)))
})

test('1. an injected message: sender-unknown', async () => {
  const { mum } = await homeAt(server)
  const household = await logOf(mum)
  const to = [household.principal]
  const said = await forged(household, { by: await newDevice(), to })
  server.lie(injects(household.principal, said))
  await step(mum)
  assert.deepEqual(await refusedBy(mum), ['sender-unknown'])
  assert.deepEqual(await messages(mum), [])
})

test("1b. an injected message in a guardian's name: signature-invalid", async () => {
  const { mum, grandma } = await homeAt(server)
  const { household, device } = await pullLog(mum)
  const { person } = await pullLog(grandma)
  const said = await forged(household, { by: device, to: [person] }, { signer: await newDevice() })
  server.lie(injects(person, said))
  await step(grandma)
  assert.deepEqual(await refusedBy(grandma), ['signature-invalid'])
})

test('2. a swapped recipient: addressees-differ', async () => {
  const { mum, grandma } = await homeAt(server)
  const { household, person } = await pullLog(mum)
  await sendVoice(grandma, { ...newRecording(), to: 'child' })
  await step(grandma)
  const swapped = relabels(household.principal, (outer) => {
    const honest = readOuter(fromBase64url(outer))
    const to = [...honest.to.slice(0, 1), { pid: person, epoch: 1 }]
    return toBase64url(toCbor({ ...honest, to }))
  })
  server.lie(swapped)
  await step(mum)
  assert.deepEqual(await refusedBy(mum), ['addressees-differ'])
})

test('2b. a message for the guardians, sealed anew to a relative: addressees-differ', async () => {
  const { mum, grandma } = await homeAt(server)
  const { household, device } = await pullLog(mum)
  const { person } = await pullLog(grandma)
  const mid = newMessageId()
  const family = { household, links: [], wraps: new Map<string, Uint8Array>() }
  const secret = await sign(family, { by: device, to: [household.principal] }, { inner: { mid } })
  const lies = { original: () => secret, inner: { mid } }
  const said = await forged(household, { by: device, to: [person] }, lies)
  server.lie(injects(person, said))
  await step(grandma)
  assert.deepEqual(await refusedBy(grandma), ['addressees-differ'])
})

test('3. a replay: message-replayed', async () => {
  const { mum, grandma } = await homeAt(server)
  const { principal } = await logOf(mum)
  await sendVoice(grandma, { ...newRecording(), to: 'child' })
  await step(grandma)
  let outer = ''
  server.lie(
    keeps('readMailbox', (said) => {
      const { entries } = said as { entries: { outer: string }[] }
      outer = entries.at(-1)?.outer ?? outer
    }),
  )
  await step(mum)
  server.lie(replays(principal, outer))
  await step(mum)
  assert.deepEqual(await refusedBy(mum), ['message-replayed'])
  assert.equal((await messages(mum)).length, 1)
})

test('4. a planted member: signer-unknown', async () => {
  const { mum } = await homeAt(server)
  const household = await logOf(mum)
  const family = { household, links: [], wraps: new Map<string, Uint8Array>() }
  const ghost = await newDevice()
  const a = { request: new Uint8Array(9), grants: [] }
  const link = await forgeLink(family, ghost, { op: 'add', a })
  server.lie(rewrites(household.hashes.length, [link]))
  await endsIn(step(mum), 'log-refused', 'signer-unknown')
  server.behave()
  await step(mum)
})

test("4b. a member planted in a guardian's name: signature-invalid", async () => {
  const { mum } = await homeAt(server)
  const { household, device } = await pullLog(mum)
  const family = { household, links: [], wraps: new Map<string, Uint8Array>() }
  const a = { request: new Uint8Array(9), grants: [] }
  const link = await forgeLink(family, await newDevice(), { op: 'add', a, by: device.id })
  server.lie(rewrites(household.hashes.length, [link]))
  await endsIn(step(mum), 'log-refused', 'signature-invalid')
})

test('5. a fork, by two links for one place that an honest device signed: fork', async () => {
  const home = await homeAt(server)
  const { mum } = home
  const dad = await dadAt(server, home)
  const { household, device } = await pullLog(mum)
  const { hashes, principal } = household
  // Such a twin exists only if a device signs twice: ours does not, see below.
  const twin = await proposeRotate({ household, device, now: Date.now() }, principal)
  await invite(mum, { role: 'relative', name: 'Aunt' })
  // Dad is shown the one that nobody else has. It is well signed: he cannot know yet.
  server.lie(rewrites(hashes.length, [twin.link]))
  await step(dad)
  await sendVoice(mum, { ...newRecording(), to: 'household' })
  await step(mum)
  await step(dad)
  assert.deepEqual(await refusedBy(dad), ['fork'])
  // Nor can the two logs ever be joined again.
  server.behave()
  await invite(mum, { role: 'relative', name: 'Uncle' })
  await endsIn(step(dad), 'tampered', 'fork')
})

test('5. a conflict that is none, to collect two links for one place: false-conflict', async () => {
  const { mum } = await homeAt(server)
  const links: string[] = []
  server.lie(claimsConflicts((link) => links.push(link)))
  const again = (): Promise<unknown> => invite(mum, { role: 'relative', name: 'Aunt' })
  await endsIn(again(), 'tampered', 'false-conflict')
  await endsIn(again(), 'tampered', 'false-conflict')
  assert.equal(links.length, 2)
  assert.equal(links[0], links[1])
  const place = (await logOf(mum)).hashes.length
  server.behave()
  await again()
  // What was signed first took the place; the second invitation came after it.
  const { hashes } = await logOf(mum)
  assert.equal(hashes.length, place + 2)
  assert.deepEqual(hashes[place], readLink(fromBase64url(links[0] ?? '')).hash)
})

test('6. a roll-back of the log, and of a mailbox: roll-back', async () => {
  const { mum, grandma } = await homeAt(server)
  const household = await logOf(mum)
  server.lie(rollsBack(household.hashes.length - 1))
  await endsIn(step(mum), 'tampered', 'roll-back')
  server.behave()
  assert.deepEqual(await rollBacksOf(mum), [
    ['log', household.hashes.length, household.hashes.length - 1],
  ])
  await step(mum)
  const { person } = await pullLog(grandma)
  await sendVoice(grandma, { ...newRecording(), to: 'child' })
  await step(grandma)
  await step(grandma)
  const before = await messages(grandma)
  server.lie(empties(person))
  await step(grandma)
  const [[of, known, shown] = []] = await rollBacksOf(grandma)
  assert.ok(of === person && Number(known) > 0 && shown === 0)
  assert.deepEqual(await messages(grandma), before)
  server.behave()
  await step(grandma)
  assert.deepEqual(await messages(grandma), before)
  assert.deepEqual(await refusedBy(grandma), [])
})

test('6b. a roll-back to another log: fork', async () => {
  const home = await homeAt(server)
  const { mum } = home
  const { hashes } = await logOf(mum)
  const dad = await dadAt(server, home)
  const { household, device } = await pullLog(dad)
  const twin = await proposeRotate({ household, device, now: Date.now() }, household.principal)
  server.lie(rewrites(hashes.length, [twin.link]))
  await endsIn(step(mum), 'tampered', 'fork')
  assert.deepEqual(await rollBacksOf(mum), [])
})

test('6c. roll-backs all the time: no more work than a few times a day', async () => {
  const family = await familyAt(server)
  let now = Date.now()
  let calls = 0
  const counted = startClient(family.mum, {
    now: () => now,
    fetch: (fetch) => (input, init) => {
      if (/resubmission|mailboxes|missing|\/messages\//.test(input)) calls += 1
      return fetch(input, init)
    },
  })
  await step(counted)
  const { household, person } = await pullLog(counted)
  const lies = [rollsBack(1), empties(household.principal), empties(person), losesAll()]
  for (const lie of lies) {
    calls = 0
    for (let minute = 0; minute < 60; minute += 1) {
      now += 1000
      server.lie(minute % 2 === 0 ? lie : (_, forward) => forward())
      await step(counted).catch(() => undefined)
    }
    // Sixty steps read two mailboxes each, and eight times everything once more.
    assert.ok(calls < 60 * 2 + 8 * 20, `${calls} calls`)
  }
  const noticed = await rollBacksOf(counted)
  assert.ok(noticed.length >= 8 && noticed.length <= 32, `${noticed.length} alarms`)
})

test('7. a swapped wrap: wrap-unlogged', async () => {
  const home = await homeAt(server)
  const { mum } = home
  const dad = await dadAt(server, home)
  const { principal } = await logOf(mum)
  let hers: Wraps = { wraps: [] }
  server.lie(keeps('readWraps', (said) => (hers = said as Wraps)))
  await append(mum, (standing) => proposeRotate(standing, principal))
  server.lie(swapsWraps(hers))
  await endsIn(step(dad), 'tampered', 'wrap-unlogged')
  server.behave()
  await step(dad)
})

test('8. a stolen invitation without approval: not-admitted', async () => {
  const { mum } = await homeAt(server)
  const { link } = await invite(mum, { role: 'relative', name: 'Aunt' })
  const thief = startClient(await enlist(server))
  let log: Log = { links: [], length: 0 }
  server.lie(keeps('readLog', (said) => (log = said as Log)))
  await join(thief, { link, name: 'Aunt' })
  server.lie(pretendsAdmission(log))
  await endsIn(joining(thief), 'tampered', 'not-admitted')
  assert.notEqual(await whereAmI(thief), 'relative')
  // The lie leaves nothing behind: told the truth, the app waits for a guardian like any other.
  server.behave()
  await waitingRequests(mum)
  assert.equal((await joining(thief))?.state, 'digits')
})

test("8b. a stolen invitation in the place of the joiner's: digits-differ", async () => {
  const { mum } = await homeAt(server)
  const { link } = await invite(mum, { role: 'relative', name: 'Aunt' })
  const [aunt, thief] = [startClient(await enlist(server)), startClient(await enlist(server))]
  const { request } = await join(thief, { link, name: 'Aunt' })
  await waitingRequests(mum)
  const his = (await joining(thief))?.digits
  let shown: Requests = { requests: [] }
  server.lie(keeps('listRequests', (said) => (shown = said as Requests)))
  await waitingRequests(mum)
  // The server keeps her request to itself and shows her the nonce that mum made for his.
  server.lie(keepsJoinerTalking(shown.requests[0]?.nonce ?? ''))
  await join(aunt, { link, name: 'Aunt' })
  const hers = (await joining(aunt))?.digits ?? ''
  assert.match(hers, /^\d{6}$/)
  assert.equal(await guardianDigits(mum, request), his)
  await assert.rejects(admit(mum, request, hers), { code: 'digits-differ' })
})

test('9. a relative who writes to the toy: role-forbidden', async () => {
  const { mum, grandma } = await homeAt(server)
  const toy = await enrolToy(mum)
  const { household, device } = await pullLog(grandma)
  const to = [household.principal, toy.person]
  const said = await forged(household, { by: device, to })
  server.lie(injects(household.principal, said))
  await step(mum)
  assert.deepEqual(await refusedBy(mum), ['role-forbidden'])
  await assert.rejects(approvalFor(mum, readOuter(said.envelope).mid), { code: 'not-found' })
})

test('10. an oversized message: too-large', async () => {
  const { mum, grandma } = await homeAt(server)
  const { household, device } = await pullLog(grandma)
  const letter = { by: device, to: [household.principal] }
  const said = await forged(household, letter, {
    ciphertext: (file) => concatBytes(file, new Uint8Array(CIPHERTEXT_BYTES + 1 - file.length)),
  })
  server.lie(injects(household.principal, said))
  await step(mum)
  assert.deepEqual(await refusedBy(mum), ['too-large'])
})
