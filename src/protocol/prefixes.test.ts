import assert from 'node:assert/strict'
import { test } from 'node:test'
import { childId, pairingId } from './ids.ts'

test('the ids of children and pairings begin as everybody knows them', () => {
  const zeros = new Uint8Array(16)
  assert.equal(childId.from(zeros), `ch-${'A'.repeat(22)}`)
  assert.equal(pairingId.from(zeros), `pair-${'A'.repeat(22)}`)
})
