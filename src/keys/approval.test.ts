import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  counted,
  addDevice,
  admit,
  append,
  copyOf,
  foundFamily,
  newDevice,
  NOW,
  standing,
  wholeFamily,
} from '../../test/harness/family.ts'
import { flipped } from '../../test/harness/forgery.ts'
import { consentFor, withdrawFor } from '../../test/harness/illegal-children.ts'
import { approval, FORGED_FORWARDS } from '../../test/harness/illegal-words.ts'
import { childOf, newMessageId, sign, voice } from '../../test/harness/letters.ts'
import type { ChildId, PrincipalId } from '../protocol/ids.ts'
import { readInner } from '../protocol/message/inner.ts'
import { isVerified, verifyApproval, type VerifiedApproval } from './approval.ts'
import { proposeBox } from './enrolling.ts'
import { proposePolicy } from './governing.ts'
import { proposeRemove, proposeRevokeDevice } from './links.ts'
import { newPrincipalId } from './principal.ts'

const whole = await wholeFamily()
const { family, mum, dad, grandma, toy } = whole
const { household } = family
const us = household.principal

async function approved(): Promise<VerifiedApproval> {
  const content = await approval(whole)
  return verifyApproval(household, await sign(family, { by: dad.device, to: [us], content }))
}

test("a guardian's approval of a relative's voice is verified", async () => {
  const content = await approval(whole)
  assert.ok(content.kind === 'forward')
  const forward = await sign(family, { by: dad.device, to: [us, toy.person], content })
  const result = verifyApproval(household, forward)
  const said = readInner(content.body.original.i)
  assert.deepEqual([result.message, result.by], [said.mid, dad.device.id])
  assert.deepEqual({ ...result.voice }, said.body)
  assert.ok(isVerified(result))
})

test("a guardian's own voice for the child needs no other approval", async () => {
  const result = verifyApproval(household, await sign(family, { by: mum.device, to: [us] }))
  assert.equal(result.by, mum.device.id)
  assert.ok(isVerified(result))
})

test('nothing else is an approval', async () => {
  const letters = [
    ['not-by-a-guardian', await sign(family, { by: grandma.device, to: [us] })],
    ['not-by-a-guardian', await sign(family, { by: toy.device, to: [us] })],
    [
      'not-for-the-child',
      await sign(family, { by: mum.device, to: [us], content: voice({ for: [grandma.person] }) }),
    ],
    [
      'not-a-voice',
      await sign(family, {
        by: mum.device,
        to: [us],
        content: { kind: 'receipt', body: { of: newMessageId(), event: 'approved' } },
      }),
    ],
  ] as const
  for (const [reason, letter] of letters) {
    assert.throws(() => verifyApproval(household, letter), { code: 'not-approved', reason })
  }
})

test('an approval of a voice that was not for the child is none', async () => {
  const of = newMessageId()
  const content = voice({ for: [us] })
  const original = await sign(
    family,
    { by: grandma.device, to: [us], content },
    { inner: { mid: of } },
  )
  const forward = { kind: 'forward', body: { of, why: 'approve', original } } as const
  const signed = await sign(family, { by: dad.device, to: [us], content: forward })
  assert.throws(() => verifyApproval(household, signed), { reason: 'not-for-the-child' })
})

test('a voice that was passed on or saved is not approved by it, by whichever guardian', async () => {
  const { kind, body } = await approval(whole)
  assert.ok(kind === 'forward')
  for (const why of ['share', 'keep'] as const) {
    const content = { kind, body: { ...body, why } }
    const signed = await sign(family, { by: dad.device, to: [us], content })
    assert.throws(() => verifyApproval(household, signed), { reason: 'not-an-approval' })
  }
})

test('whom the rules trust approves by speaking, until they are trusted no more', async () => {
  const { family: home, guardian } = await foundFamily()
  const gran = await admit(home, guardian, 'relative')
  const opa = await admit(home, guardian, 'relative')
  const to = [home.household.principal]
  const said = await sign(home, { by: gran.device, to })
  const his = await sign(home, { by: opa.device, to })
  const ruled = async (trusted: readonly PrincipalId[], needed = true): Promise<void> => {
    const policy = { approval: needed, retention: 0, trusted: [...trusted] }
    append(home, await proposePolicy(standing(home, guardian.device), policy))
  }
  const refused = { code: 'not-approved', reason: 'not-by-a-guardian' }
  assert.throws(() => verifyApproval(home.household, said), refused)
  await ruled([gran.person])
  const result = verifyApproval(home.household, said)
  assert.ok(isVerified(result))
  assert.equal(result.by, gran.device.id)
  assert.throws(() => verifyApproval(home.household, his), refused)
  await ruled([])
  assert.throws(() => verifyApproval(home.household, said), refused)
  await ruled([], false)
  assert.ok(verifyApproval(home.household, said))
  assert.ok(verifyApproval(home.household, his))
  await ruled([toy.person, opa.person])
  assert.throws(() => verifyApproval(home.household, said), refused)
})

test('a drop-box is never trusted, whatever the rules say', async () => {
  const { family: home, guardian } = await foundFamily()
  const box = await newDevice()
  const id = newPrincipalId()
  append(home, await proposeBox(standing(home, guardian.device), box, { id, expires: NOW }))
  const policy = { approval: false, retention: 0, trusted: [id] }
  append(home, await proposePolicy(standing(home, guardian.device), policy))
  const said = await sign(home, { by: box, to: [home.household.principal] })
  assert.throws(() => verifyApproval(home.household, said), { reason: 'not-by-a-guardian' })
})

test('who is trusted approves nothing by other words than a voice, and no voice from an ended phone', async () => {
  const { family: home, guardian } = await foundFamily()
  const gran = await admit(home, guardian, 'relative')
  const policy = { approval: true, retention: 0, trusted: [gran.person] }
  append(home, await proposePolicy(standing(home, guardian.device), policy))
  const phone = await addDevice(home, gran.device)
  const to = [home.household.principal]
  const said = await sign(home, { by: phone, to })
  const played = { kind: 'receipt', body: { of: newMessageId(), event: 'played' } } as const
  const receipt = await sign(home, { by: gran.device, to, content: played })
  assert.throws(() => verifyApproval(home.household, receipt), { reason: 'not-by-a-guardian' })
  assert.ok(verifyApproval(home.household, said))
  append(home, await proposeRevokeDevice(standing(home, gran.device), phone.id, counted(9)))
  assert.throws(() => verifyApproval(home.household, said), { reason: 'guardian-gone' })
})

test('nothing goes to the toy for a child whose consent was withdrawn; for another one it does', async () => {
  const mine = { ...whole, family: copyOf(family) }
  const first = childOf(household)
  const second = await consentFor(mine)
  const { family: home } = mine
  const said = async (meant: readonly ChildId[]) =>
    sign(home, { by: mum.device, to: [us], content: voice({ for: [...meant] }) })
  const [both, theirs, his] = await Promise.all([
    said([first, second]),
    said([second]),
    said([first]),
  ])
  const content = await approval(mine)
  const forward = await sign(home, { by: dad.device, to: [us], content })
  await withdrawFor(mine, first)
  assert.ok(verifyApproval(home.household, both))
  assert.ok(verifyApproval(home.household, theirs))
  for (const gone of [his, forward]) {
    assert.throws(() => verifyApproval(home.household, gone), {
      code: 'not-approved',
      reason: 'child-gone',
    })
  }
  await withdrawFor(mine, second)
  assert.throws(() => verifyApproval(home.household, both), { reason: 'child-gone' })
})

test('an approval that was changed on its way is refused', async () => {
  const content = await approval(whole)
  const { i, s } = await sign(family, { by: dad.device, to: [us], content })
  for (const changed of [
    { i, s: flipped(s, 10) },
    { i: flipped(i, i.length - 1), s },
  ]) {
    assert.throws(() => verifyApproval(household, changed), { code: 'message-refused' })
  }
  assert.ok(FORGED_FORWARDS.length >= 10, 'forged originals are refused with the messages')
})

test('what a revoked phone of a guardian signs approves nothing, whatever its counter', async () => {
  const mine = copyOf(family)
  const phone = await addDevice(mine, dad.device)
  const before = { ...whole, family: copyOf(mine) }
  append(mine, await proposeRevokeDevice(standing(mine, dad.device), phone.id, counted(50)))
  const content = await approval(before)
  const stolen = await sign(before.family, { by: phone, to: [us], content }, { inner: { n: 30 } })
  assert.ok(verifyApproval(before.family.household, stolen))
  assert.throws(() => verifyApproval(mine.household, stolen), {
    code: 'not-approved',
    reason: 'guardian-gone',
  })
})

test('nor does what a guardian signed who has left', async () => {
  const mine = copyOf(family)
  const signed = await sign(mine, { by: dad.device, to: [us], content: await approval(whole) })
  const last = new Map([[dad.device.id, counted(9)]])
  append(mine, await proposeRemove(standing(mine, dad.device), dad.person, last))
  assert.throws(() => verifyApproval(mine.household, signed), { reason: 'guardian-gone' })
})

test('a look-alike is not verified', async () => {
  const real = await approved()
  const copies: VerifiedApproval[] = [
    { ...real },
    Object.create(real) as VerifiedApproval,
    structuredClone({ ...real, voice: { ...real.voice } }),
    JSON.parse(JSON.stringify(real)) as VerifiedApproval,
    Object.freeze({ message: real.message, by: real.by, voice: real.voice }),
    new Proxy(real, {}),
  ]
  for (const copy of copies) assert.ok(!isVerified(copy))
  assert.ok(isVerified(real))
})

test('what was verified cannot be changed afterwards', async () => {
  const content = await approval(whole)
  const signed = await sign(family, { by: dad.device, to: [us], content })
  const real = verifyApproval(household, signed)
  const sound = real.voice.sound.slice()
  assert.throws(() => Object.assign(real, { voice: voice().body }), TypeError)
  assert.throws(() => Object.assign(real.voice, { durationMs: 1 }), TypeError)
  assert.throws(() => Object.assign(real.voice, { sound: new Uint8Array(1) }), TypeError)
  real.voice.sound.fill(0)
  signed.i.fill(0)
  assert.deepEqual(real.voice.sound, sound)
})
