import type { PawpostError } from '../../protocol/errors.ts'
import { UsageError } from '../../protocol/usage.ts'
import { ACCOUNT_COMMANDS } from './account.ts'
import { ARCHIVE_COMMANDS } from './archive.ts'
import { AGREEING_COMMANDS } from './agreeing.ts'
import { CARD_COMMANDS } from './cards.ts'
import { errorLine } from '../error-line.ts'
import { readCall, type ClientCommand } from './command.ts'
import { FAMILY_COMMANDS } from './family.ts'
import { LEAVING_COMMANDS } from './leaving.ts'
import { MESSAGE_COMMANDS } from './messages.ts'
import { PHONE_COMMANDS } from './phones.ts'
import { openProfile } from './profile.ts'
import { readSecrets } from './secrets.ts'

const COMMANDS: Readonly<Record<string, ClientCommand>> = {
  ...ACCOUNT_COMMANDS,
  ...FAMILY_COMMANDS,
  ...CARD_COMMANDS,
  ...MESSAGE_COMMANDS,
  ...LEAVING_COMMANDS,
  ...PHONE_COMMANDS,
  ...AGREEING_COMMANDS,
  ...ARCHIVE_COMMANDS,
}

const USAGE = Object.values(COMMANDS)
  .map(({ usage }) => `pawpost client --profile DIR ${usage}`)
  .join('\n')

/**
 * `pawpost client --profile DIR COMMAND …`: a family member on the command line. Prints one JSON
 * document. Throws UsageError on wrong usage and PawpostError with the reason of a refusal.
 */
export async function client(args: readonly string[]): Promise<void> {
  const { folder, rest } = takeProfile(args)
  const { command, words } = findCommand(rest)
  const call = readCall(command, words)
  using profile = await openProfile(folder, call.options['server'])
  const warn = (error: PawpostError): void => console.error(errorLine(error))
  using secrets = readSecrets()
  const { read: readSecret, isAsking } = secrets
  const result = await command.run(profile.client, { ...call, readSecret, isAsking, warn })
  console.log(JSON.stringify(result))
}

function takeProfile(args: readonly string[]): { folder: string; rest: readonly string[] } {
  const at = args.indexOf('--profile')
  const folder = args[at + 1]
  if (at < 0 || folder === undefined) throw new UsageError(USAGE)
  return {
    folder,
    rest: args.filter((arg, index) => index !== at && index !== at + 1 && arg !== '--json'),
  }
}

function findCommand(rest: readonly string[]): {
  command: ClientCommand
  words: readonly string[]
} {
  for (const length of [2, 1]) {
    const name = rest.slice(0, length).join(' ')
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (command) return { command, words: rest.slice(length) }
  }
  throw new UsageError(USAGE)
}
