import assert from 'node:assert/strict'
import { test } from 'node:test'
import { open as openMessage } from '../../src/keys/message.ts'
import { proposeRemove, proposeRevokeDevice } from '../../src/keys/links.ts'
import { randomBytes } from '../../src/keys/device.ts'
import {
  MAILBOX_PAGE,
  readMailbox,
  readMessage,
  sendMessage,
} from '../../src/protocol/api/messages.ts'
import { fromBase64url } from '../../src/protocol/bytes.ts'
import type { MessageId, PrincipalId } from '../../src/protocol/ids.ts'
import {
  FRAME_BYTES,
  readFrame,
  readOuter,
  writeFrame,
  writeOuter,
} from '../../src/protocol/message/outer.ts'
import { counted, addDevice, append, keyringOf, standing, type Family } from '../harness/family.ts'
import { addressed } from '../harness/letters.ts'
import { appendTo, newMessageId, refuses, sealVoice, send } from '../harness/key-plane.ts'
import { stage } from '../harness/stage.ts'
import type { Device } from '../../src/keys/device.ts'

const on = stage()

async function entriesOf(
  family: Family,
  principal: PrincipalId,
  device: Device,
): Promise<{ seq: number; mid: MessageId }[]> {
  const entries: { seq: number; mid: MessageId }[] = []
  for (;;) {
    const params = { household: family.household.id, principal }
    const input = { params, query: { after: entries.length } }
    const page = await on.visitor.api.call(readMailbox, input, device)
    entries.push(
      ...page.entries.map(({ seq, outer }) => ({ seq, mid: readOuter(fromBase64url(outer)).mid })),
    )
    if (entries.length >= page.latest) return entries
    assert.ok(page.entries.length > 0)
  }
}

function fetchMessage(
  family: Family,
  message: MessageId,
  device: Device,
): Promise<Uint8Array<ArrayBuffer>> {
  const params = { household: family.household.id, message }
  return on.visitor.api.call(readMessage, { params }, device)
}

test('what is sent is in every mailbox it is addressed to, and opens there', async () => {
  const { family, mum, dad, grandma } = await on.uploaded()
  const { household } = family
  const voice = await sealVoice(family, grandma, [household.principal, grandma.person], {
    bytes: 45_000,
  })
  await send(on.visitor, family, grandma.device, voice)
  for (const [device, principal] of [
    [mum.device, household.principal],
    [dad.device, household.principal],
    [grandma.device, grandma.person],
  ] as const) {
    assert.deepEqual(await entriesOf(family, principal, device), [{ seq: 1, mid: voice.mid }])
    const { envelope, ciphertext } = readFrame(voice.frame)
    const stored = await fetchMessage(family, voice.mid, device)
    assert.deepEqual(stored, Uint8Array.from(ciphertext))
    if (device === grandma.device) continue
    const received = { last: () => undefined, has: () => false }
    const keyring = await keyringOf(family, device)
    const { inner } = await openMessage(household, keyring, { envelope, ciphertext }, received)
    assert.equal(inner.mid, voice.mid)
  }
})

test('the same bytes again change nothing; other bytes under the same id conflict', async () => {
  const { family, mum } = await on.uploaded()
  const to = [family.household.principal]
  const voice = await sealVoice(family, mum, to)
  await Promise.all([1, 2, 3, 4, 5].map(() => send(on.visitor, family, mum.device, voice)))
  await send(on.visitor, family, mum.device, voice)
  assert.equal((await entriesOf(family, family.household.principal, mum.device)).length, 1)
  const other = await sealVoice(family, mum, to, { mid: voice.mid })
  await refuses(send(on.visitor, family, mum.device, other), 'message-conflict')
  const { ciphertext, outer } = readFrame(voice.frame)
  const { hid, mid, by, size, expiry } = outer
  const fields = {
    hid,
    mid,
    by,
    size,
    expiry,
    to: addressed(family, [family.household.principal, mum.person]),
  }
  const frame = writeFrame(writeOuter(fields, ciphertext), ciphertext)
  await refuses(send(on.visitor, family, mum.device, { mid, frame }), 'message-conflict')
  assert.equal((await entriesOf(family, family.household.principal, mum.device)).length, 1)
})

test('an id that another household uses does not matter', async () => {
  const [one, two] = [await on.uploaded(), await on.uploaded()]
  const mid = newMessageId()
  for (const { family, mum } of [one, two]) {
    await send(
      on.visitor,
      family,
      mum.device,
      await sealVoice(family, mum, [family.household.principal], { mid }),
    )
    assert.equal((await entriesOf(family, family.household.principal, mum.device)).length, 1)
  }
  const theirs = await fetchMessage(two.family, mid, two.mum.device)
  assert.notDeepEqual(await fetchMessage(one.family, mid, one.mum.device), theirs)
})

test('twenty at once: no gap, no double, and a reader never skips', async () => {
  const { family, mum, dad, grandma } = await on.uploaded()
  const { principal } = family.household
  const senders = [mum, dad, grandma]
  const voices = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const by = senders[index % 3] ?? mum
      const to = [[principal, by.person], [by.person, principal], [principal]][index % 3] ?? []
      return { by, voice: await sealVoice(family, by, to, { bytes: 6000 }) }
    }),
  )
  const seen: number[] = []
  const reading = (async () => {
    while (seen.length < 20) {
      const params = { household: family.household.id, principal }
      const input = { params, query: { after: seen.length } }
      const { entries } = await on.visitor.api.call(readMailbox, input, mum.device)
      seen.push(...entries.map(({ seq }) => seq))
    }
  })()
  await Promise.all(voices.map(({ by, voice }) => send(on.visitor, family, by.device, voice)))
  await reading
  assert.deepEqual(
    seen,
    Array.from({ length: 20 }, (_, index) => index + 1),
  )
  const entries = await entriesOf(family, principal, dad.device)
  assert.deepEqual(new Set(entries.map(({ mid }) => mid)), new Set(voices.map((v) => v.voice.mid)))
})

test('a mailbox is read page by page', async () => {
  const { family, mum } = await on.uploaded()
  const { principal } = family.household
  const voices = []
  for (let count = 0; count < MAILBOX_PAGE + 3; count += 1) {
    const voice = await sealVoice(family, mum, [principal])
    await send(on.visitor, family, mum.device, voice)
    voices.push(voice.mid)
  }
  const entries = await entriesOf(family, principal, mum.device)
  assert.deepEqual(
    entries.map(({ mid }) => mid),
    voices,
  )
  const params = { household: family.household.id, principal }
  const input = { params, query: { after: 1e12 } }
  const { entries: none, latest } = await on.visitor.api.call(readMailbox, input, mum.device)
  assert.deepEqual([none, latest], [[], MAILBOX_PAGE + 3])
})

test('envelopes that do not fit the request, the sender or the family are refused', async () => {
  const { family, mum, grandma, toy, card } = await on.uploaded()
  const other = await on.uploaded()
  const { principal, id } = family.household
  const good = await sealVoice(family, mum, [principal])
  const { outer, ciphertext } = readFrame(good.frame)
  const changed = (fields: object): { mid: MessageId; frame: Uint8Array<ArrayBuffer> } => {
    const { hid, mid, by, to, size, expiry } = outer
    const envelope = writeOuter({ hid, mid, by, to, size, expiry, ...fields }, ciphertext)
    return { mid: good.mid, frame: writeFrame(envelope, ciphertext) }
  }
  const refused: [object, string][] = [
    [{ hid: other.family.household.id }, 'household-differs'],
    [{ mid: newMessageId() }, 'id-differs'],
    [{ by: grandma.device.id }, 'sender-differs'],
    [{ to: [{ pid: other.mum.person, epoch: 1 }] }, 'addressee-unknown'],
    [{ to: [{ pid: principal, epoch: 9 }] }, 'addressee-unknown'],
    [{ size: 131_072 }, 'outer-mismatch'],
  ]
  for (const [fields, reason] of refused) {
    const sending = send(on.visitor, family, mum.device, changed(fields))
    await refuses(sending, 'message-refused', reason)
  }
  const toTheToy = await sealVoice(family, grandma, [toy.person])
  const sending = send(on.visitor, family, grandma.device, toTheToy)
  await refuses(sending, 'message-refused', 'role-forbidden')
  const byCard = changed({ by: card.id })
  await refuses(send(on.visitor, family, card, byCard), 'device-refused', 'card')

  const params = { household: id, message: good.mid }
  const tooLarge = { params, body: new Uint8Array(FRAME_BYTES + 1) }
  await refuses(on.visitor.api.call(sendMessage, tooLarge, mum.device), 'too-large')
  const nothing = { params, body: randomBytes(3) }
  await refuses(on.visitor.api.call(sendMessage, nothing, mum.device), 'message-refused')
  assert.deepEqual(await entriesOf(family, principal, mum.device), [])
})

test('foreign and absent messages and mailboxes are the same answer, byte for byte', async () => {
  const { family, mum, grandma } = await on.uploaded()
  const other = await on.uploaded()
  const { principal, id: household } = family.household
  const voice = await sealVoice(family, mum, [principal])
  await send(on.visitor, family, mum.device, voice)
  const theirs = await sealVoice(other.family, other.mum, [other.family.household.principal])
  await send(on.visitor, other.family, other.mum.device, theirs)
  const signer = grandma.device
  const answers = await Promise.all([
    ...[voice.mid, theirs.mid, newMessageId()].map((message) =>
      on.visitor.answer({ route: readMessage, params: { household, message }, signer }),
    ),
    ...[principal, mum.person, other.mum.person].map((mailbox) =>
      on.visitor.answer({ route: readMailbox, params: { household, principal: mailbox }, signer }),
    ),
  ])
  for (const answer of answers) assert.deepEqual(answer, answers[0])
  assert.equal(answers[0]?.status, 404)
})

test('who left receives nothing and reads nothing; what was stored stays accepted', async () => {
  const { family, mum, grandma } = await on.uploaded()
  const { principal } = family.household
  const voice = await sealVoice(family, mum, [principal, grandma.person])
  await send(on.visitor, family, mum.device, voice)
  await fetchMessage(family, voice.mid, grandma.device)
  const counters = new Map([[grandma.device.id, counted(0)]])
  const late = await sealVoice(family, mum, [grandma.person])
  append(family, await proposeRemove(standing(family, mum.device), grandma.person, counters))
  await appendTo(on.visitor, family, mum.device)
  await send(on.visitor, family, mum.device, voice)
  await refuses(send(on.visitor, family, mum.device, late), 'message-refused', 'addressee-unknown')
  await refuses(fetchMessage(family, voice.mid, grandma.device), 'not-found')
  const own = await sealVoice(family, mum, [principal])
  await refuses(send(on.visitor, family, grandma.device, own), 'not-found')
})

test('a message and a revocation cross: it is stored before, or not at all', async () => {
  const { family, mum } = await on.uploaded()
  const { principal } = family.household
  const tablet = await addDevice(family, mum.device)
  await appendTo(on.visitor, family, mum.device)
  const by = { device: tablet, person: mum.person }
  const voices = await Promise.all(
    Array.from({ length: 12 }, () => sealVoice(family, by, [principal])),
  )
  append(family, await proposeRevokeDevice(standing(family, mum.device), tablet.id, counted(99)))
  const revoking = appendTo(on.visitor, family, mum.device)
  const sent = await Promise.allSettled(
    voices.map((voice) => send(on.visitor, family, tablet, voice)),
  )
  await revoking
  const stored = new Set((await entriesOf(family, principal, mum.device)).map(({ mid }) => mid))
  for (const [index, { status }] of sent.entries()) {
    const mid = voices[index]?.mid
    assert.equal(mid !== undefined && stored.has(mid), status === 'fulfilled')
  }
  const voice = await sealVoice(family, mum, [principal])
  await send(on.visitor, family, mum.device, voice)
  const seqs = (await entriesOf(family, principal, mum.device)).map(({ seq }) => seq)
  assert.deepEqual(
    seqs,
    seqs.map((_, index) => index + 1),
  )
})
