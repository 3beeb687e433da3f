import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import { checked, fromCbor } from '../../../protocol/cbor.ts'
import { PawpostError } from '../../../protocol/errors.ts'
import { StartError } from '../../platform/start-error.ts'
import type { Vault } from '../vault.ts'
import { answer, CALL_NAMES, CALLS, plain, type CallName } from './calls.ts'
import { frameOf, framesOf } from './frames.ts'

/** A vault in another process. */
export type RemoteVault = Vault & AsyncDisposable

/** A line to the vault. It is of no use any more when it broke once. */
type Line = {
  /** Rejects with `busy` (`vault-away`) when the line breaks. */
  ask(call: CallName, args: readonly unknown[]): Promise<unknown>
  end(): void
}

type Waiting = PromiseWithResolvers<unknown>

/** As long as an HTTP request may take. */
const PATIENCE_MS = 30_000

/**
 * The vault that `pawpost vault serve` runs behind a socket. It is called when it is needed: while
 * it is away, calls are refused with `busy` (`vault-away`, `vault-slow`), and go through as soon as
 * it is back. A call that was cut off may have been carried out; each of them may be repeated.
 */
export function connectVault(path: string, patienceMs = PATIENCE_MS): RemoteVault {
  let current: Promise<Line> | undefined

  function reach(): Promise<Line> {
    current ??= openLine(path, patienceMs, () => (current = undefined))
    return current
  }

  async function call(name: CallName, args: readonly unknown[]): Promise<unknown> {
    const value = await (await reach()).ask(name, plain(args))
    return checked<z.ZodType>(value, CALLS[name].gives, 'internal', 'vault-answer')
  }

  const door = Object.fromEntries(
    CALL_NAMES.map((name) => [name, (...args: unknown[]) => call(name, args)]),
  ) as unknown as Vault
  return {
    ...door,
    async [Symbol.asyncDispose]() {
      const line = await current?.catch(() => undefined)
      line?.end()
    },
  }
}

/** Waits until a vault answers. Throws StartError when it does not within `ms`. */
export async function awaitVault(vault: Vault, path: string, ms = 10_000): Promise<void> {
  for (const until = Date.now() + ms; ; await sleep(100)) {
    try {
      await vault.newAccountIds(1)
      return
    } catch (error) {
      if (Date.now() < until) continue
      const advice = 'Start it with "pawpost vault serve", and see that this user may open it.'
      throw new StartError(`No vault answers at ${path}. ${advice}`, { cause: error })
    }
  }
}

async function openLine(path: string, patienceMs: number, onBroken: () => void): Promise<Line> {
  const waiting = new Map<number, Waiting>()
  const socket = connect(path)
  const opened = Promise.withResolvers<void>()
  socket.once('connect', () => opened.resolve())
  socket.on('error', () => undefined)
  socket.once('close', () => {
    onBroken()
    opened.reject(away())
    for (const { reject } of waiting.values()) reject(away())
    waiting.clear()
  })
  await opened.promise
  void hear(socket, waiting)
  let last = 0
  return {
    ask(call, args) {
      const id = (last += 1)
      const asked = Promise.withResolvers<unknown>()
      if (socket.destroyed) return Promise.reject(away())
      // Made first: what cannot be said is an error of the caller, and nobody waits for it.
      const frame = frameOf({ id, call, args })
      const late = setTimeout(
        () => asked.reject(new PawpostError('busy', 'vault-slow')),
        patienceMs,
      )
      waiting.set(id, asked)
      socket.write(frame)
      return asked.promise.finally(() => {
        clearTimeout(late)
        waiting.delete(id)
      })
    },
    end: () => void socket.destroy(),
  }
}

function away(): PawpostError {
  return new PawpostError('busy', 'vault-away')
}

/** A vault that says what cannot be understood is hung up on, and called again. */
async function hear(socket: Socket, waiting: ReadonlyMap<number, Waiting>): Promise<void> {
  try {
    for await (const frame of framesOf(socket)) {
      const said = fromCbor(frame, answer, 'internal', 'vault-answer')
      const asked = waiting.get(said.id)
      if ('code' in said) asked?.reject(new PawpostError(said.code, said.reason ?? undefined))
      else asked?.resolve(said.value)
    }
  } catch {
    // What waits is refused when the socket is closed.
  } finally {
    socket.destroy()
  }
}
