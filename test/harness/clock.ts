import type { Clock } from '../../src/server/platform/clock.ts'

/** A clock that goes on by itself and can be turned forward, in milliseconds. */
export type TestClock = Clock & { advance(ms: number): void }

export function createTestClock(): TestClock {
  let ahead = 0
  return {
    now: () => Date.now() + ahead,
    advance(ms) {
      ahead += ms
    },
  }
}
