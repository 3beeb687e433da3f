import { sha256 } from '@noble/hashes/sha2.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  addDevice,
  admit,
  append,
  copyOf,
  newDevice,
  NOW,
  standing,
  wholeFamily,
} from '../../../test/harness/family.ts'
import { consentFor, withdrawFor } from '../../../test/harness/illegal-children.ts'
import { approval } from '../../../test/harness/illegal-words.ts'
import {
  childOf,
  NOTHING_RECEIVED,
  newMessageId,
  sign,
  THE_CHILD,
  voice,
} from '../../../test/harness/letters.ts'
import type { Device } from '../../keys/device.ts'
import { proposeBox } from '../../keys/enrolling.ts'
import { proposeRevokeDevice } from '../../keys/links.ts'
import { newPrincipalId } from '../../keys/principal.ts'
import type { PrincipalId } from '../ids.ts'
import { headOf, type Head } from '../log/household.ts'
import { readInner } from './inner.ts'
import type { Body, Content, Original } from './kinds.ts'
import type { Outer } from './outer.ts'
import { mayAddress, verifyMessage, verifyOriginal } from './verify.ts'

const { family, mum, dad, grandma, toy, card } = await wholeFamily()
const { household } = family
const us = household.principal
const child = childOf(household)
const id32 = new Uint8Array(32)
const image = { type: 'image/png', image: id32 } as const
const keepsake: Content = {
  kind: 'keepsake',
  body: {
    from: 'Oma',
    child: false,
    to: '',
    at: NOW,
    codec: 'opus/ogg',
    durationMs: 9,
    sound: id32,
  },
}
const original = await sign(family, { by: grandma.device, to: [us, grandma.person] })
const { mid } = readInner(original.i)
const outer: Outer = {
  v: 1,
  hid: household.id,
  mid,
  by: grandma.device.id,
  to: [us, grandma.person].map((pid) => ({
    pid,
    epoch: household.principals.get(pid)?.epochs.length ?? 0,
  })),
  size: 4096,
  sha256: new Uint8Array(32),
  expiry: 'kept',
}

test('a message is accepted by whoever reads for one of its addressees, and by nobody else', () => {
  const received = NOTHING_RECEIVED
  for (const mine of [[us], [grandma.person], [toy.person, us]]) {
    assert.equal(verifyMessage(household, original, { outer, mine, received }).mid, mid)
  }
  for (const mine of [[], [toy.person], [mum.person]]) {
    assert.throws(() => verifyMessage(household, original, { outer, mine, received }), {
      reason: 'not-addressed',
    })
  }
})

test('the counter must grow, by however much', () => {
  const at = (n: number) => ({ ...NOTHING_RECEIVED, last: () => ({ n, hash: new Uint8Array(32) }) })
  const mine = [us]
  verifyMessage(household, original, { outer, mine, received: at(0) })
  assert.throws(() => verifyMessage(household, original, { outer, mine, received: at(1) }), {
    reason: 'counter-replayed',
  })
})

test('what follows the last message names it; what comes later need not', async () => {
  const said = (n: number, prev: Uint8Array): Promise<Original> =>
    sign(family, { by: grandma.device, to: [us, grandma.person] }, { inner: { mid, n, prev } })
  const hash = new Uint8Array(32).fill(9)
  const received = { ...NOTHING_RECEIVED, last: () => ({ n: 4, hash }) }
  const accepts = (one: Original): void =>
    void verifyMessage(household, one, { outer, mine: [us], received })
  accepts(await said(5, hash))
  accepts(await said(6, new Uint8Array(32)))
  const cloned = await said(5, new Uint8Array(32))
  assert.throws(() => accepts(cloned), { reason: 'chain-broken' })
  const again = await said(4, hash)
  assert.throws(() => accepts(again), { reason: 'counter-replayed' })
})

test('a voice by or for a child counts from the consent on, up to the link before its end', async () => {
  const mine = { family: copyOf(family), mum, dad, grandma, toy, card }
  const id = await consentFor(mine)
  const since = headOf(mine.family.household)
  await admit(mine.family, mum, 'relative')
  const last = headOf(mine.family.household)
  const said = (head: Head): Promise<Original> =>
    sign(
      mine.family,
      { by: mum.device, to: [us], content: voice({ author: id, for: [child, id] }) },
      { inner: { head } },
    )
  const [early, late] = await Promise.all([said(since), said(last)])
  await withdrawFor(mine, id)
  const after = await said(headOf(mine.family.household))
  for (const one of [early, late]) assert.ok(verifyOriginal(mine.family.household, one))
  assert.throws(() => verifyOriginal(mine.family.household, after), { reason: 'child-unknown' })
})

test('a drop-box may speak until its last moment', async () => {
  const mine = copyOf(family)
  const box = await newDevice()
  const opened = { id: newPrincipalId(), expires: NOW }
  append(mine, await proposeBox(standing(mine, mum.device), box, opened))
  const said = (ts: number): Promise<Original> =>
    sign(mine, { by: box, to: [us] }, { inner: { ts } })
  const [last, late] = await Promise.all([said(NOW), said(NOW + 1)])
  assert.equal(verifyOriginal(mine.household, last).kind, 'voice')
  assert.throws(() => verifyOriginal(mine.household, late), { reason: 'sender-expired' })
})

test('an original verifies alone, whoever reads it', () => {
  assert.equal(verifyOriginal(household, original).mid, mid)
})

test('who may address whom', () => {
  const known = (id: string) => household.devices.get(id as never)
  const rows = [
    [mum.device, [us, toy.person, grandma.person, mum.person], true],
    [grandma.device, [us], true],
    [grandma.device, [grandma.person], true],
    [grandma.device, [us, toy.person], false],
    [grandma.device, [mum.person], false],
    [toy.device, [us, toy.person], true],
    [toy.device, [grandma.person], false],
  ] as const
  for (const [device, to, allowed] of rows) {
    const sender = known(device.id)
    assert.ok(sender)
    assert.equal(mayAddress(household, sender, to), allowed, `${device.id} to ${to.length}`)
  }
})

test('what each role may say is accepted', async () => {
  const receipt = (event: Body<'receipt'>['event']) =>
    ({ kind: 'receipt', body: { of: newMessageId(), event } }) as const
  const said: readonly (readonly [Device, Content])[] = [
    [grandma.device, voice()],
    [grandma.device, receipt('played')],
    [grandma.device, { kind: 'erase', body: { of: newMessageId() } }],
    [toy.device, voice({ author: THE_CHILD, for: [us] })],
    [toy.device, receipt('played')],
    [toy.device, receipt('in-the-bear')],
    [mum.device, voice({ author: THE_CHILD, for: [grandma.person] })],
    [mum.device, receipt('approved')],
    [mum.device, receipt('rejected')],
    [mum.device, receipt('withdrawn')],
    [mum.device, receipt('in-the-bear')],
    [mum.device, { kind: 'portrait', body: { of: child, ...image } }],
    [mum.device, { kind: 'portrait', body: { of: grandma.person, ...image } }],
    [grandma.device, { kind: 'portrait', body: { of: grandma.person, ...image } }],
    [mum.device, keepsake],
    [mum.device, { kind: 'erase', body: { of: newMessageId() } }],
    [mum.device, { kind: 'profile', body: { children: [{ id: child, name: 'Kim' }], people: [] } }],
    [mum.device, { kind: 'purpose', body: { purpose: new Uint8Array(9) } }],
    [mum.device, { kind: 'consent', body: { purpose: id32, s: new Uint8Array(64) } }],
  ]
  for (const [by, content] of said) {
    const signed = await sign(family, { by, to: [us], content })
    assert.equal(verifyOriginal(household, signed).kind, content.kind)
  }
  const content = await approval({ family, mum, dad, grandma, toy, card })
  assert.ok(content.kind === 'forward')
  const passed = (why: Body<'forward'>['why']): Content => ({
    kind: 'forward',
    body: { ...content.body, why },
  })
  const hidden: Content = { kind: 'hide', body: { of: newMessageId() } }
  const noted: readonly (readonly [Device, readonly PrincipalId[], Content])[] = [
    [mum.device, [mum.person], hidden],
    [grandma.device, [grandma.person], hidden],
    [mum.device, [us], passed('keep')],
    [mum.device, [us, mum.person], passed('keep')],
    [mum.device, [mum.person], passed('keep')],
    [grandma.device, [grandma.person], passed('keep')],
    [grandma.device, [grandma.person], keepsake],
    [mum.device, [us, grandma.person], passed('share')],
    [mum.device, [us, toy.person], passed('approve')],
    [mum.device, [us, grandma.person], { kind: 'portrait', body: { of: child, ...image } }],
  ]
  for (const [by, to, said] of noted) {
    const signed = await sign(family, { by, to, content: said })
    assert.equal(verifyOriginal(household, signed).kind, said.kind)
  }
  await assert.rejects(
    async () => verifyOriginal(household, await sign(family, { by: card, to: [us] })),
    { reason: 'sender-unknown' },
  )
})

test('a revoked device counts up to its last counter, before the link that ended it', async () => {
  const mine = copyOf(family)
  const phone = await addDevice(mine, grandma.device)
  const said = (n: number) => sign(mine, { by: phone, to: [us] }, { inner: { n } })
  const [fourth, fifth, sixth] = await Promise.all([said(4), said(5), said(6)])
  const last = { n: 5, hash: sha256(fifth.i) }
  append(mine, await proposeRevokeDevice(standing(mine, grandma.device), phone.id, last))
  assert.equal(verifyOriginal(mine.household, fourth).n, 4)
  assert.equal(verifyOriginal(mine.household, fifth).n, 5)
  assert.throws(() => verifyOriginal(mine.household, sixth), { reason: 'sender-revoked' })
})

test('nor does a later message count whose hash was named with an earlier counter', async () => {
  const mine = copyOf(family)
  const phone = await addDevice(mine, grandma.device)
  const sixth = await sign(mine, { by: phone, to: [us] }, { inner: { n: 6 } })
  const last = { n: 5, hash: sha256(sixth.i) }
  append(mine, await proposeRevokeDevice(standing(mine, grandma.device), phone.id, last))
  assert.throws(() => verifyOriginal(mine.household, sixth), { reason: 'sender-revoked' })
})

test('a voice may be as large as an approval can embed, and not a byte larger', async () => {
  const overhead = (await sign(family, { by: grandma.device, to: [us], content: large(0) })).i
    .length
  const most = 252 * 1024 - overhead
  const [fits, over] = await Promise.all(
    [most, most + 1].map((more) =>
      sign(family, { by: grandma.device, to: [us], content: large(more) }),
    ),
  )
  assert.ok(fits && over)
  assert.equal(fits.i.length, 252 * 1024)
  assert.equal(verifyOriginal(household, fits).kind, 'voice')
  assert.throws(() => verifyOriginal(household, over), { reason: 'too-large' })
})

/** A voice of 100,000 bytes and more: CBOR writes all such lengths in as many bytes. */
function large(more: number): Content {
  return voice({ sound: new Uint8Array(100_000 + more) })
}
