import assert from 'node:assert/strict'
import { test } from 'node:test'
import { someApproval, tone } from '../../test/harness/approved-clip.ts'
import type { VerifiedApproval } from '../keys/approval.ts'
import { type ApprovedClip, approveClip, clipBytes, requireApproved } from './approval.ts'
import { encodeClip } from './g7221/clip.ts'

const code = (expected: string, reason?: string) => (error: unknown) => {
  const { code, reason: why } = error as { code?: string; reason?: string }
  assert.deepEqual([code, why], [expected, reason])
  return true
}

test('a clip is the sound of the approved message', async () => {
  const approval = await someApproval()
  let asked: unknown
  const clip = await approveClip(approval, (voice) => {
    asked = voice
    return tone(1)
  })
  assert.equal(asked, approval.voice)
  assert.equal(clip.message, approval.message)
  assert.deepEqual(clipBytes(clip), encodeClip(tone(1)))
  assert.equal(clip.size, clipBytes(clip).length)
})

test('an approval that was not verified makes no clip, and its sound is not even decoded', async () => {
  const real = await someApproval()
  const forged = [{ ...real }, structuredClone(real), Object.create(real) as VerifiedApproval]
  for (const one of forged) {
    const decode = (): never => assert.fail('decoded')
    await assert.rejects(approveClip(one, decode), code('not-approved', 'approval-unverified'))
  }
})

test('a clip cannot be imitated or changed', async () => {
  const clip = await approveClip(await someApproval(), () => tone(0.1))
  const imitated = [{ ...clip }, structuredClone(clip), Object.create(clip) as ApprovedClip]
  for (const one of imitated) {
    assert.throws(() => requireApproved(one), code('not-approved', 'clip-unverified'))
    assert.throws(() => clipBytes(one), code('not-approved', 'clip-unverified'))
  }
  clipBytes(clip).fill(0)
  assert.deepEqual(clipBytes(clip), encodeClip(tone(0.1)))
  assert.ok(Object.isFrozen(clip))
})

test('the toy takes between nothing and 2,000 frames', async () => {
  const approval = await someApproval()
  const most = new Int16Array(1_999 * 320)
  assert.equal((await approveClip(approval, () => most)).size, 32 + 2_000 * 40)
  const over = new Int16Array(most.length + 1)
  await assert.rejects(
    approveClip(approval, () => over),
    code('sound-too-long'),
  )
  await assert.rejects(
    approveClip(approval, () => new Int16Array()),
    code('sound-empty'),
  )
})
