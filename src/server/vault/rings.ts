import { join } from 'node:path'
import { toHex } from '../../protocol/bytes.ts'
import { householdId, type HouseholdId } from '../../protocol/ids.ts'
import type { Disk } from './disk.ts'
import type { RotatingMaster } from './master.ts'
import { EMPTY_RING, readRing, writeRing, type Ring } from './ring.ts'
import { createSealedFiles, type SealedFiles } from './sealed-files.ts'

/** The shred keys of all households, a small file each. */
export type Rings = SealedFiles<HouseholdId, Ring>

/** Where a household's ring lies below the vault's folder, without the ending of its copies. */
export function ringFile(folder: string, household: HouseholdId): string {
  const name = toHex(householdId.bytes(household))
  // 256 folders: with hundreds of thousands of households none gets too long to list.
  return join(folder, 'households', name.slice(0, 2), name)
}

export function createRings(disk: Disk, folder: string, master: RotatingMaster): Rings {
  return createSealedFiles(
    { disk, master },
    {
      empty: EMPTY_RING,
      folder: join(folder, 'households'),
      nameOf: (file) => householdId.from(Buffer.from(file, 'hex')),
      path: (household) => ringFile(folder, household),
      owner: (household) => ({ kind: 'household', id: householdId.bytes(household) }),
      write: writeRing,
      read: readRing,
    },
  )
}
