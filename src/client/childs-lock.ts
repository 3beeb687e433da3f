import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { ascii, sameBytes } from '../protocol/bytes.ts'
import { bytes } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import { childId, type ChildId } from '../protocol/ids.ts'
import { children } from './children.ts'
import type { Client } from './client.ts'
import { myRole } from './family.ts'

/**
 * The lock between the child's screen and the adults' app, kept on this device. It holds a small child
 * off, by chance and by trying; it is no boundary against another adult (docs/limits.md).
 */
const LOCK = 'child/lock'
const CODE = 'child/code'

const lock = z.strictObject({
  child: childId.schema,
  /** The four digits to type, which the screen asks for in words; a new number after each try. */
  asked: z.string(),
  wrong: z.int().min(0),
  /** Before this moment no try counts. */
  until: z.int().min(0),
})
const code = z.strictObject({ salt: bytes(16), hash: bytes(32) })

/** What the gate asks an adult for, and how long it does not listen. */
export type Gate = {
  /** The guardian's own code, or the number that is shown in words. */
  readonly asks: { readonly kind: 'code' } | { readonly kind: 'words'; readonly digits: string }
  readonly waitMs: number
}

/** Tries in a row that cost nothing; each later one doubles the wait, up to the longest. */
const FREE_TRIES = 3
const FIRST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 5 * 60_000

/** Four digits, and nothing else. */
export function isCode(typed: string): boolean {
  return /^\d{4}$/.test(typed)
}

/**
 * Locks this device to a child's screen. A guardian's to do: throws `device-refused` for others, and
 * `not-found` for a child that the family does not have.
 */
export async function handOver(client: Client, child: ChildId): Promise<void> {
  if ((await myRole(client)) !== 'guardian') throw new PawpostError('device-refused')
  if (!(await children(client)).some(({ id }) => id === child)) throw new PawpostError('not-found')
  await client.store.write([{ key: LOCK, value: { child, ...fresh() } }])
}

/** In which child's hands this device is; a device that is no guardian's has nothing to show. */
export async function inHandsOf(client: Client): Promise<ChildId | undefined> {
  const now = await client.store.get(LOCK, lock)
  if (!now || (await myRole(client)) !== 'guardian') return undefined
  return now.child
}

/** Sets the guardian's own code, or takes it away. Throws `bad-request` unless it is four digits. */
export async function setCode(client: Client, typed: string | undefined): Promise<void> {
  if (typed === undefined) return client.store.write([{ key: CODE, value: undefined }])
  if (!isCode(typed)) throw new PawpostError('bad-request', 'code')
  const salt = crypto.getRandomValues(new Uint8Array(16))
  await client.store.write([{ key: CODE, value: { salt, hash: hashOf(salt, typed) } }])
}

/** Whether a guardian set a code of their own. */
export async function hasCode(client: Client): Promise<boolean> {
  return (await client.store.get(CODE, code)) !== undefined
}

/** What the gate asks for now. */
export async function gate(client: Client): Promise<Gate> {
  const now = (await client.store.get(LOCK, lock)) ?? fresh()
  const asks = (await hasCode(client))
    ? ({ kind: 'code' } as const)
    : ({ kind: 'words', digits: now.asked } as const)
  return { asks, waitMs: waitLeft(client, now.until) }
}

/**
 * Tries to leave the child's screen. Wrong ones are counted on the device, over restarts too: after
 * three, nothing typed counts for a while, whether it would be right or not.
 */
export async function leave(client: Client, typed: string): Promise<'open' | 'wrong' | 'wait'> {
  const now = await client.store.get(LOCK, lock)
  if (!now) return 'open'
  if (waitLeft(client, now.until) > 0) return 'wait'
  if (await isRight(client, now.asked, typed)) {
    await openLock(client)
    return 'open'
  }
  const wrong = now.wrong + 1
  const until = client.now() + waitAfter(wrong)
  await client.store.write([{ key: LOCK, value: { ...now, ...fresh(), wrong, until } }])
  return 'wrong'
}

/** A clock that was put back must not lock anybody out for longer than the longest wait. */
function waitLeft(client: Client, until: number): number {
  const left = until - client.now()
  return left > 0 && left <= LONGEST_WAIT_MS ? left : 0
}

/** Opens the lock without the code: for who proved in another way that they are the adult. */
export async function openLock(client: Client): Promise<void> {
  await client.store.write([{ key: LOCK, value: undefined }])
}

/** How long nothing counts after so many wrong tries. */
export function waitAfter(wrong: number): number {
  if (wrong < FREE_TRIES) return 0
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (wrong - FREE_TRIES))
}

async function isRight(client: Client, asked: string, typed: string): Promise<boolean> {
  if (!isCode(typed)) return false
  const own = await client.store.get(CODE, code)
  return own ? sameBytes(hashOf(own.salt, typed), own.hash) : typed === asked
}

function hashOf(salt: Uint8Array, typed: string): Uint8Array {
  return sha256(Uint8Array.of(...salt, ...ascii(typed)))
}

/** A number that was never asked before. No digit twice: each is read off once. */
function fresh(): Omit<z.infer<typeof lock>, 'child'> {
  const digits = Array.from({ length: 10 }, (_, digit) => String(digit))
  const order = crypto.getRandomValues(new Uint32Array(10))
  const asked = digits.toSorted((a, b) => (order[Number(a)] ?? 0) - (order[Number(b)] ?? 0))
  return { asked: asked.slice(0, 4).join(''), wrong: 0, until: 0 }
}
