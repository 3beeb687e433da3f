import type { ChildId, DeviceId, HouseholdId, InviteId, PrincipalId } from '../ids.ts'
import type { Consented, LastMessage, MemberRole, Policy, SUITES, WrapRef } from './ops.ts'

/** One installation of the app, or a recovery card, which signs and holds like a device. */
export type Device = {
  readonly id: DeviceId
  readonly card: boolean
  readonly sig: Uint8Array
  readonly kem: string
  readonly person: PrincipalId
  /** Number of the link that enrolled it. */
  readonly since: number
  /** Number of the link that ended it. */
  readonly until?: number
  /** After its end: the last message that counts. */
  readonly last?: LastMessage
}

/** One generation of a principal's key. */
export type Epoch = {
  readonly epoch: number
  readonly rec: string
  readonly since: number
  /** Milliseconds since 1970, as the link says that made it. */
  readonly at: number
  /** The device that chose its secret, and therefore knows it. */
  readonly by: DeviceId
  readonly wraps: readonly WrapRef[]
}

/** Someone a message can be encrypted to. */
export type Principal = {
  readonly id: PrincipalId
  readonly role: MemberRole | 'household' | 'box'
  readonly since: number
  readonly until?: number
  /** After its end: who ended it. */
  readonly ended?: Ending
  /** Oldest first; epoch n is at index n - 1. A drop-box has none. */
  readonly epochs: readonly Epoch[]
  /** The lowest epoch that is not closed for ever. */
  readonly open: number
  /** A drop-box's last moment, in milliseconds since 1970. */
  readonly expires?: number
}

/** By oneself, by the guardian of a relative or toy, by other guardians' consents, after a notice. */
export type Ending = 'self' | 'guardian' | 'quorum' | 'notice'

/** The announced removal of a guardian. */
export type Notice = {
  readonly by: PrincipalId
  readonly since: number
  /** Milliseconds since 1970, as its link says. */
  readonly at: number
}

export type Invite = {
  readonly id: InviteId
  readonly role: MemberRole
  readonly join: Uint8Array
  readonly expires: number
  readonly state: 'open' | 'used' | 'cancelled'
}

/** A child that a guardian consented for; after `until` the consent was withdrawn. */
export type Child = Consented & {
  /** The guardian's device that consented. */
  readonly by: DeviceId
  readonly since: number
  readonly until?: number
}

/** A household as its verified log says it is. Values are never changed, only replaced. */
export type Household = {
  readonly id: HouseholdId
  /** Hashes of all links; the index is the link's number. */
  readonly hashes: readonly Uint8Array[]
  /** The household's own principal: what all guardians hold. */
  readonly principal: PrincipalId
  readonly devices: ReadonlyMap<DeviceId, Device>
  readonly principals: ReadonlyMap<PrincipalId, Principal>
  readonly invites: ReadonlyMap<InviteId, Invite>
  readonly children: ReadonlyMap<ChildId, Child>
  /** Standing notices, by the guardian they announce the removal of. */
  readonly notices: ReadonlyMap<PrincipalId, Notice>
  /** Ids of the purposes that guardians' consents were used for, in hexadecimal. */
  readonly purposes: ReadonlySet<string>
  readonly policy: Policy
  readonly suite: (typeof SUITES)[number]
}

/** Number and hash of the newest link. */
export type Head = { readonly seq: number; readonly hash: Uint8Array }

export function headOf(household: Household): Head {
  const seq = household.hashes.length - 1
  return { seq, hash: household.hashes[seq] ?? new Uint8Array() }
}

/** A device or principal that was there when link `seq` was the newest. */
export function wasThere(member: { since: number; until?: number }, seq: number): boolean {
  return member.since <= seq && (member.until === undefined || seq < member.until)
}

/** The device, if it is enrolled now. */
export function activeDevice(household: Household, id: DeviceId): Device | undefined {
  const device = household.devices.get(id)
  return device && device.until === undefined ? device : undefined
}

/** The role of a device's person. */
export function roleOf(household: Household, device: Device): Principal['role'] | undefined {
  return household.principals.get(device.person)?.role
}

/** The newest epoch of a principal when link `seq` was the newest. */
export function epochAt(principal: Principal, seq: number): Epoch | undefined {
  return principal.epochs.findLast((epoch) => epoch.since <= seq)
}

/** The devices and cards that hold a principal's secret: who must get a wrap at a rotation. */
export function holdersOf(household: Household, id: PrincipalId): readonly Device[] {
  const principal = household.principals.get(id)
  return [...household.devices.values()].filter((device) => {
    if (device.until !== undefined || !principal) return false
    if (principal.role === 'household') return roleOf(household, device) === 'guardian'
    return device.person === id
  })
}

/**
 * The principals whose secrets a device holds: its person and, for a guardian, the household. A
 * drop-box holds nothing.
 */
export function heldBy(household: Household, device: Device): readonly PrincipalId[] {
  const role = roleOf(household, device)
  if (role === 'box') return []
  return role === 'guardian' ? [device.person, household.principal] : [device.person]
}

/**
 * The principals whose newest secret was chosen by a device that does not hold them (any more): a
 * guardian who left, or who revoked a relative's device. Their holders rotate them at once. A toy's
 * are not named: toys sign no links.
 */
export function overdueRotations(household: Household): readonly PrincipalId[] {
  return [...household.principals.values()]
    .filter(({ id, role, until, epochs }) => {
      if (until !== undefined || role === 'toy' || role === 'box') return false
      const maker = epochs.at(-1)?.by
      return !holdersOf(household, id).some((holder) => holder.id === maker)
    })
    .map(({ id }) => id)
}

/** The people and toys of a household that have not left. */
export function membersOf(household: Household): readonly Principal[] {
  return [...household.principals.values()].filter(
    ({ role, until }) => role !== 'household' && role !== 'box' && until === undefined,
  )
}

/** The children that a consent stands for, in the order they came. */
export function childrenOf(household: Household): readonly Child[] {
  return [...household.children.values()].filter(({ until }) => until === undefined)
}

/**
 * Whether what a member says needs no guardian's approval: guardians', and of relatives whom the rules
 * trust. What comes through a drop-box always waits: who has its link is whoever found it.
 */
export function isTrusted({ principals, policy }: Household, person: PrincipalId): boolean {
  const role = principals.get(person)?.role
  if (role !== 'relative') return role === 'guardian'
  return !policy.approval || policy.trusted.includes(person)
}

/** The guardians that have not left, in the order they came. */
export function guardiansOf(household: Household): readonly Principal[] {
  return membersOf(household).filter(({ role }) => role === 'guardian')
}
