import { locale } from '../language/language.ts'
import { messages as words } from './messages-texts.ts'

// A formatter costs more than all it ever formats for a list.
const TIME = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
const DAY_AND_TIME = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
const MONTH = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' })

/** `0:07`, `1:59`: minutes and seconds. */
export function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** When something was said: today and yesterday by name. Times are milliseconds since 1970. */
export function dayOf(at: number, now: number): string {
  const days = daysBetween(at, now)
  if (days === 0) return words.today(TIME.format(at))
  if (days === 1) return words.yesterday(TIME.format(at))
  return DAY_AND_TIME.format(at)
}

/** `November 2026`. */
export function monthOf(at: number): string {
  return MONTH.format(at)
}

/** Midnights between two moments, where the person is. */
function daysBetween(at: number, now: number): number {
  const midnight = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0)
  return Math.round((midnight(now) - midnight(at)) / 86_400_000)
}
