import { dirname } from 'node:path'
import { readCopies, writeCopies, type Numbered } from './copies.ts'
import type { Disk } from './disk.ts'
import type { Master, Owner } from './master.ts'
import { createTurns } from './turns.ts'

/**
 * Small files of keys, one for each name, sealed by the master. Nothing is remembered between calls:
 * what is destroyed on the disk is destroyed.
 */
export interface SealedFiles<Name extends string, Value extends Numbered> {
  read(name: Name): Promise<Value>
  /** Changes a value and returns it when it is safe; unchanged, nothing is written. */
  change(name: Name, how: (value: Value) => Value): Promise<Value>
}

/** How values of one kind are kept. */
export type Shelf<Name extends string, Value extends Numbered> = {
  /** What stands for a file that was never written; its `n` is 0. */
  readonly empty: Value
  /** The file's path below the vault's folder, without the ending of its copies. */
  readonly path: (name: Name) => string
  readonly owner: (name: Name) => Owner
  readonly write: (value: Value) => Uint8Array
  readonly read: (plain: Uint8Array) => Value
}

export function createSealedFiles<Name extends string, Value extends Numbered>(
  { disk, master }: { readonly disk: Disk; readonly master: Master },
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
  }
}
