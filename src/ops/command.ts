import { parseArgs, type ParseArgsConfig } from 'node:util'
import { UsageError } from '../protocol/usage.ts'
import { type Config, readConfig } from '../server/platform/config.ts'
import { StartError } from '../server/platform/start-error.ts'

/** What the operator's commands have in common: how they read their flags, and how they fail. */

/** Settings of `pawpost serve` that hold for a command on its data folder, too. */
export const SETTINGS = {
  data: { type: 'string' },
  'postgres-bin': { type: 'string' },
  log: { type: 'string' },
} as const

/** Node's `parseArgs`. Throws UsageError with `usage` for flags that there are not. */
export function readFlags<T extends ParseArgsConfig>(
  usage: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch (error) {
    throw new UsageError(usage, { cause: error })
  }
}

/** The server's configuration by {@link SETTINGS}; what it logs is not for whoever watches. */
export function configBy(settings: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.entries(settings).filter((entry) => entry[1] !== undefined)
  const flags = given.flatMap(([name, value = '']) => [`--${name}`, value])
  return readConfig(flags, { PAWPOST_LOG: 'warn', ...process.env })
}

/** Does a command's work; what keeps it from working is said, and makes the exit code 1. */
export async function orSayWhy(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
