import { join, resolve } from 'node:path'
import { UsageError } from '../../protocol/usage.ts'
import { aborted } from '../../server/platform/http/events.ts'
import { createLog } from '../../server/platform/log.ts'
import { openHere } from '../../server/vault/process/choose.ts'
import { serveVault } from '../../server/vault/process/serve.ts'
import { orSayWhy, readFlags } from '../command.ts'

const USAGE = `pawpost vault serve --data DIR [--socket PATH] [--mode 600|660] [--addresses N]

Runs the vault in a process of its own, for "pawpost serve --vault PATH". It keeps its keys in
DIR/vault. Run it as another user than the server, and let DIR be that user's alone: then whoever
takes over the server has no key, no hash of a password, and few addresses.

  --socket     where the server reaches it; DIR/vault.socket if not given
  --mode       600 lets only this user in, 660 its group as well (600 if not given)
  --addresses  how many e-mail addresses may be opened in an hour (200 if not given)
`

const FLAGS = {
  data: { type: 'string' },
  socket: { type: 'string' },
  mode: { type: 'string' },
  addresses: { type: 'string' },
} as const

type Options = {
  readonly data: string
  readonly socket: string
  readonly mode: number
  readonly addressesPerHour?: number
}

/** `pawpost vault serve`: runs until `signal` aborts. Throws UsageError on wrong usage. */
export async function vaultServe(args: string[], signal: AbortSignal): Promise<void> {
  if (args.includes('--help')) return console.log(USAGE)
  const options = readOptions(args)
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  await orSayWhy(() => run(options, signal))
}

async function run({ data, socket, mode, ...budget }: Options, signal: AbortSignal): Promise<void> {
  const log = createLog('info', process.stderr)
  await using parts = new AsyncDisposableStack()
  const vault = parts.use(await openHere(data, { log, ...budget }))
  parts.use(await serveVault(vault, { path: socket, mode }, log))
  console.log(`The vault is ready at ${socket}`)
  await aborted(signal)
}

function readOptions(args: string[]): Options {
  const {
    data,
    socket,
    mode = '600',
    addresses,
  } = readFlags(USAGE, { args, options: FLAGS }).values
  if (data === undefined || !/^6[06]0$/.test(mode)) throw new UsageError(USAGE)
  if (addresses !== undefined && !/^[1-9]\d{0,6}$/.test(addresses)) throw new UsageError(USAGE)
  return {
    data: resolve(data),
    socket: resolve(socket ?? join(data, 'vault.socket')),
    mode: Number.parseInt(mode, 8),
    ...(addresses !== undefined && { addressesPerHour: Number(addresses) }),
  }
}
