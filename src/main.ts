import { errorLine } from './cli/error-line.ts'
import { PawpostError } from './protocol/errors.ts'
import { UsageError } from './protocol/usage.ts'

type Command = {
  readonly says: string
  /** It goes on until it is asked to stop; the others end by themselves, or at once. */
  readonly lasts?: true
  readonly run: (args: string[], signal: AbortSignal) => Promise<void>
}

/**
 * `pawpost COMMAND …`: the commands by their first words. Each loads what it needs and no more:
 * sending a message does not wait for a web server to be read.
 */
const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    says: 'run the server',
    lasts: true,
    run: async (args, signal) => (await import('./ops/serve.ts')).serve(args, signal),
  },
  client: {
    says: 'be a member of a family on the command line',
    run: async (args) => (await import('./cli/client/client.ts')).client(args),
  },
  'toy virtual': {
    says: 'start a virtual CloudPets toy',
    lasts: true,
    run: async (args, signal) => (await import('./cli/toy-virtual.ts')).toyVirtual(args, signal),
  },
  'log explain': {
    says: 'say what each link of a family log did',
    run: async (args) => (await import('./cli/log-explain.ts')).logExplain(args),
  },
  'pwned build': {
    says: 'make a filter of breached passwords',
    lasts: true,
    run: async (args, signal) => (await import('./ops/pwned/build.ts')).pwnedBuild(args, signal),
  },
  'pwned check': {
    says: 'say whether a password was breached',
    run: async (args) => (await import('./ops/pwned/check.ts')).pwnedCheck(args),
  },
  'pwned serve': {
    says: 'serve lists of breached passwords',
    lasts: true,
    run: async (args, signal) => (await import('./ops/pwned/serve.ts')).pwnedServe(args, signal),
  },
  'import cloudpets': {
    says: 'bring accounts over from a CloudPets database',
    lasts: true,
    run: async (args, signal) =>
      (await import('./ops/import/import.ts')).importCloudpets(args, signal),
  },
  'breach import': {
    says: 'tell those whose address was stolen elsewhere',
    lasts: true,
    run: async (args, signal) =>
      (await import('./ops/breach/import.ts')).breachImport(args, signal),
  },
  'sessions end': {
    says: 'sign out one account, or everybody',
    lasts: true,
    run: async (args) => (await import('./ops/sessions/end.ts')).sessionsEnd(args),
  },
  'vault serve': {
    says: "run the vault of a server's keys in a process of its own",
    lasts: true,
    run: async (args, signal) => (await import('./ops/vault/serve.ts')).vaultServe(args, signal),
  },
  'vault rotate': {
    says: 'replace every key of the vault while the server runs',
    lasts: true,
    run: async (args, signal) => (await import('./ops/vault/rotate.ts')).vaultRotate(args, signal),
  },
  firewall: {
    says: "print the firewall's rules for a host of one zone",
    run: async (args) => (await import('./ops/network/firewall.ts')).firewall(args),
  },
  systemd: {
    says: 'print units that run server, vault and firewall',
    run: async (args) => (await import('./ops/network/systemd.ts')).systemd(args),
  },
  compose: {
    says: 'print the zones as networks of containers',
    run: async (args) => (await import('./ops/network/compose.ts')).compose(args),
  },
  codec: {
    says: "convert between WAV and the toy's sound files",
    run: async (args) => (await import('./cli/codec.ts')).codec(args),
  },
}

const USAGE = `usage: pawpost COMMAND [OPTIONS]\n\n${Object.entries(COMMANDS)
  .map(([name, { says }]) => `  ${name.padEnd(16)}  ${says}`)
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
