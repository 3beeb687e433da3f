import { parseArgs, type ParseArgsConfig } from 'node:util'
import { PawpostError } from '../../protocol/errors.ts'
import { UsageError } from '../../protocol/usage.ts'
import type { Client } from '../../client/client.ts'
import { myEnding } from '../../client/leaving.ts'
import { step } from '../../client/live.ts'
import type { ReadSecret } from './secrets.ts'

/** What a command was called with: its options, its positional words, and a way to read secrets. */
export type Call = {
  readonly options: Readonly<Record<string, string>>
  readonly words: readonly string[]
  readonly readSecret: ReadSecret
  /** Whether somebody sits at a terminal and can be asked again. */
  readonly isAsking: boolean
  readonly warn: (error: PawpostError) => void
}

/** One `pawpost client` command. `run` gives what is printed: one JSON document. */
export type ClientCommand = {
  readonly usage: string
  readonly options: readonly string[]
  /** Options that must be there. */
  readonly needs?: readonly string[]
  readonly words: number
  /** Throws UsageError when a value makes no sense, before anything is opened or asked. */
  readonly check?: (call: Pick<Call, 'options' | 'words'>) => void
  readonly run: (client: Client, call: Call) => Promise<unknown>
}

/** Reads the arguments of a command. Throws UsageError with the command's line. */
export function readCall(
  command: ClientCommand,
  args: readonly string[],
): Pick<Call, 'options' | 'words'> {
  const options: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
    command.options.map((name) => [name, { type: 'string' as const }]),
  )
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true })
    const given = parsed.values as Record<string, string>
    const whole = (command.needs ?? []).every((name) => given[name] !== undefined)
    const call = { options: given, words: parsed.positionals }
    if (whole && parsed.positionals.length === command.words) {
      command.check?.(call)
      return call
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    // Falls through: an unknown option is as wrong as a missing one.
  }
  throw new UsageError(`usage: pawpost client --profile DIR ${command.usage}`)
}

/** A password, as it was typed. */
export async function readPassword({ readSecret }: Pick<Call, 'readSecret'>): Promise<string> {
  return (await readSecret({ says: 'Password' })) ?? ''
}

/** Fetches and sends now; a network that is away is a warning: what is here can still be shown. */
export async function stepOrWarn(client: Client, warn: Call['warn']): Promise<void> {
  await step(client).catch((error: unknown) => {
    if (!(error instanceof PawpostError) || !LATER.includes(error.code)) throw error
    warn(error)
  })
  await warnEnded(client, warn)
}

/** Says that this device was ended, and how: from then on it only shows what it has. */
async function warnEnded(client: Client, warn: Call['warn']): Promise<void> {
  const ending = await myEnding(client)
  if (ending) warn(new PawpostError('device-ended', ending))
}

const LATER: readonly string[] = [
  'offline',
  'timeout',
  'busy',
  'too-many',
  'internal',
  'household-ended',
]

/**
 * Sends now what was put into the outbox. The command has done its work already, so whatever stops
 * the sending is a warning: who reads an error would say it all again, and say it twice.
 */
export async function sendOrWarn(client: Client, warn: Call['warn']): Promise<void> {
  await step(client).catch((error: unknown) => {
    if (!(error instanceof PawpostError)) throw error
    warn(error)
  })
}
