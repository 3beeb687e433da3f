import { z } from 'zod'
import { checked } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import { principalId, type PrincipalId } from '../protocol/ids.ts'
import { membersOf, type Household } from '../protocol/log/household.ts'
import type { MemberRole } from '../protocol/log/ops.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'
import { enqueue, type Letter } from './outbox.ts'
import { profileTime, readProfile, writeProfile, type Profile } from './profile.ts'
import { MOST_NAMES, NAME } from '../protocol/message/kinds.ts'
import type { Write } from './store.ts'

const ADMITTED = 'admitted/'
const admitted = z.strictObject({ person: principalId.schema, name: z.string() })

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
 * guardians and their own. Relatives do not learn of each other. `also` is written with it, all or
 * nothing.
 */
export async function publishProfile(
  client: Client,
  household: Household,
  profile: Profile,
  also: readonly Write[] = [],
): Promise<void> {
  const at = await profileTime(client)
  const letters = profilesFor(household, profile).map(({ to, body }): Letter => ({
    to,
    at,
    content: { kind: 'profile', body },
  }))
  await enqueue(client, letters, [...also, writeProfile(profile, at)])
}

/** The names that a guardian gives: the child's, and those of members. */
export type Names = {
  readonly child: string
  readonly people: readonly { readonly person: PrincipalId; readonly name: string }[]
}

/**
 * Tells the family other names; who is not named keeps the name there was. A guardian's to do:
 * throws `device-refused` for others, and `bad-request` (`name`) for a name that is empty or longer
 * than 80 letters.
 */
export async function rename(client: Client, names: Names): Promise<void> {
  await client.exclusively(async () => {
    const { household, person: me } = await readFamily(client)
    const isGuardian = household.principals.get(me)?.role === 'guardian'
    if (!isGuardian) throw new PawpostError('device-refused')
    demandNames([names.child, ...names.people.map(({ name }) => name)])
    const known = (await readProfile(client))?.people ?? []
    const kept = known.filter(({ person }) => !names.people.some((one) => one.person === person))
    const people = fitting(household, [...kept, ...names.people])
    await publishProfile(client, household, { child: { name: names.child }, people })
    client.changed('family')
    client.changed('messages')
  })
}

/** Throws `bad-request` (`name`) unless each is a name. */
export function demandNames(names: readonly string[]): void {
  for (const name of names) checked(name, NAME, 'bad-request', 'name')
}

type Told = { readonly to: readonly PrincipalId[]; readonly body: Profile }

function profilesFor(household: Household, profile: Profile): readonly Told[] {
  const people = membersOf(household)
  const guardians = new Set(people.filter(({ role }) => role === 'guardian').map(({ id }) => id))
  const relatives = people.filter(({ role }) => role === 'relative')
  const forRelatives = relatives.map(({ id }) => {
    const known = profile.people.filter(({ person }) => guardians.has(person) || person === id)
    return { to: [id], body: { ...profile, people: known } }
  })
  return [{ to: [household.principal], body: profile }, ...forRelatives]
}

/** Notes the name of somebody who is about to be let in, so that it is told whatever happens. */
export async function intendName(client: Client, person: PrincipalId, name: string): Promise<void> {
  await client.store.write([{ key: ADMITTED + person, value: { person, name } }])
}

/** As many names as a profile holds: those who left are forgotten first. */
function fitting(household: Household, people: Profile['people']): Profile['people'] {
  const members = new Set(membersOf(household).map(({ id }) => id))
  const isThere = ({ person }: { person: PrincipalId }): boolean => members.has(person)
  const gone = people.filter((one) => !isThere(one))
  return [...gone, ...people.filter(isThere)].slice(-MOST_NAMES)
}

/**
 * Tells the names of those who were let in since. Waits for a device that has not heard the family's
 * names itself yet: it would tell everybody that there are none.
 */
export async function nameAdmitted(client: Client): Promise<void> {
  const intended = await client.store.list(ADMITTED, admitted)
  if (intended.length === 0) return
  const { household } = await readFamily(client)
  const profile = await readProfile(client)
  const arrived = intended.filter(({ value }) => household.principals.has(value.person))
  if (!profile || arrived.length === 0) return
  const named = arrived.map(({ value }) => value)
  const others = profile.people.filter(
    ({ person }) => !named.some((fresh) => fresh.person === person),
  )
  await publishProfile(
    client,
    household,
    { ...profile, people: fitting(household, [...others, ...named]) },
    arrived.map(({ key }) => ({ key, value: undefined })),
  )
  client.changed('family')
}
