import { z } from 'zod'
import type { ChildId, PrincipalId } from '../protocol/ids.ts'
import { roleOf, type Device, type Household } from '../protocol/log/household.ts'
import type { Inner } from '../protocol/message/inner.ts'
import { KINDS, type Body } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import type { Write } from './store.ts'

const PORTRAIT = 'portrait/'
const record = z.strictObject({ at: z.int(), portrait: KINDS.portrait })

/** Who is on a picture: a child or a person. */
export type Sitter = ChildId | PrincipalId
export type Portrait = Pick<Body<'portrait'>, 'type' | 'image'>

/** The pictures this device was told, by child and person. */
export async function portraits(client: Client): Promise<ReadonlyMap<Sitter, Portrait>> {
  const told = await client.store.list(PORTRAIT, record)
  return new Map(
    told
      .filter(({ value }) => value.portrait.image.length > 0)
      .map(({ value: { portrait } }) => [portrait.of, portrait]),
  )
}

/** The store's writes for a picture that came: a guardian's word counts, and one's own. */
export async function portraitWrites(
  client: Client,
  household: Household,
  { body, ts }: Extract<Inner, { kind: 'portrait' }>,
  sender: Device,
): Promise<readonly Write[]> {
  const isTold = roleOf(household, sender) === 'guardian' || body.of === sender.person
  const known = await client.store.get(PORTRAIT + body.of, record)
  return isTold && (known?.at ?? 0) <= ts ? [portraitWrite(body, ts)] : []
}

/** When a picture told now is told: after the last one, even if that one's clock was ahead. */
export async function portraitTime(client: Client, of: Sitter): Promise<number> {
  const known = await client.store.get(PORTRAIT + of, record)
  return Math.max(client.now(), (known?.at ?? 0) + 1)
}

/** The store's entry for a picture. */
export function portraitWrite(portrait: Body<'portrait'>, at: number): Write {
  return { key: PORTRAIT + portrait.of, value: { at, portrait } }
}
