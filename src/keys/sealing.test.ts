import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOW, wholeFamily } from '../../test/harness/family.ts'
import { newMessageId, sign, voice } from '../../test/harness/letters.ts'
import type { PrincipalId } from '../protocol/ids.ts'
import type { Household } from '../protocol/log/household.ts'
import { CIPHERTEXT_BYTES, readFrame } from '../protocol/message/outer.ts'
import { verifyApproval } from './approval.ts'
import { seal, type Sealed } from './message.ts'
import { newPrincipalId } from './principal.ts'

const { family, mum, toy } = await wholeFamily()
const { household } = family
const us = household.principal

/** The household with so many more people, whose recipient is the household's own. */
function crowd(size: number): { crowded: Household; people: PrincipalId[] } {
  const pattern = household.principals.get(us)
  assert.ok(pattern)
  const people = Array.from({ length: size }, newPrincipalId)
  const added = people.map((id) => [id, { ...pattern, id }] as const)
  return {
    crowded: { ...household, principals: new Map([...household.principals, ...added]) },
    people,
  }
}

function sealTo(size: number): Promise<Sealed> {
  const { crowded, people } = crowd(size)
  const content = voice({ sound: new Uint8Array(200 * 1024) })
  const prev = new Uint8Array(32)
  return seal(crowded, mum.device, {
    mid: newMessageId(),
    to: people,
    content,
    at: NOW,
    n: 1,
    prev,
  })
}

test('the largest bucket goes to twenty people at once, and no file is larger than all accept', async () => {
  const { ciphertext } = readFrame((await sealTo(20)).frame)
  assert.ok(ciphertext.length <= CIPHERTEXT_BYTES && ciphertext.length > CIPHERTEXT_BYTES - 1557)
  await assert.rejects(sealTo(21), { code: 'message-refused', reason: 'too-large' })
})

test("the toy's own recording stays beside the answer that was approved", async () => {
  const raw = { codec: 'sonix-msadpcm/raw', bytes: Uint8Array.of(1, 2, 3) } as const
  const content = voice({ raw })
  const signed = await sign(family, { by: mum.device, to: [us, toy.person], content })
  const { voice: approved } = verifyApproval(household, signed)
  assert.equal(approved.codec, 'opus/ogg')
  assert.deepEqual(approved.raw, raw)
  assert.ok(Object.isFrozen(approved.raw))
  const without = await sign(family, { by: mum.device, to: [us, toy.person], content: voice() })
  assert.ok(!('raw' in verifyApproval(household, without).voice))
})
