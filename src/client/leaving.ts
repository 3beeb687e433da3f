import type { Label } from '../keys/pairing.ts'
import { proposeRemove, proposeRevokeDevice } from '../keys/links.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { DeviceId, PrincipalId } from '../protocol/ids.ts'
import {
  guardiansOf,
  holdersOf,
  type Device,
  type Ending,
  type Household,
  type Principal,
} from '../protocol/log/household.ts'
import { readLink } from '../protocol/log/link.ts'
import type { LastMessage } from '../protocol/log/ops.ts'
import type { LogRefusal } from '../protocol/log/refusals.ts'
import { append, OWN_WISH } from './append.ts'
import type { Client } from './client.ts'
import { deviceLabels } from './device-labels.ts'
import { hasEnded, isHouseholdOver, keptLinks, readFamily, type Family } from './family.ts'
import { lastAccepted, receive } from './inbox.ts'
import { flush, lastSealed } from './outbox.ts'

/** Who goes: a lost phone, a relative, a toy, oneself. Repeated, each of these is done once. */

/** A phone or computer of somebody's. */
export type MemberDevice = {
  readonly device: DeviceId
  readonly person: PrincipalId
  /** Of this person. */
  readonly mine: boolean
  /** This very one. */
  readonly here: boolean
  /** When it was let in, in milliseconds since 1970, as the log says. */
  readonly since: number
  /** What it calls itself, where it told this device. */
  readonly label?: Label
}

/** The devices that are enrolled now, in the order they came; recovery cards are not listed. */
export async function devices(client: Client): Promise<readonly MemberDevice[]> {
  const { household, person: me, device: here } = await readFamily(client)
  const links = await keptLinks(client)
  const labels = await deviceLabels(client)
  const enrolled = [...household.devices.values()].filter(
    ({ card, until }) => !card && until === undefined,
  )
  return enrolled.map(({ id, person, since }) => {
    const link = links[since]
    const at = link ? readLink(link).body.ts : 0
    const label = labels.get(id)
    const whose = { device: id, person, mine: person === me, here: id === here.id }
    return { ...whose, since: at, ...(label && { label }) }
  })
}

/**
 * Ends a device: one's own, or as a guardian a relative's or toy's. What it sent so far counts, and
 * everything it held moves on without it. Throws `not-found` for a device that never was, and
 * `log-refused` (`role-forbidden`, `last-device`).
 */
export async function revokeDevice(client: Client, device: DeviceId): Promise<void> {
  await client.exclusively(async () => {
    await settleMessages(client)
    await append(client, async (standing, family) => {
      const known = family.household.devices.get(device)
      if (!known || known.card) throw new PawpostError('not-found')
      if (known.until !== undefined) return undefined
      demandRevocable(family, known)
      return proposeRevokeDevice(standing, device, await lastOf(client, family, device))
    })
  })
  tell(client)
}

/**
 * Ends a person with all their devices: as a guardian a relative, a toy, a drop-box, or another
 * guardian whose notice of 72 hours has run. Throws `not-found` for somebody who never was, and
 * `log-refused` (`role-forbidden`, `quorum-required`, `notice-running`).
 */
export async function removePerson(client: Client, person: PrincipalId): Promise<void> {
  await client.exclusively(async () => {
    await settleMessages(client)
    await append(client, async (standing, family) => {
      const known = family.household.principals.get(person)
      if (!known || known.role === 'household') throw new PawpostError('not-found')
      if (known.until !== undefined) return undefined
      demandRemovable(family, known)
      return proposeRemove(standing, person, await lastsOf(client, family, person))
    })
  })
  tell(client)
}

/**
 * Leaves the family with all one's devices. What waits in the outbox is sent first. Throws
 * `log-refused` with `last-guardian` for the only one.
 */
export async function leave(client: Client): Promise<void> {
  const { person } = await readFamily(client)
  await removePerson(client, person)
}

/** How this device's membership came to its end, or nothing while it lasts or before it began. */
export async function myEnding(
  client: Client,
): Promise<Ending | 'revoked' | 'household' | undefined> {
  if (!(await hasEnded(client))) return undefined
  if (await isHouseholdOver(client)) return 'household'
  const { household, person } = await readFamily(client)
  return household.principals.get(person)?.ended ?? 'revoked'
}

/** Says in advance what the log would refuse: a rotation for nobody could not even be written. */
function demandRevocable(family: Family, { id, person }: Device): void {
  const isGuardians = family.household.principals.get(person)?.role === 'guardian'
  demandMay(family, person)
  if (person !== family.person && isGuardians) throw refusal('role-forbidden')
  const others = devicesOf(family.household, person).filter((other) => other !== id)
  if (others.length === 0) throw refusal('last-device')
}

/** As {@link demandRevocable}. */
function demandRemovable(family: Family, { id }: Principal): void {
  demandMay(family, id)
  const guardians = guardiansOf(family.household)
  if (guardians.every((guardian) => guardian.id === id)) throw refusal('last-guardian')
}

/** Others are for guardians to end. */
function demandMay({ household, person: me }: Family, person: PrincipalId): void {
  const isGuardian = household.principals.get(me)?.role === 'guardian'
  if (person !== me && !isGuardian) throw refusal('role-forbidden')
}

function refusal(reason: LogRefusal): PawpostError {
  return new PawpostError('log-refused', reason, { cause: OWN_WISH })
}

/** What arrived and what was said counts: it is received and sent before somebody goes. */
async function settleMessages(client: Client): Promise<void> {
  await receive(client)
  if (!(await hasEnded(client))) await flush(client)
}

/** The last messages of a person's devices, as far as they came here. */
export async function lastsOf(
  client: Client,
  family: Family,
  person: PrincipalId,
): Promise<ReadonlyMap<DeviceId, LastMessage>> {
  const lasts = await Promise.all(
    devicesOf(family.household, person).map(
      async (device) => [device, await lastOf(client, family, device)] as const,
    ),
  )
  return new Map(lasts)
}

function devicesOf(household: Household, person: PrincipalId): readonly DeviceId[] {
  return holdersOf(household, person)
    .filter(({ card }) => !card)
    .map(({ id }) => id)
}

function lastOf(client: Client, family: Family, device: DeviceId): Promise<LastMessage> {
  return device === family.device.id ? lastSealed(client) : lastAccepted(client, device)
}

/** Whoever looks at the family looks again; it may have been oneself. */
function tell(client: Client): void {
  client.changed('family')
  client.changed('session')
}
