import { chown, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readIfPresent, syncFolder, writeDurably } from '../platform/files.ts'

/** What is gone through, one after the other, in each of the two passes. */
export const SHELVES = ['accounts', 'sign_ups', 'households', 'notices'] as const
export type ShelfName = (typeof SHELVES)[number]

const progress = z.strictObject({
  v: z.literal(1),
  /** Asked for; sealing rows anew under newer keys; destroying the older ones. */
  phase: z.enum(['asked', 'sealing', 'retiring']),
  shelf: z.enum(SHELVES),
  /** The last id of the shelf that is done; empty at its beginning. */
  after: z.string(),
  /** Version of the newest index key. */
  indexKv: z.int().min(0),
  /** When everything was sealed anew, in milliseconds since 1970. */
  sealedAt: z.int().min(0),
})

/** How far a rotation of the vault's keys has come. Values are never changed, only replaced. */
export type Progress = z.output<typeof progress>

export const ASKED: Progress = {
  v: 1,
  phase: 'asked',
  shelf: SHELVES[0],
  after: '',
  indexKv: 0,
  sealedAt: 0,
}

/** Undefined while no rotation is asked for. */
export async function readProgress(data: string): Promise<Progress | undefined> {
  const text = await readIfPresent(pathOf(data))
  return text === undefined ? undefined : progress.parse(JSON.parse(text))
}

export async function writeProgress(data: string, value: Progress): Promise<void> {
  await writeDurably(pathOf(data), JSON.stringify(value))
}

export async function endProgress(data: string): Promise<void> {
  await rm(pathOf(data), { force: true })
  await syncFolder(data)
}

/** Asks the server of a data folder for a rotation, unless there is one under way. */
export async function askForRotation(data: string): Promise<void> {
  if (await readProgress(data)) return
  await writeProgress(data, ASKED)
  // Asked for by root, it is still the server's to read.
  const { uid, gid } = await stat(data)
  if (process.getuid?.() === 0) await chown(pathOf(data), uid, gid)
}

function pathOf(data: string): string {
  return join(data, 'rotation.json')
}
