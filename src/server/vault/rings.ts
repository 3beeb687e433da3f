import { dirname, join } from 'node:path'
import { toHex } from '../../protocol/bytes.ts'
import { householdId, type HouseholdId } from '../../protocol/ids.ts'
import { readCopies, writeCopies } from './copies.ts'
import type { Disk } from './disk.ts'
import type { Master, Owner } from './master.ts'
import { EMPTY_RING, readRing, writeRing, type Ring } from './ring.ts'
import { createTurns } from './turns.ts'

/**
 * The shred keys of all households, a small file each. Nothing is remembered between calls: what is
 * destroyed on the disk is destroyed.
 */
export interface Rings {
  read(household: HouseholdId): Promise<Ring>
  /** Changes a ring and returns it when it is safe; unchanged, nothing is written. */
  change(household: HouseholdId, how: (ring: Ring) => Ring): Promise<Ring>
}

/** Where a household's ring lies below the vault's folder, without the ending of its copies. */
export function ringFile(folder: string, household: HouseholdId): string {
  const name = toHex(householdId.bytes(household))
  // 256 folders: with hundreds of thousands of households none gets too long to list.
  return join(folder, 'households', name.slice(0, 2), name)
}

export function createRings(disk: Disk, folder: string, master: Master): Rings {
  const inTurn = createTurns()

  async function load(household: HouseholdId): Promise<Ring> {
    const owner = ownerOf(household)
    const read = (file: Uint8Array): Ring | undefined => {
      const plain = master.open(owner, file)
      return plain && readRing(plain)
    }
    return (await readCopies(disk, ringFile(folder, household), read)) ?? EMPTY_RING
  }

  async function store(household: HouseholdId, ring: Ring): Promise<void> {
    const file = ringFile(folder, household)
    if (ring.n === 1) await disk.makeFolder(dirname(file))
    await writeCopies(disk, file, master.seal(ownerOf(household), writeRing(ring)))
  }

  return {
    read: (household) => inTurn(household, () => load(household)),
    change: (household, how) =>
      inTurn(household, async () => {
        const before = await load(household)
        const changed = how(before)
        if (changed === before) return before
        const after = { ...changed, n: before.n + 1 }
        await store(household, after)
        return after
      }),
  }
}

function ownerOf(household: HouseholdId): Owner {
  return { kind: 'household', id: householdId.bytes(household) }
}
