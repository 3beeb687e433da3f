import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sha256 } from '@noble/hashes/sha2.js'
import * as fc from 'fast-check'
import {
  addDevice,
  admit,
  append,
  copyOf,
  keyringOf,
  NOW,
  standing,
  wholeFamily,
} from '../../test/harness/family.ts'
import {
  about,
  addressed,
  newMessageId,
  NOTHING_RECEIVED,
  voice,
} from '../../test/harness/letters.ts'
import { toCbor } from '../protocol/cbor.ts'
import type { PrincipalId } from '../protocol/ids.ts'
import type { Content } from '../protocol/message/kinds.ts'
import { BUCKETS, readFrame, readOuter } from '../protocol/message/outer.ts'
import type { Device } from './device.ts'
import type { Keyring } from './keyring.ts'
import { proposeRemove, proposeRotate } from './links.ts'
import { open, reopen, seal, type Draft, type Sealed } from './message.ts'
import { newPrincipalId } from './principal.ts'

const whole = await wholeFamily()
const { family, mum, dad, grandma, toy } = whole
const { household } = family
const us = household.principal

function draft(to: readonly PrincipalId[], content: Content = voice(), n = 1): Draft {
  const said = about(household, content)
  return { mid: newMessageId(), to, content: said, at: NOW, n, prev: new Uint8Array(32) }
}

function arrive({ frame }: Sealed) {
  const { envelope, ciphertext } = readFrame(frame)
  return { envelope, ciphertext }
}

const keyrings = new Map<Device, Keyring>()
for (const { device } of [mum, dad, grandma, toy]) {
  keyrings.set(device, await keyringOf(family, device))
}

function openAs(device: Device, sealed: Sealed, to?: readonly PrincipalId[]) {
  const { envelope, ciphertext } = arrive(sealed)
  const { outer } = readFrame(sealed.frame)
  const claimed = to ? toCbor({ ...outer, to: addressed(family, to) }) : envelope
  const arrived = { envelope: claimed, ciphertext }
  return open(household, keyrings.get(device) ?? new Map(), arrived, NOTHING_RECEIVED)
}

test('opening is the inverse of sealing: any body, any addressees, every bucket', async () => {
  const people = fc.uniqueArray(
    fc.constantFrom(us, mum.person, dad.person, grandma.person, toy.person),
    { minLength: 1 },
  )
  const size = fc.constantFrom(...BUCKETS.slice(0, -1)).chain((max) => fc.integer({ min: 1, max }))
  await fc.assert(
    fc.asyncProperty(people, size, fc.nat(255), async (more, length, fill) => {
      const to = [...new Set([us, ...more])]
      const said = draft(to, voice({ sound: new Uint8Array(length).fill(fill) }))
      const sealed = await seal(household, mum.device, said)
      const { inner, original } = await openAs(dad.device, sealed)
      assert.deepEqual(inner.body, said.content.body)
      assert.deepEqual([inner.mid, inner.by, inner.n], [said.mid, mum.device.id, 1])
      assert.deepEqual(
        inner.to.map(({ pid }) => pid),
        to,
      )
      assert.deepEqual(reopen(original), inner)
      assert.deepEqual(sealed.hash, sha256(original.i))
      const { outer, ciphertext } = readFrame(sealed.frame)
      assert.ok(BUCKETS.includes(outer.size))
      // What the server sees of the length follows from the bucket and the recipients alone.
      const chunks = Math.ceil(outer.size / 65_536)
      const header = 22 + to.length * (18 + 1494 + 1 + 44) + 4 + 43 + 1
      assert.equal(ciphertext.length, header + 16 + outer.size + 16 * chunks)
    }),
    { numRuns: 12 },
  )
})

describe('who can open what', async () => {
  const holders: Readonly<Record<string, readonly PrincipalId[]>> = {
    [mum.device.id]: [us, mum.person],
    [dad.device.id]: [us, dad.person],
    [grandma.device.id]: [grandma.person],
    [toy.device.id]: [toy.person],
  }
  const letters = [
    { by: mum, to: [us] },
    { by: mum, to: [us, toy.person] },
    { by: mum, to: [toy.person] },
    { by: dad, to: [grandma.person] },
    { by: dad, to: [mum.person] },
    { by: grandma, to: [us, grandma.person] },
    { by: grandma, to: [us] },
    { by: toy, to: [us] },
  ]
  for (const [index, { by, to }] of letters.entries()) {
    const sealed = await seal(household, by.device, draft(to))
    for (const { device } of [mum, dad, grandma, toy]) {
      const held = holders[device.id] ?? []
      const may = to.some((pid) => held.includes(pid))
      test(`letter ${index} on ${device.id}: ${may ? 'opens' : 'stays closed'}`, async () => {
        if (may) {
          assert.equal((await openAs(device, sealed)).inner.by, by.device.id)
          return
        }
        await assert.rejects(openAs(device, sealed), { reason: 'not-addressed' })
        // Nor does an envelope help that a server wrote for this very device.
        const claimed = [...held, ...to].slice(0, to.length)
        await assert.rejects(openAs(device, sealed, claimed), { reason: 'undecryptable' })
      })
    }
  }
})

test("an aunt's stolen phone, removed or not, opens nothing that was not hers", async () => {
  const mine = copyOf(family)
  const aunt = await admit(mine, mum, 'relative')
  const keys = await keyringOf(mine, aunt.device)
  const hers = arrive(await seal(mine.household, mum.device, draft([aunt.person])))
  append(mine, await proposeRemove(standing(mine, mum.device), aunt.person, new Map()))
  const later = arrive(await seal(mine.household, mum.device, draft([us, toy.person])))
  await open(mine.household, keys, hers, NOTHING_RECEIVED)
  await assert.rejects(open(mine.household, keys, later, NOTHING_RECEIVED), {
    reason: 'not-addressed',
  })
  await assert.rejects(seal(mine.household, mum.device, draft([aunt.person])), {
    code: 'message-refused',
    reason: 'addressee-unknown',
  })
})

test('a message of before a rotation opens after it; one of after it not with the old secret', async () => {
  const mine = copyOf(family)
  const old = await keyringOf(mine, dad.device)
  const before = arrive(await seal(mine.household, mum.device, draft([us])))
  append(mine, await proposeRotate(standing(mine, mum.device), us))
  const after = arrive(await seal(mine.household, mum.device, draft([us])))
  const now = await keyringOf(mine, dad.device)
  await open(mine.household, now, before, NOTHING_RECEIVED)
  await open(mine.household, now, after, NOTHING_RECEIVED)
  await assert.rejects(open(mine.household, old, after, NOTHING_RECEIVED), {
    reason: 'not-addressed',
  })
  const envelope = toCbor({ ...readOuter(after.envelope), to: [{ pid: us, epoch: 1 }] })
  await assert.rejects(open(mine.household, old, { ...after, envelope }, NOTHING_RECEIVED), {
    reason: 'undecryptable',
  })
})

test("a new device of mum's reads what was said before it came", async () => {
  const mine = copyOf(family)
  const before = arrive(await seal(mine.household, dad.device, draft([us, mum.person])))
  const tablet = await addDevice(mine, mum.device)
  await open(mine.household, await keyringOf(mine, tablet), before, NOTHING_RECEIVED)
})

test('an approval embeds a voice, and both signatures verify', async () => {
  const said = draft([us, grandma.person])
  const { original } = await seal(household, grandma.device, said)
  const content: Content = { kind: 'forward', body: { of: said.mid, why: 'approve', original } }
  const forward = await seal(household, dad.device, draft([us, toy.person], content))
  for (const device of [mum.device, toy.device]) {
    const { inner } = await openAs(device, forward)
    assert.ok(inner.kind === 'forward')
    assert.deepEqual(reopen(inner.body.original).body, said.content.body)
  }
})

test('the largest voice that can be said can be approved, for as many as can be addressed', async () => {
  const sound = new Uint8Array(251 * 1024)
  const said = draft([us], voice({ sound }))
  const { original } = await seal(household, grandma.device, said)
  const content: Content = { kind: 'forward', body: { of: said.mid, why: 'approve', original } }
  const to = [us, toy.person, grandma.person, mum.person, dad.person]
  await openAs(mum.device, await seal(household, mum.device, draft(to, content)))
})

test('a large recording goes to twenty people at once, and not to one more', async () => {
  const mine = copyOf(family)
  const people = [us, mum.person, dad.person, grandma.person, toy.person]
  while (people.length < 21) people.push((await admit(mine, mum, 'relative')).person)
  const large = voice({ sound: new Uint8Array(200 * 1024) })
  const to = (count: number) =>
    seal(mine.household, mum.device, draft(people.slice(0, count), large))
  assert.ok(readFrame((await to(20)).frame))
  await assert.rejects(to(21), { code: 'message-refused', reason: 'too-large' })
})

test('nothing is sealed that everybody would refuse', async () => {
  const refused = (to: PrincipalId[], content: Content, reason: string) =>
    assert.rejects(seal(household, mum.device, draft(to, content)), {
      code: 'message-refused',
      reason,
    })
  await refused([us], voice({ sound: new Uint8Array(252 * 1024) }), 'too-large')
  await refused([us], voice({ sound: new Uint8Array(0) }), 'inner-malformed')
  await refused([us], voice({ durationMs: 0.5 }), 'inner-malformed')
  await refused([us, us], voice(), 'inner-malformed')
  await refused([], voice(), 'inner-malformed')
  await refused([newPrincipalId()], voice(), 'addressee-unknown')
})
