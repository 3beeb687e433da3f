import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { bytes, fromCbor } from '../../src/protocol/cbor.ts'
import { householdId, type HouseholdId, type PrincipalId } from '../../src/protocol/ids.ts'
import { copiesOf } from '../../src/server/vault/copies.ts'
import { systemDisk } from '../../src/server/vault/disk.ts'
import { openMaster } from '../../src/server/vault/master.ts'
import { readRing, type Ring } from '../../src/server/vault/ring.ts'
import { ringFile } from '../../src/server/vault/rings.ts'
import { atRest, type ModelDisk } from './power.ts'

/** What somebody reads who holds the vault's folder of a server on `data`: both copies of a ring. */
export async function stolenRings(data: string, household: HouseholdId): Promise<Ring[]> {
  const folder = join(data, 'vault')
  const master = await openMaster(systemDisk, folder, false)
  const owner = { kind: 'household', id: householdId.bytes(household) }
  return Promise.all(
    copiesOf(ringFile(folder, household)).map(async (file) => {
      const plain = master.open(owner, await readFile(file))
      if (!plain) throw new Error(`${file} does not open`)
      return readRing(plain)
    }),
  )
}

/** Every ring of a household in any file of a disk in memory, opened with the keys of its vault. */
export async function ringsOn(disk: ModelDisk, vault: string, of: HouseholdId): Promise<Ring[]> {
  const master = await openMaster(disk, vault, false)
  return [...atRest(disk).values()].flatMap((bytes) => {
    const plain = master.open({ kind: 'household', id: householdId.bytes(of) }, bytes)
    return plain ? [readRing(plain)] : []
  })
}

/** The epochs of a principal that have a shred key in both copies. Throws if the copies differ. */
export async function keptEpochs(
  data: string,
  household: HouseholdId,
  principal: PrincipalId,
): Promise<number[]> {
  const [first, second] = (await stolenRings(data, household)).map(({ principals }) =>
    principals.find(({ id }) => id === principal)?.keys.map(({ epoch }) => epoch),
  )
  if (String(first) !== String(second)) throw new Error('the copies differ')
  return first ?? []
}

const master = z.object({ keys: z.array(z.object({ key: bytes(32) })) })

/** Every key that the vault of a server on `data` has for a household, and its master keys. */
export async function stolenKeys(data: string, household: HouseholdId): Promise<Uint8Array[]> {
  const [file = ''] = copiesOf(join(data, 'vault', 'master'))
  const plain = (await readFile(file)).subarray(32)
  const masters = fromCbor(plain, master, 'internal', 'master').keys.map(({ key }) => key)
  const [ring] = await stolenRings(data, household)
  const shred = ring?.principals.flatMap(({ keys }) => keys.map(({ key }) => key)) ?? []
  return [...masters, ...shred]
}
