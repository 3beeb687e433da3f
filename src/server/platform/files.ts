import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Whether `error` is the system's error of this name, such as ENOENT. */
export function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** Makes a folder (and those above it) with exactly this mode. */
export async function ensureFolder(path: string, mode: number): Promise<void> {
  await mkdir(path, { recursive: true, mode })
  await chmod(path, mode)
}

/** Makes the names inside a folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r')
  await folder.sync()
}

/**
 * Writes a file so that after a crash at any moment there is either all of it or none of it:
 * written beside, fsynced, renamed, folder fsynced (without the last step a power cut loses it).
 */
export async function writeDurably(
  path: string,
  data: string | Uint8Array,
  mode = 0o600,
): Promise<void> {
  const beside = join(dirname(path), `.${randomBytes(8).toString('hex')}.tmp`)
  try {
    await writeSynced(beside, data, mode)
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

async function writeSynced(path: string, data: string | Uint8Array, mode: number): Promise<void> {
  await using file = await open(path, 'wx', mode)
  await file.writeFile(data)
  await file.sync()
}

/** The text of a file, or undefined where there is none. */
export async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined
    throw error
  }
}
