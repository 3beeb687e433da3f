import { checked } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import { childId, type PrincipalId } from '../protocol/ids.ts'
import { childrenOf, membersOf, type Household } from '../protocol/log/household.ts'
import { KINDS } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'
import { enqueue } from './outbox.ts'
import { portraitTime, portraitWrite, type Portrait, type Sitter } from './portraits.ts'
import { personIn, readProfile, type Profile } from './profile.ts'

/**
 * Tells the family a picture, of at most 60 KiB, or takes it away with an empty one: a guardian of
 * anybody, a relative of themself. Relatives see the children they may send to, the guardians and
 * themselves. Throws `bad-request` (`portrait`) for another size or type, `device-refused` for
 * somebody else's, and `not-found` for whom the family does not have.
 */
export async function setPortrait(client: Client, of: Sitter, portrait: Portrait): Promise<void> {
  const body = checked({ ...portrait, of }, KINDS.portrait, 'bad-request', 'portrait')
  const { household, person } = await readFamily(client)
  const isGuardian = household.principals.get(person)?.role === 'guardian'
  if (!isGuardian && of !== person) throw new PawpostError('device-refused')
  if (!isHere(household, of)) throw new PawpostError('not-found')
  const at = await portraitTime(client, of)
  const profile = await readProfile(client)
  const to = isGuardian ? audience(household, profile, of) : [household.principal, person]
  await enqueue(
    client,
    [{ to, at, content: { kind: 'portrait', body } }],
    [portraitWrite(body, at)],
  )
  client.changed('family')
}

function isHere(household: Household, of: Sitter): boolean {
  const all = childId.is(of) ? childrenOf(household) : membersOf(household)
  return all.some(({ id }) => id === of)
}

/**
 * Who sees a picture: the guardians; of a guardian everybody; of a child the relatives who may send
 * to them; else the one on it.
 */
function audience(
  household: Household,
  profile: Profile | undefined,
  of: Sitter,
): readonly PrincipalId[] {
  const relatives = membersOf(household).filter(({ role }) => role === 'relative')
  const told = relatives.filter(({ id }) => {
    if (childId.is(of)) return personIn(profile, id)?.children?.includes(of) ?? true
    return id === of || household.principals.get(of)?.role === 'guardian'
  })
  return [household.principal, ...told.map(({ id }) => id)]
}
