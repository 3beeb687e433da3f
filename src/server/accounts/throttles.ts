import { createHmac } from 'node:crypto'
import type { Clock } from '../platform/clock.ts'
import type { Limit } from '../platform/limiter.ts'
import { statement } from '../platform/statements.ts'
import type { Database } from '../tables.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE

/**
 * Tries at once, then one more every so often. Those of sign-ins count what failed: a right
 * password gives its try back. A hundred a day for a network, as elsewhere in the trade.
 */
const LIMITS = {
  signInAnywhere: { burst: 1000, everyMs: SECOND },
  signInBySource: { burst: 100, everyMs: DAY / 100 },
  /** One address from one network. */
  signInByAddress: { burst: 10, everyMs: MINUTE },
  /** One account with a browser that it knows: whatever strangers do, its owner has these. */
  signInByBrowser: { burst: 10, everyMs: MINUTE },
  signUpBySource: { burst: 50, everyMs: DAY / 50 },
  /** How much mail strangers can make us send to one address, of all kinds and of these. */
  mailByAddress: { burst: 5, everyMs: 30 * MINUTE },
  resetByAddress: { burst: 3, everyMs: 20 * MINUTE },
  mustChangeByAccount: { burst: 2, everyMs: 20 * MINUTE },
  unblockByAddress: { burst: 1, everyMs: 60 * MINUTE },
  /** Guesses of whoever holds a session and not the password. */
  passwordByAccount: { burst: 10, everyMs: MINUTE },
} as const satisfies Record<string, Limit>
export type ThrottleName = keyof typeof LIMITS

/** Counts tries in the database: a restart forgets none, and all processes see the same. */
export interface Throttles {
  /** Takes one try; false when there is none left. */
  take(name: ThrottleName, what: string): Promise<boolean>
  giveBack(name: ThrottleName, what: string): Promise<void>
}

/** A bucket is kept as the moment when it will be full again. */
const taken = statement<{ full_at: Date }>(
  'throttle-take',
  `INSERT INTO throttles AS t (key, full_at) VALUES ($1, $2::timestamptz + $3::interval)
   ON CONFLICT (key) DO UPDATE SET full_at = greatest(t.full_at, $2) + $3::interval
     WHERE greatest(t.full_at, $2) <= $2::timestamptz + $4::interval
   RETURNING full_at`,
)
const givenBack = statement(
  'throttle-back',
  'UPDATE throttles SET full_at = full_at - $2::interval WHERE key = $1',
)
const swept = statement(
  'throttle-sweep',
  `DELETE FROM throttles WHERE key IN
     (SELECT key FROM throttles WHERE full_at < $1 LIMIT 10000 FOR UPDATE SKIP LOCKED)`,
)

/** Buckets that are full again are swept so often. */
const SWEEP_MS = 10 * MINUTE

/** `key` keeps from whoever reads the database what the buckets are of. */
export function createThrottles(parts: {
  readonly db: Database
  readonly clock: Clock
  readonly key: Uint8Array
}): Throttles {
  const { db, clock, key } = parts
  let sweepAt = 0

  async function sweep(now: number): Promise<void> {
    if (now < sweepAt) return
    sweepAt = now + SWEEP_MS
    await swept(db, new Date(now))
  }

  return {
    async take(name, what) {
      const { burst, everyMs } = LIMITS[name]
      const now = clock.now()
      await sweep(now)
      const most = milliseconds((burst - 1) * everyMs)
      const rows = await taken(
        db,
        keyOf(key, name, what),
        new Date(now),
        milliseconds(everyMs),
        most,
      )
      return rows.length > 0
    },
    async giveBack(name, what) {
      await givenBack(db, keyOf(key, name, what), milliseconds(LIMITS[name].everyMs))
    },
  }
}

function keyOf(key: Uint8Array, name: ThrottleName, what: string): Buffer {
  return createHmac('sha256', key).update(`throttle/v1\0${name}\0${what}`).digest().subarray(0, 16)
}

function milliseconds(ms: number): string {
  return `${ms} milliseconds`
}
