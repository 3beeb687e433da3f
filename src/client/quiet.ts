import type { Quiet, Span } from '../protocol/message/kinds.ts'

/** When a child's toy is quiet: pure, by the clock on the child's wall. */

/** A stretch of quiet, in milliseconds since 1970; `to` is not quiet any more. */
export type Stretch = { readonly from: number; readonly to: number }

const MINUTE = 60_000
const DAY_MINUTES = 24 * 60
const DAY = DAY_MINUTES * MINUTE
const NOON = 12 * 60
/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 4
const THURSDAY = 4
const WEEK = 7

/** Whether a moment is quiet for this child. */
export function isQuiet(quiet: Quiet | undefined, now: number): boolean {
  return quietUntil(quiet, now) !== undefined
}

/** When the quiet that there is now ends; nothing while it is not quiet. */
export function quietUntil(quiet: Quiet | undefined, now: number): number | undefined {
  return quiet && endOf(nightsAround(quiet, now), now)
}

/** The quiet that is now, or else the next one; nothing where no night is quiet. */
export function nextQuiet(quiet: Quiet | undefined, now: number): Stretch | undefined {
  if (!quiet) return undefined
  const nights = nightsAround(quiet, now).filter(({ from, to }) => from < to && to > now)
  return nights.toSorted((a, b) => a.from - b.from)[0]
}

/** Follows nights that overlap to the end of the last of them. */
function endOf(nights: readonly Stretch[], now: number): number | undefined {
  const ends = nights.filter(({ from, to }) => from <= now && now < to).map(({ to }) => to)
  if (ends.length === 0) return undefined
  const end = Math.max(...ends)
  return endOf(nights, end) ?? end
}

/** The nights that may hold this moment, and those of the week after it. */
function nightsAround(quiet: Quiet, now: number): readonly Stretch[] {
  const clock = clockIn(quiet.zone)
  const today = Math.floor(clock(now) / DAY)
  const days = Array.from({ length: WEEK + 3 }, (_, index) => today - 2 + index)
  return days.flatMap((day) => {
    const span = isSchoolNight(day) ? quiet.school : quiet.free
    return span ? [night(clock, day, span)] : []
  })
}

/** Sunday to Thursday: the next day is a school day. */
function isSchoolNight(day: number): boolean {
  const weekday = (((day + EPOCH_WEEKDAY) % WEEK) + WEEK) % WEEK
  return weekday <= THURSDAY
}

/**
 * The night that follows a day. A bedtime after midnight belongs to the day before. It lasts from the
 * first moment at which the clock has reached `from` until the last one before `to`, so that a clock
 * that is put back wakes nobody twice.
 */
function night(clock: Clock, day: number, { from, to }: Span): Stretch {
  const start = from < NOON ? from + DAY_MINUTES : from
  const end = to < from ? start + DAY_MINUTES + to - from : start + to - from
  const at = (minutes: number): number => day * DAY + minutes * MINUTE
  return { from: momentsOf(clock, at(start)).first, to: momentsOf(clock, at(end)).last }
}

/** What a clock on the wall shows at a moment, as if it were UTC. */
type Clock = (at: number) => number

/** The moments at which the clock comes to show `wall`: two where it is put back. */
function momentsOf(clock: Clock, wall: number): { first: number; last: number } {
  const near = [wall - DAY, wall + DAY].map((at) => wall - (clock(at) - at))
  const right = near.filter((at) => clock(at) === wall)
  if (right.length === 0) {
    const leap = leapBetween(clock, Math.min(...near), Math.max(...near))
    return { first: leap, last: leap }
  }
  return { first: Math.min(...right), last: Math.max(...right) }
}

/** The minute at which a clock is put forward, over the time that was looked for. */
function leapBetween(clock: Clock, low: number, high: number): number {
  if (high - low <= MINUTE) return high
  const middle = low + Math.floor((high - low) / MINUTE / 2) * MINUTE
  const isAfter = clock(middle) - middle !== clock(low) - low
  return isAfter ? leapBetween(clock, low, middle) : leapBetween(clock, middle, high)
}

const formats = new Map<string, Intl.DateTimeFormat>()

function clockIn(zone: string): Clock {
  const format = formats.get(zone) ?? formatIn(zone)
  formats.set(zone, format)
  return (at) => {
    const parts = format.formatToParts(at)
    const part = (type: Intl.DateTimeFormatPartTypes): number =>
      Number(parts.find((one) => one.type === type)?.value)
    const day = Date.UTC(part('year'), part('month') - 1, part('day'))
    return day + (part('hour') * 60 + part('minute')) * MINUTE + (((at % MINUTE) + MINUTE) % MINUTE)
  }
}

/** A zone that this device has never heard of is taken for its own. */
function formatIn(zone: string): Intl.DateTimeFormat {
  const parts = {
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  } as const
  try {
    return new Intl.DateTimeFormat('en', { ...parts, timeZone: zone })
  } catch {
    return new Intl.DateTimeFormat('en', parts)
  }
}
