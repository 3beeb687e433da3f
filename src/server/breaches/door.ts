import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { z } from 'zod'
import { toHex } from '../../protocol/bytes.ts'
import { isSystemError } from '../platform/files.ts'
import type { Log } from '../platform/log.ts'
import { StartError } from '../platform/start-error.ts'
import { BATCH, type BreachTarget, MOST_SOURCE } from './breaches.ts'
import { type List, tally, type Tally } from './store.ts'

/**
 * While a server runs, it alone has the vault: whoever brings a list hands it the addresses over a
 * unix socket of the data folder, which belongs to the server's user alone, and hears counts.
 */

const list = z.strictObject({
  file: z.string().regex(/^[0-9a-f]{64}$/),
  source: z.string().min(1).max(MOST_SOURCE),
  foundAt: z.iso.datetime(),
})
const addresses = z.array(z.string().max(254)).max(BATCH)
const asked = z.discriminatedUnion('call', [
  z.strictObject({ call: z.literal('begin'), list }),
  z.strictObject({ call: z.literal('take'), list, addresses, before: tally }),
  z.strictObject({ call: z.literal('end'), list }),
])
type Asked = z.input<typeof asked>
/** Null: nothing is known of the list yet, or nothing is to be said. */
const answer = tally.nullable()

/** Longest path of a Unix socket (sun_path without its final zero). */
const MAX_PATH = 107
/** More than a batch of the longest addresses takes. */
const MAX_BYTES = 1 << 20
/** As long as an HTTP request may take. */
const PATIENCE_MS = 30_000

function pathOf(data: string): string {
  return join(data, 'breaches.socket')
}

/**
 * Opens the door of a data folder. `onFound` hears when somebody is to be told. Where the folder's
 * path is too long for a socket there is no door, and lists are imported while the server is stopped.
 */
export async function serveBreaches(
  data: string,
  target: BreachTarget,
  { log, onFound }: { log: Log; onFound: () => void },
): Promise<AsyncDisposable> {
  const path = pathOf(data)
  if (Buffer.byteLength(path) > MAX_PATH) return { async [Symbol.asyncDispose]() {} }
  await rm(path, { force: true })
  const server = createServer((incoming, response) => {
    void answerTo(target, incoming, response).then((found) => found && onFound(), fail)
    function fail(err: unknown): void {
      log.error({ err }, 'a list of a breach was not taken')
      response.writeHead(500).end()
    }
  })
  const before = process.umask(0o177)
  try {
    server.listen(path)
  } finally {
    process.umask(before)
  }
  await once(server, 'listening')
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** Whether somebody was found. */
async function answerTo(
  target: BreachTarget,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const bytes = Number(incoming.headers['content-length'])
  const known = bytes <= MAX_BYTES ? asked.safeParse(await json(incoming)) : undefined
  if (!known?.success) {
    response.writeHead(400).end()
    return false
  }
  const value = await carryOut(target, known.data)
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value ?? null))
  return known.data.call === 'take' && (value?.found ?? 0) > known.data.before.found
}

function carryOut(
  target: BreachTarget,
  said: z.output<typeof asked>,
): Promise<Tally | undefined | void> {
  const { file, source, foundAt } = said.list
  const of: List = { file: Buffer.from(file, 'hex'), source, foundAt: new Date(foundAt) }
  if (said.call === 'take') return target.take(of, said.addresses, said.before)
  return said.call === 'begin' ? target.begin(of) : target.end(of)
}

/** The door of a server that runs on a data folder; undefined where there is none. */
export async function reachBreaches(data: string): Promise<BreachTarget | undefined> {
  const path = pathOf(data)
  if (!(await isOpen(path))) return undefined
  const call = (said: Asked): Promise<Tally | null> => ask(path, said)
  return {
    begin: async (of) => (await call({ call: 'begin', list: said(of) })) ?? undefined,
    async take(of, some, before) {
      const value = await call({ call: 'take', list: said(of), addresses: [...some], before })
      if (!value) throw silent()
      return value
    },
    end: async (of) => void (await call({ call: 'end', list: said(of) })),
  }
}

function said({ file, source, foundAt }: List): z.input<typeof list> {
  return { file: toHex(file), source, foundAt: foundAt.toISOString() }
}

/** A socket that a killed server left behind does not count. */
async function isOpen(path: string): Promise<boolean> {
  const probe = request({ socketPath: path, method: 'HEAD', timeout: PATIENCE_MS }).end()
  try {
    const [response] = (await once(probe, 'response')) as [IncomingMessage]
    response.resume()
    return true
  } catch (error) {
    const codes = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EINVAL']
    if (codes.some((code) => isSystemError(error, code))) return false
    throw new StartError(`${path} may not be opened.`, { cause: error })
  }
}

async function ask(socketPath: string, said: Asked): Promise<Tally | null> {
  const body = Buffer.from(JSON.stringify(said))
  const headers = { 'content-type': 'application/json', 'content-length': body.length }
  const calling = request({ socketPath, method: 'POST', headers, timeout: PATIENCE_MS })
  calling.once('timeout', () => calling.destroy(new Error('no answer')))
  try {
    calling.end(body)
    const [response] = (await once(calling, 'response')) as [IncomingMessage]
    return answer.parse(await json(response))
  } catch (error) {
    throw silent(error)
  }
}

function silent(cause?: unknown): StartError {
  const says = 'The server does not answer as it should. The same command goes on where it was.'
  return new StartError(says, { cause })
}
