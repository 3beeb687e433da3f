import type { Client } from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from './database.ts'
import type { Log } from './log.ts'
import type { Login } from './postgres/postgres.ts'

export type Listening = {
  /** A lower-case name of letters and underscores. */
  readonly channel: string
  /** What `NOTIFY channel, 'payload'` said: a hint, at most once, without content. */
  readonly onNotice: (payload: string) => void
  /** The connection is new (the first time, too): notices may have been missed, look again. */
  readonly onConnect: () => void
}

/** Listens for PostgreSQL's notifications, through any number of lost connections. */
export function listen(login: Login, listening: Listening, log: Log): AsyncDisposable {
  const stopping = new AbortController()
  const running = keepListening(login, listening, { log, signal: stopping.signal })
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await running
    },
  }
}

async function keepListening(
  login: Login,
  listening: Listening,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<void> {
  for (let failures = 0; !signal.aborted;) {
    try {
      await listenOnce(await connect(login, log), listening, signal)
      failures = 0
    } catch (error) {
      failures += 1
      log.warn({ err: error, failures }, 'the notifications of the database are interrupted')
    }
    await pause(Math.min(50 * 2 ** failures, 5000), signal)
  }
}

/** Returns when the connection ended. */
async function listenOnce(
  client: Client,
  { channel, onNotice, onConnect }: Listening,
  signal: AbortSignal,
): Promise<void> {
  const ended = new Promise<void>((resolve) => client.once('end', () => resolve()))
  const stop = (): void => void client.end().catch(() => {})
  signal.addEventListener('abort', stop, { once: true })
  client.on('notification', ({ payload }) => onNotice(payload ?? ''))
  try {
    if (signal.aborted) return stop()
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`)
    onConnect()
    await ended
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {})
}
