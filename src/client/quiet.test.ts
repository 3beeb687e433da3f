import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assert as hold, constantFrom, integer, option, property, record } from 'fast-check'
import type { Quiet, Span } from '../protocol/message/kinds.ts'
import { isQuiet, nextQuiet, quietUntil } from './quiet.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const half = (hours: number, minutes = 0): number => hours * 60 + minutes
const night: Span = { from: half(19, 30), to: half(7) }

function at(text: string): number {
  return Date.parse(text)
}

function berlin(change: Partial<Quiet> = {}): Quiet {
  return { zone: 'Europe/Berlin', school: night, ...change }
}

test('nobody said anything: it is never quiet', () => {
  assert.equal(isQuiet(undefined, at('2026-11-23T23:00:00Z')), false)
  assert.equal(isQuiet({ zone: 'Europe/Berlin' }, at('2026-11-23T23:00:00Z')), false)
  assert.equal(nextQuiet({ zone: 'UTC' }, 0), undefined)
})

test('a night lasts over midnight, by the clock where the child is', () => {
  const monday = '2026-11-23'
  assert.equal(isQuiet(berlin(), at(`${monday}T18:29:59Z`)), false)
  assert.equal(isQuiet(berlin(), at(`${monday}T18:30:00Z`)), true)
  assert.equal(quietUntil(berlin(), at(`${monday}T18:30:00Z`)), at('2026-11-24T06:00:00Z'))
  assert.equal(isQuiet(berlin(), at('2026-11-24T05:59:59Z')), true)
  assert.equal(isQuiet(berlin(), at('2026-11-24T06:00:00Z')), false)
  const there = berlin({ zone: 'America/New_York' })
  assert.equal(isQuiet(there, at(`${monday}T18:30:00Z`)), false)
  assert.equal(isQuiet(there, at('2026-11-24T00:30:00Z')), true)
})

test('a night before a school day is another one than one at the weekend', () => {
  const quiet = berlin({ free: { from: half(21), to: half(9) } })
  // Friday evening, Saturday morning, Sunday evening.
  assert.equal(isQuiet(quiet, at('2026-11-27T19:00:00Z')), false)
  assert.equal(isQuiet(quiet, at('2026-11-27T20:00:00Z')), true)
  assert.equal(quietUntil(quiet, at('2026-11-28T05:00:00Z')), at('2026-11-28T08:00:00Z'))
  assert.equal(isQuiet(quiet, at('2026-11-29T18:30:00Z')), true)
  assert.equal(quietUntil(quiet, at('2026-11-29T18:30:00Z')), at('2026-11-30T06:00:00Z'))
})

test('a bedtime after midnight belongs to the evening before', () => {
  const quiet = { zone: 'UTC', free: { from: half(0, 30), to: half(8) } }
  assert.equal(isQuiet(quiet, at('2026-11-28T01:00:00Z')), true)
  assert.equal(isQuiet(quiet, at('2026-11-29T01:00:00Z')), true)
  assert.equal(isQuiet(quiet, at('2026-11-30T01:00:00Z')), false)
})

test('a span without length is none', () => {
  const quiet = { zone: 'UTC', school: { from: 600, to: 600 }, free: { from: 0, to: 0 } }
  for (let hour = 0; hour < 7 * 24; hour += 1) assert.equal(isQuiet(quiet, hour * HOUR), false)
})

test('a night is an hour shorter in spring and longer in autumn', () => {
  const always = berlin({ free: night })
  const lengthAt = (moment: string): number => {
    const found = nextQuiet(always, at(moment))
    assert.ok(found)
    return (found.to - found.from) / HOUR
  }
  assert.equal(lengthAt('2026-03-28T12:00:00Z'), 10.5)
  assert.equal(lengthAt('2026-10-24T12:00:00Z'), 12.5)
  assert.equal(lengthAt('2026-11-24T12:00:00Z'), 11.5)
})

test('times that a clock leaps over, or shows twice, wake nobody twice', () => {
  const to = (minutes: number): Quiet => berlin({ free: { from: half(20), to: minutes } })
  // 2:30 does not exist on that Sunday: it ends when the clock leaps.
  assert.equal(quietUntil(to(half(2, 30)), at('2026-03-28T23:00:00Z')), at('2026-03-29T01:00:00Z'))
  // 2:30 comes twice: it ends the second time.
  assert.equal(quietUntil(to(half(2, 30)), at('2026-10-24T23:00:00Z')), at('2026-10-25T01:30:00Z'))
})

test('a zone that nobody knows is taken for this device’s own', () => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  const now = at('2026-11-23T22:00:00Z')
  const unknown = quietUntil(berlin({ zone: 'Mars/Base' }), now)
  assert.equal(unknown, quietUntil(berlin({ zone: own }), now))
})

test('the next quiet is this one while it lasts, else the one to come', () => {
  const first = { from: at('2026-11-23T18:30:00Z'), to: at('2026-11-24T06:00:00Z') }
  assert.deepEqual(nextQuiet(berlin(), at('2026-11-23T12:00:00Z')), first)
  assert.deepEqual(nextQuiet(berlin(), at('2026-11-24T05:00:00Z')), first)
  assert.notDeepEqual(nextQuiet(berlin(), at('2026-11-24T06:00:00Z')), first)
})

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Africa/Cairo',
  'UTC',
] as const

const readings = new Map(
  ZONES.map((timeZone) => {
    const format = { dateStyle: 'short', timeStyle: 'short', timeZone } as const
    return [timeZone as string, new Intl.DateTimeFormat('sv', format)]
  }),
)

/** What the clock shows, read in another way: as text that sorts like time. */
function wallAt(zone: string, moment: number): string {
  return readings.get(zone)?.format(moment) ?? ''
}

const NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

function textOf(day: number, minutes: number): string {
  const date = new Date(day + minutes * MINUTE)
  return date.toISOString().slice(0, 16).replace('T', ' ')
}

/** The nights of the days around a moment as texts of a clock: from, to. */
function nightsAsText(
  { zone, school, free }: Quiet,
  moment: number,
): (readonly [string, string])[] {
  const today = Date.parse(`${wallAt(zone, moment).slice(0, 10)}T00:00:00Z`)
  return [-2, -1, 0, 1].flatMap((offset) => {
    const day = today + offset * 24 * HOUR
    const name = NAMES[new Date(day).getUTCDay()] ?? ''
    const span = ['Fri', 'Sat'].includes(name) ? free : school
    if (!span || span.from === span.to) return []
    const from = span.from < 720 ? span.from + 1440 : span.from
    const to = span.to < span.from ? from - span.from + span.to + 1440 : from - span.from + span.to
    return [[textOf(day, from), textOf(day, to)] as const]
  })
}

/** Minute by minute: a night has begun once its start was reached, and ended once none is before it. */
function slowly(quiet: Quiet, moment: number): boolean {
  const minute = Math.floor(moment / MINUTE) * MINUTE
  const around = (from: number, to: number): string[] =>
    Array.from({ length: (to - from) / MINUTE + 1 }, (_, index) =>
      wallAt(quiet.zone, minute + from + index * MINUTE),
    )
  const [before, after] = [around(-3 * HOUR, 0), around(0, 3 * HOUR)]
  return nightsAsText(quiet, moment).some(
    ([from, to]) => before.some((wall) => wall >= from) && after.some((wall) => wall < to),
  )
}

const minutes = integer({ min: 0, max: 1439 })
const span = record({ from: minutes, to: minutes })
/** Days at which some of the zones put their clocks forward or back, and others. */
const CHANGES = '2026-03-08 2026-03-29 2026-04-05 2026-04-24 2026-09-06 2026-09-27 2026-10-04'
const OTHERS = '2026-10-25 2026-10-30 2026-11-01 2026-06-17 2026-12-31'
const times = record({
  day: constantFrom(...`${CHANGES} ${OTHERS}`.split(' ')),
  offset: integer({ min: -1440, max: 2880 }),
}).map(({ day, offset }) => at(`${day}T00:00:00Z`) + offset * MINUTE)
const zone = constantFrom(...ZONES)
const quiets = record({
  zone,
  school: option(span, { nil: undefined }),
  free: option(span, { nil: undefined }),
}).map((all): Quiet => ({
  zone: all.zone,
  ...(all.school && { school: all.school }),
  ...(all.free && { free: all.free }),
}))

test('agrees with a clock that is read minute by minute', () => {
  hold(
    property(quiets, times, (quiet, now) => {
      assert.equal(isQuiet(quiet, now), slowly(quiet, now))
    }),
    { numRuns: 300 },
  )
})

test('the end of a quiet time is not quiet, and the minute before it is', () => {
  hold(
    property(quiets, times, (quiet, now) => {
      const end = quietUntil(quiet, now)
      if (end === undefined) return
      assert.equal(isQuiet(quiet, end), false)
      assert.equal(isQuiet(quiet, end - MINUTE), true)
    }),
  )
})
