import { z } from 'zod'
import { KINDS, type Body } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import type { Write } from './store.ts'

const PROFILE = 'profile'
const record = z.strictObject({ at: z.int(), profile: KINDS.profile })

/** The names of the child and the people, as a guardian last told them. */
export type Profile = Body<'profile'>

export async function readProfile(client: Client): Promise<Profile | undefined> {
  return (await client.store.get(PROFILE, record))?.profile
}

/** The store's entry for a profile, if it is newer than what is known. */
export async function profileWrite(
  client: Client,
  profile: Profile,
  at: number,
): Promise<readonly Write[]> {
  const known = await client.store.get(PROFILE, record)
  return known && known.at > at ? [] : [{ key: PROFILE, value: { at, profile } }]
}
