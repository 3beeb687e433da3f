import { householdId, type HouseholdId } from '../../protocol/ids.ts'
import type { Listening } from '../platform/listener.ts'
import type { Log } from '../platform/log.ts'
import { statement, type Executor } from '../platform/statements.ts'

const CHANNEL = 'pawpost_changes'

const notify = statement<never>(
  'notify',
  `SELECT pg_notify('${CHANNEL}', household) FROM unnest($1::text[]) AS household`,
)

/** Carries the news that a household changed to whoever watches it, in all server processes. */
export interface Hub {
  /** Says that something of a household was committed. Returns at once. */
  announce(household: HouseholdId): void
  /** Calls `wake` after changes, several changes at once as one, and when some may be missed. */
  subscribe(household: HouseholdId, wake: () => void): Disposable
  /** What has to be listened to on a connection of the database. */
  readonly listening: Listening
}

/**
 * News travel as notifications of the database that hold nothing but the household's id. They are
 * sent after the commit they speak of: inside it they would make all commits wait for each other.
 */
export function createHub(db: Executor, log: Log): Hub {
  const watching = new Map<HouseholdId, Set<() => void>>()
  let pending = new Set<HouseholdId>()
  let sending = false

  async function flush(): Promise<void> {
    if (sending) return
    sending = true
    while (pending.size > 0) {
      const households = [...pending]
      pending = new Set()
      await notify(db, households).catch((error: unknown) => {
        // Nothing is lost: watchers look again by themselves every now and then.
        log.warn({ err: error }, 'watchers of households were not told')
      })
    }
    sending = false
  }

  function wakeAll(): void {
    for (const wakes of watching.values()) for (const wake of wakes) wake()
  }

  return {
    announce(household) {
      pending.add(household)
      void flush()
    },
    subscribe(household, wake) {
      const wakes = watching.get(household) ?? new Set()
      watching.set(household, wakes.add(wake))
      return {
        [Symbol.dispose]() {
          wakes.delete(wake)
          if (wakes.size === 0) watching.delete(household)
        },
      }
    },
    listening: {
      channel: CHANNEL,
      onConnect: wakeAll,
      onNotice(payload) {
        if (!householdId.is(payload)) return
        for (const wake of watching.get(payload) ?? []) wake()
      },
    },
  }
}
