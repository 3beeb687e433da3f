import assert from 'node:assert/strict'
import { categoriesAt, climb, createLadder } from '../../src/toy/g7221/categories.ts'
import { seeded } from '../codec/material.ts'
import { decodeRandomFrames } from '../codec/random-frames.ts'

/**
 * The codec at release strength: 100,000 frames of random bytes, and the sixteen categorisations of
 * a million random legal envelopes. Throws where a promise is broken; returns what was counted.
 */
export async function prove(): Promise<Record<string, unknown>> {
  const random = decodeRandomFrames(100_000, 1)
  assert.ok(random.finite)
  assert.ok(random.accepted <= 0.02 * random.frames, `${random.accepted} accepted`)
  return { random, envelopes: climbEnvelopes(1_000_000, 2) }
}

function climbEnvelopes(count: number, seed: number): number {
  const random = seeded(seed)
  const powers = new Int8Array(14)
  const categories = new Uint8Array(14)
  const ladder = createLadder()
  for (let i = 0; i < count; i++) {
    for (let r = 0; r < 14; r++) powers[r] = -15 + Math.floor(40 * random())
    const available = 126 + Math.floor(152 * random())
    assert.ok(climb(powers, available, ladder), `${powers.join(' ')} with ${available}`)
    categoriesAt(ladder, 15, categories)
    assert.ok(categories.every((category) => category <= 7))
  }
  return count
}
