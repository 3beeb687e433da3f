import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { concatBytes } from '../../protocol/bytes.ts'
import { isComplete, newCredit, parseDataRequest, takePacket } from './credit.ts'

/** Any order of grants and of chances to send, as a toy of any kind may make them. */
const happenings = fc.array(
  fc.oneof(fc.constant('send' as const), fc.integer({ min: 1, max: 65_535 })),
  { maxLength: 200 },
)
const clip = fc.uint8Array({ minLength: 1, maxLength: 2_000 })

test('never a byte beyond the credit, whatever is granted when (T-BLE2)', () => {
  fc.assert(
    fc.property(clip, happenings, (bytes, all) => {
      const credit = newCredit(bytes)
      let granted = 0
      let sent = 0
      for (const one of all) {
        if (one !== 'send') {
          credit.granted += one
          granted += one
          continue
        }
        const packet = isComplete(credit) ? undefined : takePacket(credit)
        sent += packet?.bytes.length ?? 0
        assert.ok((packet?.bytes.length ?? 1) > 0 && (packet?.bytes.length ?? 1) <= 20)
        assert.ok(sent <= granted)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('the clip goes out whole and in order, then 0x80 up to the grant, and the last is named', () => {
  const grants = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(clip, grants, (bytes, sizes) => {
      const credit = newCredit(bytes)
      const packets: Uint8Array[] = []
      const lasts: boolean[] = []
      for (let turn = 0; !isComplete(credit); turn += 1) {
        credit.granted += sizes[turn % sizes.length] ?? 1
        for (
          let one = takePacket(credit);
          one;
          one = isComplete(credit) ? undefined : takePacket(credit)
        ) {
          packets.push(one.bytes)
          lasts.push(one.last)
        }
      }
      const sent = concatBytes(...packets)
      assert.equal(sent.length, credit.granted, 'the last grant is filled')
      assert.deepEqual(sent.subarray(0, bytes.length), bytes)
      assert.ok(sent.subarray(bytes.length).every((byte) => byte === 0x80))
      assert.deepEqual(lasts, [...lasts.slice(1).fill(false), true])
    }),
    { numRuns: 1_000 },
  )
})

test('a grant that comes after the end of the clip is not filled', () => {
  const credit = newCredit(new Uint8Array(5))
  credit.granted = 8
  assert.equal(takePacket(credit)?.last, true)
  credit.granted += 512
  assert.equal(takePacket(credit), undefined)
  assert.ok(isComplete(credit))
})

test('data requests are two little-endian words', () => {
  assert.deepEqual(parseDataRequest(Uint8Array.of(0, 2, 3, 1)), { requested: 512, served: 259 })
  assert.equal(parseDataRequest(Uint8Array.of(0, 2, 3)), undefined)
  const inside = Uint8Array.of(9, 9, 1, 0, 2, 0).subarray(2)
  assert.deepEqual(parseDataRequest(inside), { requested: 1, served: 2 })
})
