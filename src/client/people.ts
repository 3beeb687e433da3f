import { checked } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { ChildId, PrincipalId } from '../protocol/ids.ts'
import { childrenOf, membersOf, type Household } from '../protocol/log/household.ts'
import type { MemberRole } from '../protocol/log/ops.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'
import { enqueue, type Letter } from './outbox.ts'
import { personIn, profileTime, readProfile, writeProfile, type Profile } from './profile.ts'
import { allowedChildren, isPaused } from './rulings.ts'
import {
  KINDS,
  MOST_NAMES,
  type ProfileChild,
  type ProfilePerson,
  type Relation,
} from '../protocol/message/kinds.ts'
import { NAME } from '../protocol/message/names.ts'
import type { Write } from './store.ts'

const ADMITTED = 'admitted/'
const admitted = KINDS.profile.shape.people.element

export type Member = {
  readonly person: PrincipalId
  readonly name: string
  readonly role: MemberRole
  readonly me: boolean
  readonly relation?: Relation
  /** The children they may send to; all without it. */
  readonly children?: readonly ChildId[]
  readonly paused: boolean
}

/** Who belongs to the family, as the log says, with what this device was told of them. */
export async function members(client: Client): Promise<readonly Member[]> {
  const { household, person: me } = await readFamily(client)
  const profile = await readProfile(client)
  return membersOf(household).map(({ id, role }) => {
    const { name = '', relation } = personIn(profile, id) ?? {}
    const children = allowedChildren({ household, profile }, id)
    return {
      person: id,
      name,
      role: role as MemberRole,
      me: id === me,
      ...(relation && { relation }),
      ...(children && { children }),
      paused: isPaused({ household, profile }, id),
    }
  })
}

/**
 * Tells the profile: all of it to the guardians, and to each relative the children they may send to,
 * the guardians and themself. Relatives do not learn of each other. `also` is written with it, all or
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

/** What a guardian changes of the profile; whoever is not named stays as they were. */
export type Edits = {
  readonly children?: readonly ProfileChild[]
  readonly people?: readonly ProfilePerson[]
}

/**
 * Tells the family what is new about children and people. A guardian's to do: throws `device-refused`
 * for others, and `bad-request` (`name`) for a name that is empty or longer than 80 letters.
 */
export async function editProfile(client: Client, edits: Edits): Promise<void> {
  await client.exclusively(async () => {
    const { household, person: me } = await readFamily(client)
    const isGuardian = household.principals.get(me)?.role === 'guardian'
    if (!isGuardian) throw new PawpostError('device-refused')
    const { children = [], people = [] } = edits
    demandNames([...children, ...people].map(({ name }) => name))
    const known = (await readProfile(client)) ?? { children: [], people: [] }
    await publishProfile(client, household, {
      children: standing(household, [
        ...known.children.filter(({ id }) => !children.some((one) => one.id === id)),
        ...children,
      ]),
      people: fitting(household, [
        ...known.people.filter(({ person }) => !people.some((one) => one.person === person)),
        ...people,
      ]),
    })
    client.changed('family')
    client.changed('messages')
  })
}

/** The children that a consent stands for, in the order they came. */
function standing(household: Household, told: readonly ProfileChild[]): ProfileChild[] {
  return childrenOf(household).flatMap(({ id }) => told.find((one) => one.id === id) ?? [])
}

/** Throws `bad-request` (`name`) unless each is a name. */
export function demandNames(names: readonly string[]): void {
  for (const name of names) checked(name, NAME, 'bad-request', 'name')
}

/** When the child sleeps is for the guardians. */
function withoutHours(child: ProfileChild): ProfileChild {
  const { quiet: _, ...rest } = child
  return rest
}

type Told = { readonly to: readonly PrincipalId[]; readonly body: Profile }

function profilesFor(household: Household, profile: Profile): readonly Told[] {
  const people = membersOf(household)
  const guardians = new Set(people.filter(({ role }) => role === 'guardian').map(({ id }) => id))
  const relatives = people.filter(({ role }) => role === 'relative')
  const forRelatives = relatives.map(({ id }) => {
    const mine = personIn(profile, id)?.children
    const children = profile.children
      .filter((child) => !mine || mine.includes(child.id))
      .map(withoutHours)
    const known = profile.people
      .filter(({ person }) => guardians.has(person) || person === id)
      .map((one) => (one.person === id ? one : { person: one.person, name: one.name }))
    return { to: [id], body: { children, people: known } }
  })
  return [{ to: [household.principal], body: profile }, ...forRelatives]
}

/** Notes who is about to be let in, so that it is told whatever happens. */
export async function intendName(client: Client, person: ProfilePerson): Promise<void> {
  await client.store.write([{ key: ADMITTED + person.person, value: person }])
}

/** As many names as a profile holds: those who left are forgotten first. */
function fitting(household: Household, people: readonly ProfilePerson[]): ProfilePerson[] {
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
  const named = arrived.map(({ value }) => ({ ...personIn(profile, value.person), ...value }))
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
