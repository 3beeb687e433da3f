import { z } from 'zod'
import { newBoxLink, writeBoxLink } from '../keys/box-link.ts'
import { boxKeys, proposeBox } from '../keys/enrolling.ts'
import { newPrincipalId } from '../keys/principal.ts'
import { PawpostError } from '../protocol/errors.ts'
import { childId, principalId, type ChildId, type PrincipalId } from '../protocol/ids.ts'
import type { Household } from '../protocol/log/household.ts'
import { append } from './append.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'
import { reject } from './judging.ts'
import { removePerson } from './leaving.ts'
import { entries } from './mailbag.ts'
import { messages } from './messages.ts'
import { demandNames, intendName, nameAdmitted } from './people.ts'
import { personIn, readProfile } from './profile.ts'

/** Links for old phones, as guardians make, list and end them. */

/** How many days a link may be used. */
export const BOX_DAYS = { least: 1, usual: 90, most: 365 } as const
/** Links that are open at the same time, at most. */
export const MOST_BOXES = 12

const PREFIX = 'box-link/'
const DAY = 24 * 60 * 60 * 1000
const record = z.strictObject({
  box: principalId.schema,
  link: z.string(),
  children: z.array(childId.schema),
})

/** A link that can still be used. */
export type OpenBox = {
  readonly box: PrincipalId
  readonly name: string
  /** Milliseconds since 1970. */
  readonly expires: number
  /** The children it is for, where this device made it. */
  readonly children: readonly ChildId[]
  /** The link itself, on the device that made it and nowhere else. */
  readonly link?: string
  /** When something came through it last. */
  readonly usedAt?: number
}

export type NewBox = {
  /** Who will have it, as the family calls them. */
  readonly name: string
  /** For which children; all of them if none is named. */
  readonly children: readonly ChildId[]
  /** What its page calls the child. */
  readonly greeting: string
  readonly days: number
}

/**
 * Makes a link that says something to the household, and can do nothing else. Throws `bad-request`
 * (`name`, `greeting`, `days`, `child`), `device-refused` for others than guardians, and `too-many`
 * (`boxes`) where twelve are open.
 */
export async function makeBox(
  client: Client,
  { name, children, greeting, days }: NewBox,
): Promise<{ readonly box: PrincipalId; readonly link: string }> {
  return client.exclusively(async () => {
    demandNames([name])
    const { household } = await guardians(client)
    demandRoom(household, days, client.now())
    const numbers = children.map((child) => numberOf(household, child))
    const { origin } = client
    const made = newBoxLink({ origin, household: household.id, children: numbers, greeting })
    const link = writeBoxLink(made)
    const box = newPrincipalId()
    await client.store.write([{ key: PREFIX + box, value: { box, link, children: [...children] } }])
    await intendName(client, { person: box, name })
    const device = await boxKeys(made.secret)
    const expires = client.now() + days * DAY
    await append(client, async (standing) =>
      standing.household.principals.has(box)
        ? undefined
        : proposeBox(standing, device, { id: box, expires }),
    )
    await nameAdmitted(client)
    client.changed('family')
    return { box, link }
  })
}

/** The links that can still be used, the newest first. */
export async function openBoxes(client: Client): Promise<readonly OpenBox[]> {
  const { household } = await readFamily(client)
  const profile = await readProfile(client)
  const made = new Map(
    (await client.store.list(PREFIX, record)).map(({ value }) => [value.box, value]),
  )
  const heard = (await entries(client)).filter(({ kind }) => kind === 'voice')
  const open = stillOpen(household, client.now()).map(({ id: box, expires }): OpenBox => {
    const { link, children = [] } = made.get(box) ?? {}
    const last = heard.findLast(({ person }) => person === box)
    return {
      box,
      name: personIn(profile, box)?.name ?? '',
      expires,
      children,
      ...(link !== undefined && { link }),
      ...(last && { usedAt: last.at }),
    }
  })
  return open.toReversed()
}

/**
 * Ends a link at once: nothing that waits on its phone comes in any more, and what waits for a
 * guardian is turned down. Repeated, it is done once.
 */
export async function endBox(client: Client, box: PrincipalId): Promise<void> {
  const { household } = await guardians(client)
  if (household.principals.get(box)?.role !== 'box') throw new PawpostError('not-found')
  await removePerson(client, box)
  await client.exclusively(async () => {
    const waiting = (await messages(client)).filter(
      ({ from, state }) => from.person === box && state === 'waiting',
    )
    for (const { message } of waiting) await reject(client, message)
    await client.store.write([{ key: PREFIX + box, value: undefined }])
  })
  client.changed('family')
  client.changed('messages')
}

async function guardians(client: Client): Promise<{ household: Household }> {
  const { household, person } = await readFamily(client)
  if (household.principals.get(person)?.role !== 'guardian') {
    throw new PawpostError('device-refused')
  }
  return { household }
}

function demandRoom(household: Household, days: number, now: number): void {
  const isLength = Number.isInteger(days) && days >= BOX_DAYS.least && days <= BOX_DAYS.most
  if (!isLength) throw new PawpostError('bad-request', 'days')
  if (stillOpen(household, now).length >= MOST_BOXES) throw new PawpostError('too-many', 'boxes')
}

/** A child's place in the log: what a link says instead of an id. */
function numberOf(household: Household, child: ChildId): number {
  const number = [...household.children.keys()].indexOf(child)
  if (number < 0) throw new PawpostError('bad-request', 'child')
  return number
}

type Box = { readonly id: PrincipalId; readonly expires: number; readonly until?: number }

function boxesOf(household: Household): readonly Box[] {
  return [...household.principals.values()]
    .filter(({ role }) => role === 'box')
    .map(({ expires = 0, ...box }) => ({ ...box, expires }))
}

function stillOpen(household: Household, now: number): readonly Box[] {
  return boxesOf(household).filter(({ until, expires }) => until === undefined && now <= expires)
}
