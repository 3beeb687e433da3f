import { text } from 'node:stream/consumers'
import { COMMON_FILTER, isBreached, isCommon } from '../../server/passwords/breached/breached.ts'
import { openFilter } from '../../server/passwords/breached/filter.ts'
import { readFlags } from '../command.ts'

const USAGE = `pawpost pwned check [--filter FILE] [--confirm SORTED] [--json]

Reads a password from standard input (one line) and prints {"breached":true} or {"breached":false}.
Nothing leaves this machine.

  --filter   a filter made by pawpost pwned build; without it the one that comes with Pawpost
  --confirm  a sorted list of the same hashes, so that there is no false alarm
`

/** `pawpost pwned check`. Throws UsageError on wrong usage. */
export async function pwnedCheck(args: string[]): Promise<void> {
  if (args.includes('--help')) return console.log(USAGE)
  const { filter: path, confirm } = readOptions(args)
  await using filter = await openFilter(path ?? COMMON_FILTER, { confirm })
  const password = await readPassword()
  const asked = path === undefined ? isCommon : isBreached
  console.log(JSON.stringify({ breached: await asked(filter, password) }))
}

function readOptions(args: string[]): { filter?: string; confirm?: string } {
  const options = {
    filter: { type: 'string' },
    confirm: { type: 'string' },
    // There is no other form; the flag is taken so that scripts can say what they rely on.
    json: { type: 'boolean' },
  } as const
  return readFlags(USAGE, { args, options }).values
}

async function readPassword(): Promise<string> {
  const [line = ''] = (await text(process.stdin)).split('\n', 1)
  return line.replace(/\r$/, '')
}
