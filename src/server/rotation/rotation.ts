import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../platform/clock.ts'
import { connect } from '../platform/database.ts'
import type { Log } from '../platform/log.ts'
import type { Login } from '../platform/postgres/postgres.ts'
import type { Vault } from '../vault/vault.ts'
import { accountShelf } from './accounts.ts'
import { noticeShelf } from './notices.ts'
import {
  endProgress,
  type Progress,
  readProgress,
  type ShelfName,
  SHELVES,
  writeProgress,
} from './progress.ts'
import type { Shelf, ShelfParts } from './shelf.ts'
import { householdShelf } from './wraps.ts'

export type RotationParts = {
  readonly data: string
  /** One that may become the owner of the tables. */
  readonly login: Login
  readonly vault: Vault
  readonly clock: Clock
  readonly log: Log
  /** How long older keys stay after everything was sealed anew. */
  readonly graceMs?: number
}

/**
 * Longer than any request may take: what one of them sealed before its key was replaced, and stores
 * after its row was gone through, is found in the second pass.
 */
const GRACE_MS = 120_000
const LOOK_MS = 1000
/** After a failure, such as a vault that is away. */
const RETRY_MS = 10_000

/**
 * Carries out a rotation that was asked for, from where an earlier process was cut off: the vault
 * gets newer keys, every row is sealed anew, and when no request can know the older keys any more,
 * every row is looked at again and they are destroyed. Every step may be repeated. Nothing stops
 * meanwhile: newest keys seal, all keys open.
 */
export async function rotate(parts: RotationParts, signal: AbortSignal): Promise<void> {
  const { data, login, vault, log } = parts
  let progress = await readProgress(data)
  if (!progress) return
  const client = await connect(login, log)
  try {
    await client.query('SET ROLE pawpost_owner')
    if (progress.phase === 'asked') {
      const indexKv = await vault.beginRotation()
      progress = await keep(data, { ...progress, phase: 'sealing', indexKv })
      log.info({ indexKv }, 'a rotation of the keys began')
    }
    const shelves = { client, vault, log, indexKv: progress.indexKv }
    if (progress.phase === 'sealing') {
      await goThrough(parts, shelves, progress, signal)
      const sealedAt = parts.clock.now()
      const again = { phase: 'retiring', shelf: SHELVES[0], after: '', sealedAt } as const
      progress = await keep(data, { ...progress, ...again })
    }
    await waitOut(parts, progress, signal)
    await goThrough(parts, shelves, progress, signal)
    await vault.endRotation()
    await endProgress(data)
    log.info({ indexKv: progress.indexKv }, 'a rotation of the keys ended')
  } finally {
    await client.end()
  }
}

/** Carries out every rotation that is asked for while the server runs. */
export function watchRotation(parts: RotationParts): AsyncDisposable {
  const stopping = new AbortController()
  const { signal } = stopping
  const watch = async (): Promise<void> => {
    while (!signal.aborted) {
      const pause = await rotate(parts, signal).then(
        () => LOOK_MS,
        (error: unknown) => {
          if (!signal.aborted) parts.log.error({ err: error }, 'a rotation of the keys was cut off')
          return RETRY_MS
        },
      )
      await sleep(pause, undefined, { signal }).catch(() => undefined)
    }
  }
  const watching = watch()
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await watching
    },
  }
}

/** One pass over everything that is sealed, from where the progress stands. */
async function goThrough(
  { data }: RotationParts,
  parts: ShelfParts,
  from: Progress,
  signal: AbortSignal,
): Promise<void> {
  let progress = from
  for (const name of SHELVES.slice(SHELVES.indexOf(from.shelf))) {
    const shelf = shelfOf(name, parts)
    if (name !== progress.shelf)
      progress = await keep(data, { ...progress, shelf: name, after: '' })
    for (;;) {
      signal.throwIfAborted()
      const ids = await shelf.next(progress.after)
      const last = ids.at(-1)
      if (last === undefined) break
      await settle(shelf, progress.phase, ids)
      progress = await keep(data, { ...progress, after: last })
    }
  }
}

function shelfOf(name: ShelfName, parts: ShelfParts): Shelf {
  if (name === 'households') return householdShelf(parts)
  return name === 'notices' ? noticeShelf(parts) : accountShelf(name, parts)
}

async function settle(
  shelf: Shelf,
  phase: Progress['phase'],
  ids: readonly string[],
): Promise<void> {
  if (phase === 'sealing') {
    await shelf.renew(ids)
    await shelf.reseal(ids)
    return
  }
  // What somebody changed under our hands is looked at again.
  while ((await shelf.reseal(ids)) > 0);
  await shelf.retire(ids)
}

/** Counts from now where the clock was put back meanwhile: it may have been wrong by months. */
async function waitOut(
  { clock, graceMs = GRACE_MS }: RotationParts,
  { sealedAt }: Progress,
  signal: AbortSignal,
): Promise<void> {
  let since = Math.min(sealedAt, clock.now())
  while (clock.now() < since + graceMs) {
    await sleep(Math.min(since + graceMs - clock.now(), LOOK_MS), undefined, { signal })
    since = Math.min(since, clock.now())
  }
}

async function keep(data: string, progress: Progress): Promise<Progress> {
  await writeProgress(data, progress)
  return progress
}
