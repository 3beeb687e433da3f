import { client, errorLine } from './cli/client/client.ts'
import { codec } from './cli/codec.ts'
import { logExplain } from './cli/log-explain.ts'
import { toyVirtual } from './cli/toy-virtual.ts'
import { pwnedBuild } from './ops/pwned/build.ts'
import { pwnedCheck } from './ops/pwned/check.ts'
import { pwnedServe } from './ops/pwned/serve.ts'
import { serve } from './ops/serve.ts'
import { PawpostError } from './protocol/errors.ts'
import { UsageError } from './protocol/usage.ts'

type Command = {
  readonly says: string
  /** It goes on until it is asked to stop; the others end by themselves, or at once. */
  readonly lasts?: true
  readonly run: (args: string[], signal: AbortSignal) => Promise<void>
}

/** `pawpost COMMAND …`: the commands by their first words. */
const COMMANDS: Readonly<Record<string, Command>> = {
  serve: { says: 'run the server', lasts: true, run: serve },
  client: { says: 'be a member of a family on the command line', run: client },
  'toy virtual': { says: 'start a virtual CloudPets toy', lasts: true, run: toyVirtual },
  'log explain': { says: 'say what each link of a family log did', run: logExplain },
  'pwned build': {
    says: 'make a filter of breached passwords',
    lasts: true,
    run: pwnedBuild,
  },
  'pwned check': { says: 'say whether a password was breached', run: pwnedCheck },
  'pwned serve': { says: 'serve lists of breached passwords', lasts: true, run: pwnedServe },
  codec: { says: "convert between WAV and the toy's sound files", run: codec },
}

const USAGE = `usage: pawpost COMMAND [OPTIONS]\n\n${Object.entries(COMMANDS)
  .map(([name, { says }]) => `  ${name.padEnd(12)}  ${says}`)
  .join('\n')}`

async function main(args: string[]): Promise<void> {
  if (args[0] === '--help' || args[0] === 'help') return console.log(USAGE)
  for (const length of [2, 1]) {
    const name = args.slice(0, length).join(' ')
    if (!Object.hasOwn(COMMANDS, name)) continue
    const command = COMMANDS[name]
    const signal = command?.lasts ? untilStopped() : new AbortController().signal
    return command?.run(args.slice(length), signal)
  }
  throw new UsageError(USAGE)
}

/**
 * Aborted by the signals that ask a process to stop. Ctrl-C reaches launcher and program, and the
 * launcher passes it on: whoever comes second must not end a clean shutdown half way.
 */
function untilStopped(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => controller.abort())
  }
  return controller.signal
}

/** The one place where an error becomes an exit code: 2 for wrong usage, 1 for everything else. */
function report(error: unknown): void {
  if (error instanceof UsageError) {
    console.error(error.message)
    process.exitCode = 2
    return
  }
  const file = (error as NodeJS.ErrnoException).code
  const known = error instanceof PawpostError ? error : new PawpostError('internal', file)
  console.error(errorLine(known))
  if (process.env['PAWPOST_DEBUG']) console.error(error)
  process.exitCode = 1
}

await main(process.argv.slice(2)).catch(report)
