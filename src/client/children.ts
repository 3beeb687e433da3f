import { newChildId, proposeChild, proposeWithdrawal } from '../keys/links.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { ChildId, PrincipalId } from '../protocol/ids.ts'
import { childrenOf, type Household } from '../protocol/log/household.ts'
import type { ProfileChild } from '../protocol/message/kinds.ts'
import { append } from './append.ts'
import type { Client } from './client.ts'
import { myRole, readFamily } from './family.ts'
import { demandNames, editProfile } from './people.ts'
import { childIn, readProfile, type Profile } from './profile.ts'
import { allowedChildren } from './rulings.ts'

/** What a family knows of a child besides its id. */
export type ChildDetails = Omit<ProfileChild, 'id'>

/**
 * The children that a consent stands for, in the order they came; for a relative those they may send
 * to. A child whose name has not come yet has an empty one.
 */
export async function children(client: Client): Promise<readonly ProfileChild[]> {
  const { household, person } = await readFamily(client)
  return childrenFor(household, await readProfile(client), person)
}

/** {@link children}, of what was read before. */
export function childrenFor(
  household: Household,
  profile: Profile | undefined,
  me: PrincipalId,
): readonly ProfileChild[] {
  const mine = allowedChildren({ household, profile }, me)
  return childrenOf(household)
    .filter(({ id }) => !mine || mine.includes(id))
    .map(({ id }) => childIn(profile, id) ?? { id, name: '' })
}

/** The first child's name; empty before a guardian told it. */
export async function childName(client: Client): Promise<string> {
  return (await children(client))[0]?.name ?? ''
}

/**
 * A guardian consents for one more child, on record in the log, and tells the family about them.
 * Throws `bad-request` (`name`), `device-refused` for others than guardians, and `log-refused`
 * (`children-too-many`).
 */
export async function addChild(client: Client, details: ChildDetails): Promise<ChildId> {
  demandNames([details.name])
  await demandGuardian(client)
  const id = newChildId()
  await client.exclusively(() =>
    append(client, async (standing) =>
      standing.household.children.has(id) ? undefined : proposeChild(standing, id),
    ),
  )
  await editProfile(client, { children: [{ id, ...details }] })
  return id
}

/** Tells the family what changed about a child. Throws like `editProfile`, and `not-found`. */
export async function editChild(client: Client, child: ProfileChild): Promise<void> {
  const { household } = await readFamily(client)
  const stands = childrenOf(household).some(({ id }) => id === child.id)
  if (!stands) throw new PawpostError('not-found')
  await editProfile(client, { children: [child] })
}

/**
 * A guardian withdraws the consent for a child: nothing new is said by or to them, and nothing of
 * theirs goes to a toy. Done once, however often it is asked. Throws `not-found`, and
 * `device-refused` for others than guardians.
 */
export async function withdrawConsent(client: Client, child: ChildId): Promise<void> {
  await demandGuardian(client)
  await client.exclusively(() =>
    append(client, async (standing) => {
      const known = standing.household.children.get(child)
      if (!known) throw new PawpostError('not-found')
      return known.until === undefined ? proposeWithdrawal(standing, child) : undefined
    }),
  )
  await editProfile(client, {})
}

async function demandGuardian(client: Client): Promise<void> {
  if ((await myRole(client)) !== 'guardian') throw new PawpostError('device-refused')
}
