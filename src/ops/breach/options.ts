import { UsageError } from '../../protocol/usage.ts'
import { MOST_SOURCE } from '../../server/breaches/breaches.ts'
import type { Config } from '../../server/platform/config.ts'
import { configBy, readFlags, SETTINGS } from '../command.ts'

export type Options = {
  readonly paths: readonly string[]
  readonly source: string
  readonly foundAt: Date
  readonly isJson: boolean
  readonly config: Config
}

const FLAGS = {
  ...SETTINGS,
  source: { type: 'string' },
  found: { type: 'string' },
  vault: { type: 'string' },
  json: { type: 'boolean' },
} as const

const DAY_MS = 86_400_000

/** Throws UsageError, with the usage where nothing better can be said. */
export function readOptions(args: string[], usage: string): Options {
  const config = { args, allowPositionals: true, options: FLAGS } as const
  const { values, positionals } = readFlags(usage, config)
  const { json = false, source, found, ...settings } = values
  if (positionals.length === 0 || source === undefined) throw new UsageError(usage)
  const foundAt = readDay(found, Date.now())
  const about = { source: readSource(source), foundAt }
  return { paths: positionals, ...about, isJson: json, config: configBy(settings) }
}

/** Owners read it, in a mail and in the app: one line of letters. */
function readSource(text: string): string {
  const source = text.trim()
  if (/^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(source) && source.length <= MOST_SOURCE) return source
  throw new UsageError(`--source takes a name of at most ${MOST_SOURCE} letters in one line`)
}

/**
 * The last moment of a day (UTC), or now if that is still to come: a password that was chosen on the
 * day itself counts as older than the breach.
 */
export function readDay(text: string | undefined, now: number): Date {
  if (text === undefined) return new Date(now)
  const start = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : Number.NaN
  const isDay = Number.isFinite(start) && new Date(start).toISOString().startsWith(text)
  if (!isDay || start > now)
    throw new UsageError('--found takes a day that was, such as 2017-02-28')
  return new Date(Math.min(start + DAY_MS - 1, now))
}
