import type { Clock } from '../clock.ts'

type Sleeper = { at: number; wake: () => void }

/**
 * A clock without waiting: when nothing else is left to do, it jumps to the next sleeper. Forty
 * seconds of sound pass in the time their bytes need. Only for a toy in the same process.
 */
export function fastClock(): Clock {
  const sleepers = new Set<Sleeper>()
  let time = 0
  let scheduled = false
  const schedule = (): void => {
    if (scheduled || sleepers.size === 0) return
    scheduled = true
    setImmediate(jump)
  }
  const jump = (): void => {
    scheduled = false
    const next = earliest(sleepers)
    if (next === undefined) return
    sleepers.delete(next)
    time = Math.max(time, next.at)
    next.wake()
    schedule()
  }
  return {
    now: () => time,
    after(ms, wake) {
      const sleeper = { at: time + ms, wake }
      sleepers.add(sleeper)
      schedule()
      return () => sleepers.delete(sleeper)
    },
  }
}

function earliest(sleepers: Iterable<Sleeper>): Sleeper | undefined {
  let first: Sleeper | undefined
  for (const sleeper of sleepers) if (first === undefined || sleeper.at < first.at) first = sleeper
  return first
}
