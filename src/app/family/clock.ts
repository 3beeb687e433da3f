import { locale } from '../language/language.ts'

/* Times as a family says them, by the clock of a zone. */

const HOUR = 60 * 60 * 1000

export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

type Option = { readonly value: string; readonly label: string }

/** The zones to choose from, the chosen one among them. */
export function zones(chosen: string): readonly Option[] {
  const known = new Set([chosen, ownZone(), ...Intl.supportedValuesOf('timeZone')])
  return [...known].toSorted().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))
}

/** `7:00`. */
export function clockAt(at: number, zone: string): string {
  return formatIn(zone, { hour: 'numeric', minute: '2-digit' }).format(at)
}

/** `Friday 20:30`. */
export function dayAndClockAt(at: number, zone: string): string {
  return formatIn(zone, { weekday: 'long', hour: 'numeric', minute: '2-digit' }).format(at)
}

/** Whether something begins in the night to come: before the next noon. */
export function isTonight(now: number, from: number, zone: string): boolean {
  const hour = Number(formatIn(zone, { hour: 'numeric', hourCycle: 'h23' }, 'en').format(now))
  const toMidnight = (24 - hour) * HOUR
  return from < now + toMidnight + 6 * HOUR
}

/** A moment of one's own day: `Thursday, 26 November, 8:20`. */
export function momentOf(at: number): string {
  const day = { weekday: 'long', day: 'numeric', month: 'long' } as const
  return new Intl.DateTimeFormat(locale, { ...day, hour: 'numeric', minute: '2-digit' }).format(at)
}

/** `Thursday, 26 November`. */
export function dayOf(at: number): string {
  const day = { weekday: 'long', day: 'numeric', month: 'long' } as const
  return new Intl.DateTimeFormat(locale, day).format(at)
}

/** A zone that this device does not know is taken for its own, as `client/quiet.ts` does. */
function formatIn(
  timeZone: string,
  parts: Intl.DateTimeFormatOptions,
  language = locale,
): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(language, { ...parts, timeZone })
  } catch {
    return new Intl.DateTimeFormat(language, parts)
  }
}
