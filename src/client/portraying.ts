import { checked } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import { childId, type PrincipalId } from '../protocol/ids.ts'
import { membersOf, type Household } from '../protocol/log/household.ts'
import { KINDS } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'
import { enqueue } from './outbox.ts'
import { portraitWrite, type Portrait, type Sitter } from './portraits.ts'

/**
 * Tells the family a picture, of at most 60 KiB, or takes it away with an empty one: a guardian of
 * anybody, a relative of themself. Relatives see the children, the guardians and themselves. Throws
 * `bad-request` (`portrait`) for another size or type, and `device-refused` for somebody else's.
 */
export async function setPortrait(client: Client, of: Sitter, portrait: Portrait): Promise<void> {
  const body = checked({ ...portrait, of }, KINDS.portrait, 'bad-request', 'portrait')
  const { household, person } = await readFamily(client)
  const isGuardian = household.principals.get(person)?.role === 'guardian'
  if (!isGuardian && of !== person) throw new PawpostError('device-refused')
  const at = client.now()
  const to = isGuardian ? audience(household, of) : [household.principal, person]
  await enqueue(
    client,
    [{ to, at, content: { kind: 'portrait', body } }],
    [portraitWrite(body, at)],
  )
  client.changed('family')
}

/** Who sees a picture: the guardians; of children and guardians everybody; else the one on it. */
function audience(household: Household, of: Sitter): readonly PrincipalId[] {
  const relatives = membersOf(household).filter(({ role }) => role === 'relative')
  const isForAll = childId.is(of) || household.principals.get(of)?.role === 'guardian'
  const told = relatives.filter(({ id }) => isForAll || id === of)
  return [household.principal, ...told.map(({ id }) => id)]
}
