import { PAIRING_MINUTES } from '../../protocol/api/pairing.ts'
import { sameBytes } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { PairingId } from '../../protocol/ids.ts'
import { activeDevice, roleOf } from '../../protocol/log/household.ts'
import { findHousehold, householdOf, type Registry } from '../households/households.ts'
import * as store from './store.ts'

/**
 * Where two phones of one person meet for ten minutes. What they leave for each other is sealed
 * under a secret that the server never sees; it can lose it, and do nothing else with it.
 */

const LIFETIME_MS = PAIRING_MINUTES * 60_000

/** A pairing, and the member's device that calls about it. */
export type Call = store.Made & { readonly pairing: PairingId }

/**
 * Opens a pairing, in place of an earlier one of the same device. The same again changes nothing.
 * Throws `device-refused` for what is no phone of a person (a card, a toy).
 */
export async function openPairing(
  registry: Registry,
  { pairing, ...made }: Call,
  offered: store.Offered,
): Promise<void> {
  const { db, clock } = registry
  const household = await householdOf(registry, made.household)
  const device = activeDevice(household, made.maker)
  const role = device && !device.card ? roleOf(household, device) : undefined
  if (role !== 'guardian' && role !== 'relative') throw new PawpostError('device-refused')
  await forgetOldPairings(registry)
  const at = new Date(clock.now())
  await db.transaction().execute(async (within) => {
    await store.deleteOthers(within, made, pairing)
    await store.insertPairing(within, pairing, { ...made, ...offered, at })
  })
  const known = await find(registry, pairing)
  const isOurs = known && isOf(known, made) && sameBytes(known.key, offered.key)
  if (!isOurs || !sameBytes(known.offer, offered.offer)) {
    throw new PawpostError('request-unready', 'pairing-taken')
  }
}

/** What the new phone answered, if it did. Throws `not-found` for what is not this device's. */
export async function readAnswer(registry: Registry, call: Call): Promise<Uint8Array | undefined> {
  return (await findMine(registry, call)).answer
}

/** Reveals the nonce. Throws `request-unready` before the answer, and for another nonce. */
export async function reveal(registry: Registry, call: Call, nonce: Uint8Array): Promise<void> {
  const { answer } = await findMine(registry, call)
  if (!answer) throw new PawpostError('request-unready', 'unanswered')
  await store.setNonce(registry.db, call.pairing, nonce)
  const { nonce: first } = await findMine(registry, call)
  if (!first || !sameBytes(first, nonce)) throw new PawpostError('request-unready', 'revealed')
}

/** Forgets a pairing of this device's, if there is one. */
export async function closePairing({ db }: Registry, { pairing, ...made }: Call): Promise<void> {
  await store.deletePairing(db, pairing, made)
}

/** The public key of whoever saw the code, while the device that shows it is a member. */
export async function keyOfPairing(
  registry: Registry,
  pairing: PairingId,
): Promise<Uint8Array | undefined> {
  const known = await find(registry, pairing)
  const household = known && (await findHousehold(registry, known.household))
  return household && activeDevice(household, known.maker) ? known.key : undefined
}

/** What was offered, and the nonce once revealed; for the new phone. */
export async function readOffer(
  registry: Registry,
  pairing: PairingId,
): Promise<Pick<store.StoredPairing, 'offer' | 'nonce'>> {
  const known = await find(registry, pairing)
  if (!known) throw new PawpostError('not-found')
  return known
}

/** Answers as the new phone. Throws `request-unready` where another answer was first. */
export async function answer(
  registry: Registry,
  pairing: PairingId,
  answered: Uint8Array,
): Promise<void> {
  await store.setAnswer(registry.db, pairing, answered)
  const known = await find(registry, pairing)
  if (!known) throw new PawpostError('not-found')
  const isOurs = known.answer && sameBytes(known.answer, answered)
  if (!isOurs) throw new PawpostError('request-unready', 'answered')
}

/** Deletes what is over. */
export async function forgetOldPairings({ db, clock }: Registry): Promise<void> {
  await store.deleteBefore(db, new Date(clock.now() - LIFETIME_MS))
}

function find(
  { db, clock }: Registry,
  pairing: PairingId,
): Promise<store.StoredPairing | undefined> {
  return store.readPairing(db, pairing, new Date(clock.now() - LIFETIME_MS))
}

async function findMine(
  registry: Registry,
  { pairing, ...made }: Call,
): Promise<store.StoredPairing> {
  const known = await find(registry, pairing)
  if (!known || !isOf(known, made)) throw new PawpostError('not-found')
  return known
}

function isOf(known: store.Made, { household, maker }: store.Made): boolean {
  return known.household === household && known.maker === maker
}
