import type { PrincipalId } from '../protocol/ids.ts'
import { membersOf } from '../protocol/log/household.ts'
import type { MemberRole } from '../protocol/log/ops.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'
import { enqueue } from './outbox.ts'
import { profileWrite, readProfile, type Profile } from './profile.ts'

export type Member = {
  readonly person: PrincipalId
  readonly name: string
  readonly role: MemberRole
  readonly me: boolean
}

/** Who belongs to the family, as the log says, with the names this device was told. */
export async function members(client: Client): Promise<readonly Member[]> {
  const { household, person: me } = await readFamily(client)
  const profile = await readProfile(client)
  return membersOf(household).map(({ id, role }) => ({
    person: id,
    name: profile?.people.find(({ person }) => person === id)?.name ?? '',
    role: role as MemberRole,
    me: id === me,
  }))
}

/** The child's first name; empty before a guardian told it. */
export async function childName(client: Client): Promise<string> {
  return (await readProfile(client))?.child.name ?? ''
}

/**
 * Tells the names: all of them to the guardians, and to each relative those of the child, of the
 * guardians and their own. Relatives do not learn of each other.
 */
export async function publishProfile(client: Client, profile: Profile): Promise<void> {
  const { household } = await readFamily(client)
  const at = client.now()
  await client.store.write(await profileWrite(client, profile, at))
  const people = membersOf(household)
  const guardians = new Set(people.filter(({ role }) => role === 'guardian').map(({ id }) => id))
  const relatives = people.filter(({ role }) => role === 'relative')
  const forRelatives = relatives.map(({ id }) => {
    const known = profile.people.filter(({ person }) => guardians.has(person) || person === id)
    return { to: [id], body: { ...profile, people: known } }
  })
  const letters = [{ to: [household.principal], body: profile }, ...forRelatives]
  await enqueue(
    client,
    letters.map(({ to, body }) => ({ to, at, content: { kind: 'profile', body } })),
  )
}

/** Gives a person a name, keeping everybody else's. */
export async function namePerson(client: Client, person: PrincipalId, name: string): Promise<void> {
  const profile = await readProfile(client)
  const others = profile?.people.filter((one) => one.person !== person) ?? []
  const child = profile?.child ?? { name: '?' }
  await publishProfile(client, { child, people: [...others, { person, name }] })
}
