import { accountId, type AccountId } from '../../protocol/ids.ts'
import { UsageError } from '../../protocol/usage.ts'
import type { Config } from '../../server/platform/config.ts'
import { StartError } from '../../server/platform/start-error.ts'
import { endEverySession, endSessionsOf } from '../../server/sessions/ending.ts'
import type { Database } from '../../server/tables.ts'
import { configBy, orSayWhy, readFlags, SETTINGS } from '../command.ts'
import { openBeside } from './database.ts'

const USAGE = `pawpost sessions end ACCOUNT | --all [--data DIR]

Ends the sessions of an account (acc-…), or of everybody, at once: whether the server runs or is
stopped. Whoever was signed in has to sign in again; devices keep their keys. Of one account every
browser is a new one then, which its owner is told by mail, and no device is remembered any more;
with --all they stay known.

  --data  folder of everything the server keeps, as for pawpost serve
`

type Options = {
  /** Undefined: everybody's. */
  readonly account: AccountId | undefined
  readonly config: Config
}

/** `pawpost sessions end`: says how many ended. Throws UsageError on wrong usage. */
export async function sessionsEnd(args: string[]): Promise<void> {
  if (args.includes('--help')) return console.log(USAGE)
  const { account, config } = readOptions(args)
  await orSayWhy(async () => {
    await using database = await openBeside(config)
    console.log(await end(database.db, account))
  })
}

async function end(db: Database, account: AccountId | undefined): Promise<string> {
  if (account === undefined) return `${counted(await endEverySession(db))} ended.`
  const ended = await endSessionsOf(db, account)
  if (ended === undefined) throw new StartError(`There is no ${account} here.`)
  return `${counted(ended)} of ${account} ended.`
}

function counted(sessions: number): string {
  return sessions === 1 ? '1 session' : `${sessions.toLocaleString('en')} sessions`
}

function readOptions(args: string[]): Options {
  const options = { ...SETTINGS, all: { type: 'boolean' } } as const
  const { values, positionals } = readFlags(USAGE, { args, options, allowPositionals: true })
  const { all = false, ...settings } = values
  const [named, ...more] = positionals
  const isOne = all ? named === undefined : named !== undefined && accountId.is(named)
  if (!isOne || more.length > 0) throw new UsageError(USAGE)
  const account = all ? undefined : accountId.schema.parse(named)
  return { account, config: configBy(settings) }
}
