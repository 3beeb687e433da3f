import { basename, dirname, join } from 'node:path'
import { copiesOf, readCopies, removeCopies, writeCopies, type Numbered } from './copies.ts'
import type { Disk } from './disk.ts'
import type { Owner, RotatingMaster } from './master.ts'
import { createTurns } from './turns.ts'

/**
 * Small files of keys, one for each name, sealed by the master. Nothing is remembered between calls:
 * what is destroyed on the disk is destroyed.
 */
export interface SealedFiles<Name extends string, Value extends Numbered> {
  read(name: Name): Promise<Value>
  /** Changes a value and returns it when it is safe; unchanged, nothing is written. */
  change(name: Name, how: (value: Value) => Value): Promise<Value>
  /** Destroys what was kept under a name, and the name. Repeatable. */
  remove(name: Name): Promise<void>
  /** Seals every file anew that is not sealed under the master's newest key. */
  resealAll(): Promise<void>
}

/** How values of one kind are kept. */
export type Shelf<Name extends string, Value extends Numbered> = {
  /** What stands for a file that was never written; its `n` is 0. */
  readonly empty: Value
  /** The folder in which all of them lie, at any depth. */
  readonly folder: string
  /** The name whose file is called so, without the ending of its copies. */
  readonly nameOf: (file: string) => Name
  /** The file's path below the vault's folder, without the ending of its copies. */
  readonly path: (name: Name) => string
  readonly owner: (name: Name) => Owner
  readonly write: (value: Value) => Uint8Array
  readonly read: (plain: Uint8Array) => Value
}

export function createSealedFiles<Name extends string, Value extends Numbered>(
  { disk, master }: { readonly disk: Disk; readonly master: RotatingMaster },
  shelf: Shelf<Name, Value>,
): SealedFiles<Name, Value> {
  const inTurn = createTurns()

  async function load(name: Name): Promise<Value> {
    const read = (file: Uint8Array): Value | undefined => {
      const plain = master.open(shelf.owner(name), file)
      return plain && shelf.read(plain)
    }
    return (await readCopies(disk, shelf.path(name), read)) ?? shelf.empty
  }

  async function store(name: Name, value: Value): Promise<void> {
    const file = shelf.path(name)
    if (value.n === 1) await disk.makeFolder(dirname(file))
    await writeCopies(disk, file, master.seal(shelf.owner(name), shelf.write(value)))
  }

  async function isNewest(name: Name): Promise<boolean> {
    const copies = await Promise.all(copiesOf(shelf.path(name)).map((file) => disk.read(file)))
    return copies.every((bytes) => bytes && master.isNewest(bytes))
  }

  return {
    read: (name) => inTurn(name, () => load(name)),
    change: (name, how) =>
      inTurn(name, async () => {
        const before = await load(name)
        const changed = how(before)
        if (changed === before) return before
        const after = { ...changed, n: before.n + 1 }
        await store(name, after)
        return after
      }),
    remove: (name) => inTurn(name, () => removeCopies(disk, shelf.path(name))),
    async resealAll() {
      for (const file of await filesIn(disk, shelf.folder)) {
        const name = shelf.nameOf(file)
        await inTurn(name, async () => {
          if (await isNewest(name)) return
          const value = await load(name)
          if (value.n > 0) await store(name, { ...value, n: value.n + 1 })
        })
      }
    },
  }
}

const COPY = /^(.+)\.[ab]$/

/** What is kept in a folder and those below it, each once, without the ending of its copies. */
async function filesIn(disk: Disk, folder: string): Promise<Set<string>> {
  const found = new Set<string>()
  for (const entry of await disk.list(folder)) {
    const path = join(folder, entry)
    const copy = COPY.exec(basename(entry))?.[1]
    if (copy !== undefined) found.add(copy)
    else if (await disk.isFolder(path)) {
      for (const file of await filesIn(disk, path)) found.add(file)
    }
  }
  return found
}
