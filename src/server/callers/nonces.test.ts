import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PawpostError, type ErrorCode } from '../../protocol/errors.ts'
import { deviceId } from '../../protocol/ids.ts'
import { createNonces } from './nonces.ts'

const [ann, bob] = [1, 2].map((byte) => deviceId.from(new Uint8Array(16).fill(byte)))
assert.ok(ann && bob)

function refusedWith(code: ErrorCode): (error: unknown) => boolean {
  return (error) => error instanceof PawpostError && error.code === code
}

test('a nonce is used once by each signer, and forgotten when its time is over', () => {
  let now = 0
  const nonces = createNonces({ now: () => now })
  nonces.use(ann, 'one')
  nonces.use(bob, 'one')
  now = 600_000
  assert.throws(() => nonces.use(ann, 'one'), refusedWith('signature-refused'))
  now = 600_001
  nonces.use(ann, 'one')
})

test('memory is bounded, for one signer and for all', () => {
  let now = 0
  const nonces = createNonces({ now: () => now }, { all: 5, signer: 3 })
  for (const nonce of ['a', 'b', 'c']) nonces.use(ann, nonce)
  assert.throws(() => nonces.use(ann, 'd'), refusedWith('too-many'))
  for (const nonce of ['a', 'b']) nonces.use(bob, nonce)
  assert.throws(() => nonces.use(bob, 'c'), refusedWith('busy'))
  now = 700_000
  nonces.use(ann, 'd')
  nonces.use(bob, 'c')
})
