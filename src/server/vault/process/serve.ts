import { once } from 'node:events'
import { lstat, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { checked, fromCbor } from '../../../protocol/cbor.ts'
import { PawpostError } from '../../../protocol/errors.ts'
import { isSystemError } from '../../platform/files.ts'
import type { Log } from '../../platform/log.ts'
import { StartError } from '../../platform/start-error.ts'
import type { Vault } from '../vault.ts'
import { CALLS, plain, request, type CallName } from './calls.ts'
import { frameOf, framesOf } from './frames.ts'

export type VaultSocket = {
  readonly path: string
  /** 0o600 for our own user alone, 0o660 for the group as well. */
  readonly mode: number
}

/** A server process needs one. */
const MAX_CONNECTIONS = 16
/** Calls of one connection under way; beyond, they are told to come back. */
const MAX_CALLS = 1024

/**
 * Lets other processes through the vault's door, over a unix socket. Who may open the socket may
 * call; there is nothing else to ask for. The caller holds the lock of the vault's folder: a socket
 * that lies there already is a dead one's. Throws StartError where something else is in its place.
 */
export async function serveVault(
  vault: Vault,
  { path, mode }: VaultSocket,
  log: Log,
): Promise<AsyncDisposable> {
  await removeOld(path)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    void converse(vault, socket, log)
  })
  server.maxConnections = MAX_CONNECTIONS
  await listen(server, path, mode)
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

async function removeOld(path: string): Promise<void> {
  try {
    if (!(await lstat(path)).isSocket()) throw new StartError(`${path} is there and is no socket.`)
    await rm(path)
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error
  }
}

/** The socket is made with its mode: there is no moment in which others may open it. */
async function listen(server: Server, path: string, mode: number): Promise<void> {
  const before = process.umask(0o777 & ~mode)
  try {
    server.listen(path)
  } finally {
    process.umask(before)
  }
  try {
    await once(server, 'listening')
  } catch (error) {
    const code = isSystemError(error, 'EACCES') ? 'may not be made' : 'cannot be made'
    throw new StartError(`The socket ${path} ${code}.`, { cause: error })
  }
}

/** Whoever breaks the rules of the conversation is not talked to any more. */
async function converse(vault: Vault, socket: Socket, log: Log): Promise<void> {
  let calls = 0
  socket.on('error', () => undefined)
  try {
    for await (const frame of framesOf(socket)) {
      const { id, call, args } = fromCbor(frame, request, 'bad-request', 'vault-call')
      const known = checked(args, CALLS[call].takes, 'bad-request', `vault-${call}`)
      if (calls >= MAX_CALLS) {
        socket.write(refusal(id, new PawpostError('busy', 'vault-calls'), log))
        continue
      }
      calls += 1
      void answerTo({ vault, log }, { id, call, args: known }).then((bytes) => {
        calls -= 1
        socket.write(bytes)
      })
    }
  } catch (error) {
    if (error instanceof PawpostError)
      log.error({ err: error }, 'a caller of the vault went astray')
  } finally {
    socket.destroy()
  }
}

type Asked = { readonly id: number; readonly call: CallName; readonly args: readonly unknown[] }

async function answerTo(
  { vault, log }: { vault: Vault; log: Log },
  { id, call, args }: Asked,
): Promise<Uint8Array> {
  try {
    const made = vault[call] as (...args: readonly unknown[]) => Promise<unknown>
    const value = await made(...args)
    return frameOf({ id, value: Array.isArray(value) ? plain(value) : (value ?? null) })
  } catch (error) {
    return refusal(id, error, log)
  }
}

function refusal(id: number, error: unknown, log: Log): Uint8Array {
  if (error instanceof PawpostError) {
    return frameOf({ id, code: error.code, reason: error.reason ?? null })
  }
  log.error({ err: error }, 'a call of the vault failed')
  return frameOf({ id, code: 'internal', reason: null })
}
