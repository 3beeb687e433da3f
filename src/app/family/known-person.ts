import { children } from '../../client/children.ts'
import type { Client } from '../../client/client.ts'
import { readFamily } from '../../client/family.ts'
import { devices, type MemberDevice } from '../../client/leaving.ts'
import { members, type Member } from '../../client/people.ts'
import { portraits } from '../../client/portraits.ts'
import { electorateFor } from '../../client/purposes.ts'
import { readRules } from '../../client/rules.ts'
import type { ProfileChild } from '../../protocol/message/kinds.ts'

/** What a guardian's screen about somebody knows. */
export type KnownPerson = {
  readonly member: Member
  readonly all: readonly ProfileChild[]
  readonly isTrusted: boolean
  readonly hasPicture: boolean
  readonly phones: readonly MemberDevice[]
  /** Whether there is more than one who decides. */
  readonly asksOthers: boolean
  /** Whether enough of the others could agree to send this guardian away. */
  readonly canBeVoted: boolean
  readonly isAnnounced: boolean
}

/** Reads it; nothing for who does not belong to the family. */
export async function knownPerson(client: Client, id: string): Promise<KnownPerson | undefined> {
  const [all, people, rules, pictures, phones, { household }] = await Promise.all([
    children(client),
    members(client),
    readRules(client),
    portraits(client),
    devices(client),
    readFamily(client),
  ])
  const member = people.find(({ person }) => person === id)
  if (!member) return undefined
  const { person } = member
  const against = electorateFor(household, { op: 'remove', person })
  return {
    member,
    all,
    isTrusted: rules.trusted.includes(person),
    hasPicture: pictures.has(person),
    phones: phones.filter((phone) => phone.person === person),
    asksOthers: people.filter(({ role }) => role === 'guardian').length > 1,
    canBeVoted: against !== undefined && against.voters.length >= against.needed,
    isAnnounced: household.notices.has(person),
  }
}
