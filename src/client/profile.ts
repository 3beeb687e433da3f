import { z } from 'zod'
import type { ChildId, PrincipalId } from '../protocol/ids.ts'
import {
  KINDS,
  type Body,
  type ProfileChild,
  type ProfilePerson,
} from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import type { Write } from './store.ts'

const PROFILE = 'profile'
const record = z.strictObject({ at: z.int(), profile: KINDS.profile })

/** The children and the people, as a guardian last told them. */
export type Profile = Body<'profile'>

export async function readProfile(client: Client): Promise<Profile | undefined> {
  return (await client.store.get(PROFILE, record))?.profile
}

/** What a profile says of a person. */
export function personIn(
  profile: Profile | undefined,
  person: PrincipalId,
): ProfilePerson | undefined {
  return profile?.people.find((one) => one.person === person)
}

/** What a profile says of a child. */
export function childIn(profile: Profile | undefined, id: ChildId): ProfileChild | undefined {
  return profile?.children.find((one) => one.id === id)
}

/** The store's entry for a profile, if it is newer than what is known. */
export async function profileWrite(
  client: Client,
  profile: Profile,
  at: number,
): Promise<readonly Write[]> {
  const known = await client.store.get(PROFILE, record)
  return known && known.at > at ? [] : [writeProfile(profile, at)]
}

/** The store's entry for a profile that this device tells. */
export function writeProfile(profile: Profile, at: number): Write {
  return { key: PROFILE, value: { at, profile } }
}

/** When a profile told now is told: after the last one, even if that one's clock was ahead. */
export async function profileTime(client: Client): Promise<number> {
  const known = await client.store.get(PROFILE, record)
  return Math.max(client.now(), (known?.at ?? 0) + 1)
}
