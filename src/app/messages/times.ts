import { texts } from '../texts.ts'

const words = texts.messages

/** `0:07`, `1:59`: minutes and seconds. */
export function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** When something was said: today and yesterday by name. Times are milliseconds since 1970. */
export function dayOf(at: number, now: number): string {
  const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(at)
  const days = daysBetween(at, now)
  if (days === 0) return words.today(time)
  if (days === 1) return words.yesterday(time)
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}

/** Midnights between two moments, where the person is. */
function daysBetween(at: number, now: number): number {
  const midnight = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0)
  return Math.round((midnight(now) - midnight(at)) / 86_400_000)
}
