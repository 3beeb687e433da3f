import type { QuietHours } from './notice-words.ts'

/** Whether a moment lies in quiet hours, which may go past midnight. Its end is not quiet any more. */
export function isQuiet(quiet: QuietHours | undefined, now: Date): boolean {
  if (!quiet) return false
  const [at, from, to] = [
    now.getHours() * 60 + now.getMinutes(),
    minutesOf(quiet.from),
    minutesOf(quiet.to),
  ]
  return from <= to ? from <= at && at < to : from <= at || at < to
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
