import { admit, foundFamily, NOW, type Family, type Party } from './family.ts'
import { consent, writePurpose } from '../../src/keys/governing.ts'
import type { Wanted } from '../../src/protocol/log/consent.ts'
import type { Consents } from '../../src/protocol/log/ops.ts'

/** What so many guardians sign together. */
export async function agreement(
  { household }: Family,
  wanted: Wanted,
  ...by: readonly Party[]
): Promise<Consents> {
  const purpose = writePurpose(household.id, wanted, NOW)
  return { purpose, by: await Promise.all(by.map(({ device }) => consent(device, purpose))) }
}

/** So many guardians in the order they came. */
export async function guardians(count: number): Promise<{ family: Family; all: Party[] }> {
  const { family, guardian } = await foundFamily()
  const all = [guardian]
  while (all.length < count) all.push(await admit(family, guardian, 'guardian'))
  return { family, all }
}
