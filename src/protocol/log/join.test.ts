import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { householdId } from '../ids.ts'
import {
  commitmentTo,
  deviceSignedBytes,
  cardProofBytes,
  enrolmentBytes,
  inviteSignedBytes,
  requestIdOf,
  sixDigits,
} from './join.ts'

const id = (fill: number) => householdId.from(new Uint8Array(16).fill(fill))
const nonce = (fill: number) => new Uint8Array(32).fill(fill)
const request = new Uint8Array(200).fill(9)

test('both sides see the same six digits', () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
  fc.assert(
    fc.property(bytes, bytes, fc.uint8Array({ minLength: 1 }), (guardian, joiner, asked) => {
      const digits = sixDigits(id(1), asked, guardian, joiner)
      assert.match(digits, /^\d{6}$/)
      const again = sixDigits(id(1), asked.slice(), guardian.slice(), joiner.slice())
      assert.equal(again, digits)
    }),
  )
})

test('any changed input changes them, and no two inputs stand in for each other', () => {
  const honest = sixDigits(id(1), request, nonce(1), nonce(2))
  const others = [
    sixDigits(id(2), request, nonce(1), nonce(2)),
    sixDigits(id(1), request.with(100, 8), nonce(1), nonce(2)),
    sixDigits(id(1), request.slice(1), nonce(1), nonce(2)),
    sixDigits(id(1), request, nonce(3), nonce(2)),
    sixDigits(id(1), request, nonce(1), nonce(3)),
    sixDigits(id(1), request, nonce(2), nonce(1)),
    sixDigits(id(1), request, nonce(1).slice(1), Uint8Array.of(1, ...nonce(2))),
  ]
  assert.equal(new Set([honest, ...others]).size, others.length + 1)
})

test('the digits are spread evenly', () => {
  const count = 20_000
  const first = Array.from({ length: 10 }, () => 0)
  for (let at = 0; at < count; at += 1) {
    const joiner = nonce(0)
    new DataView(joiner.buffer).setUint32(0, at)
    const digit = Number(sixDigits(id(1), request, nonce(1), joiner)[0])
    first[digit] = (first[digit] ?? 0) + 1
  }
  // Nine degrees of freedom: beyond 40 once in a hundred thousand times.
  const expected = count / 10
  const chi = first.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0)
  assert.ok(chi < 40, `${chi}`)
})

test('known digits, so that old and new programs can compare them', () => {
  assert.equal(sixDigits(id(1), request, nonce(1), nonce(2)), '302519')
})

test('a commitment binds: another nonce has another one', () => {
  assert.deepEqual(commitmentTo(nonce(1)), commitmentTo(nonce(1)))
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.nat(31),
      fc.integer({ min: 1, max: 255 }),
      (secret, at, mask) => {
        const other = secret.with(at, (secret[at] ?? 0) ^ mask)
        assert.notDeepEqual(commitmentTo(other), commitmentTo(secret))
      },
    ),
    { numRuns: 50 },
  )
})

test('each thing that is signed has its own domain', () => {
  const keys = { sig: new Uint8Array(32), kem: 'age1pq1' }
  const person = 'pr-AAAAAAAAAAAAAAAAAAAAAA' as Parameters<typeof enrolmentBytes>[1]
  const signed = [
    inviteSignedBytes(request),
    deviceSignedBytes(request),
    enrolmentBytes(id(1), person, keys),
    cardProofBytes(keys, person, person),
  ].map((bytes) => new TextDecoder().decode(bytes).split('\0')[0])
  assert.deepEqual(signed, [
    'pawpost/join/v1',
    'pawpost/join-device/v1',
    'pawpost/adddev/v1',
    'pawpost/card/v1',
  ])
})

test("a request's id is that of its bytes", () => {
  assert.equal(requestIdOf(request), requestIdOf(request.slice()))
  assert.notEqual(requestIdOf(request), requestIdOf(request.with(0, 1)))
})
