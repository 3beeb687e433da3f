import { z } from 'zod'
import { openCard } from '../keys/card.ts'
import { unwrapCard, wrapCard } from '../keys/card-wrap.ts'
import * as api from '../protocol/api/wrapped-cards.ts'
import { fromBase64url, toBase64url } from '../protocol/bytes.ts'
import { PawpostError } from '../protocol/errors.ts'
import { deviceId, type HouseholdId } from '../protocol/ids.ts'
import { activeDevice, holdersOf } from '../protocol/log/household.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'
import { recover } from './recovery.ts'
import type { Write } from './store.ts'

/**
 * A passkey that keeps the recovery card: one more way to the card, never the only one. What the
 * server has of it opens with the passkey alone.
 */

const KEY = 'card-wrap'
/** The server does not know whose card it is; this device remembers which one it was. */
const record = z.strictObject({ card: deviceId.schema, credential: z.string() })

/** What a passkey gave: its id in base64url, and 32 bytes that it computes for this purpose alone. */
export type PasskeyOutput = { readonly credential: string; readonly output: Uint8Array }

/** Lets the person choose among these passkeys of theirs; among all where none are named. */
export type AskOutput = (credentials: readonly string[]) => Promise<PasskeyOutput>

/** Whether a passkey keeps the card: the one that counts, one that was replaced, or none known here. */
export type CardWrap = 'kept' | 'outdated' | 'none'

/**
 * Lets a passkey of the account keep the recovery card. Throws `card-invalid` and `card-unknown` for
 * what is not this person's card, and `factor-refused` for a passkey of another account.
 */
export async function keepCardByPasskey(
  client: Client,
  code: string,
  ask: AskOutput,
): Promise<void> {
  const { id: card } = await openCard(code)
  const { household, person } = await readFamily(client)
  const known = activeDevice(household, card)
  if (!known?.card || known.person !== person) throw new PawpostError('card-unknown')
  const { credential, output } = await ask([])
  const body = { wrapped: toBase64url(await wrapCard(output, code)) }
  await client.api.call(api.putWrappedCard, { params: { credential }, body }).catch(asRefused)
  await client.store.write([noteOf(card, credential)])
  client.changed('family')
}

function noteOf(card: string, credential: string): Write {
  return { key: KEY, value: { card, credential } }
}

/** What this device knows of it, without asking anybody. */
export async function cardWrap(client: Client): Promise<CardWrap> {
  const known = await client.store.get(KEY, record)
  if (!known) return 'none'
  const { household, person } = await readFamily(client)
  const card = holdersOf(household, person).find((holder) => holder.card)
  return card?.id === known.card ? 'kept' : 'outdated'
}

/** Whether any passkey of this account keeps a card. */
export async function hasKeptCards(client: Client): Promise<boolean> {
  return (await client.api.call(api.listWrappedCards, {})).cards.length > 0
}

/**
 * Brings the family back with the card that a passkey keeps. Throws as `recover` does; `card-unknown`
 * says that the card was replaced since.
 */
export async function recoverByPasskey(
  client: Client,
  ask: AskOutput,
): Promise<{ household: HouseholdId }> {
  const { cards } = await client.api.call(api.listWrappedCards, {})
  const { credential, output } = await ask(cards.map((one) => one.credential))
  const kept = cards.find((one) => one.credential === credential)
  if (!kept) throw new PawpostError('factor-refused')
  const code = await unwrapCard(output, fromBase64url(kept.wrapped))
  const recovered = await recover(client, code)
  await client.store.write([noteOf((await openCard(code)).id, credential)])
  return recovered
}

/** A passkey of somebody else's account, or one that was removed here. */
function asRefused(error: unknown): never {
  const isStrange = error instanceof PawpostError && error.code === 'not-found'
  throw isStrange ? new PawpostError('factor-refused', undefined, { cause: error }) : error
}
