import { open, readdir, readFile, rename, stat, unlink, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ensureFolder, isSystemError, syncFolder } from '../platform/files.ts'

/** A file that is held open, whatever happens to its name. */
export interface Grip extends AsyncDisposable {
  /** Overwrites all of it with zeros, down to the disk. */
  wipe(): Promise<void>
}

/**
 * What the vault does to a file system, one effect at a time, so that a test can cut the power
 * between any two of them. Only what was synced survives such a cut.
 */
export interface Disk {
  /** The bytes of a file; undefined where there is none. */
  read(path: string): Promise<Uint8Array | undefined>
  /** Writes a file anew, readable for us alone. */
  write(path: string, bytes: Uint8Array): Promise<void>
  /** Brings the bytes of a file to the disk. */
  sync(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Takes a file's name away; nothing where there is none. */
  remove(path: string): Promise<void>
  /** Brings the names in a folder to the disk. */
  syncFolder(path: string): Promise<void>
  /** Makes a folder for us alone, durably, in one that is there. */
  makeFolder(path: string): Promise<void>
  isFolder(path: string): Promise<boolean>
  /** The names in a folder; none where there is no folder. */
  list(path: string): Promise<string[]>
  /** Holds a file; undefined where there is none. */
  grip(path: string): Promise<Grip | undefined>
}

/** The file system of this machine. */
export const systemDisk: Disk = {
  read: (path) => unlessAbsent(readFile(path)),
  rename,
  remove: (path) => unlessAbsent(unlink(path)),
  syncFolder,
  list: async (path) => (await unlessAbsent(readdir(path))) ?? [],
  async write(path, bytes) {
    await using file = await open(path, 'w', 0o600)
    await file.writeFile(bytes)
  },
  async sync(path) {
    await using file = await open(path, 'r+')
    await file.sync()
  },
  async makeFolder(path) {
    await ensureFolder(path, 0o700)
    // Also when it was there already: a crash may have come before this line.
    await syncFolder(dirname(path))
  },
  async isFolder(path) {
    const stats = await unlessAbsent(stat(path))
    return stats?.isDirectory() ?? false
  },
  async grip(path) {
    const file = await unlessAbsent(open(path, 'r+'))
    return file && { wipe: () => wipe(file), [Symbol.asyncDispose]: () => file.close() }
  },
}

async function wipe(file: FileHandle): Promise<void> {
  const { size } = await file.stat()
  await file.write(new Uint8Array(size), 0, size, 0)
  await file.sync()
}

async function unlessAbsent<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined
    throw error
  }
}
