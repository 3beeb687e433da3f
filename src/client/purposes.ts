import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { sameBytes, toBase64url, toHex } from '../protocol/bytes.ts'
import { bytes } from '../protocol/cbor.ts'
import { verifySignature } from '../protocol/ed25519.ts'
import { PawpostError } from '../protocol/errors.ts'
import { deviceId, principalId, type PrincipalId } from '../protocol/ids.ts'
import {
  consentBytes,
  electorateAgainst,
  majorityOf,
  readPurpose,
  type Electorate,
  type Wanted,
} from '../protocol/log/consent.ts'
import { activeDevice, guardiansOf, type Household } from '../protocol/log/household.ts'
import { OPS, type Consents, type Policy, type Purpose } from '../protocol/log/ops.ts'
import { toCbor } from '../protocol/cbor.ts'
import type { Body } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import type { Write } from './store.ts'

/**
 * What guardians asked each other, and who agreed, as their messages told it. It counts for nothing
 * by itself: the log verifies each consent anew.
 */

const PURPOSE = 'purpose/'
const CONSENT = 'consent/'
const purposeRecord = z.strictObject({
  bytes: bytes(1, 1024),
  by: principalId.schema,
  at: z.int(),
})
/** The rules that stood when this device agreed to a purpose: what it agreed to change. */
const BASIS = 'agreed-on/'
const POLICY = OPS.policy.shape.policy
const consentRecord = z.strictObject({ device: deviceId.schema, s: bytes(64) })
type Consent = Consents['by'][number]

/** A purpose that may still be carried out. */
export type Motion = {
  /** SHA-256 of its bytes, in base64url. */
  readonly key: string
  readonly bytes: Uint8Array
  readonly purpose: Purpose
  /** Who asked. */
  readonly by: PrincipalId
  readonly at: number
  readonly electorate: Electorate
  /** One of each guardian who has a say and agreed. */
  readonly consents: readonly Consent[]
  readonly agreed: readonly PrincipalId[]
}

/**
 * The store's entries for a purpose that somebody asks to agree to; none for what is no purpose, and
 * for one that is known: who asked first asked.
 */
export async function purposeWrites(
  client: Client,
  purpose: Uint8Array,
  { person, at }: { person: PrincipalId; at: number },
): Promise<readonly Write[]> {
  const key = PURPOSE + keyOf(sha256(purpose))
  if (!wellFormed(purpose) || (await client.store.get(key, purposeRecord))) return []
  return [{ key, value: { bytes: purpose, by: person, at } }]
}

/** The store's entry for a consent. Its purpose may come later, or never. */
export function consentWrite({ purpose, s }: Body<'consent'>, device: Consent['device']): Write {
  return { key: `${CONSENT}${keyOf(purpose)}/${device}`, value: { device, s } }
}

/** Notes on what this device agreed to a purpose: the rules that stand now. */
export function basisWrite(key: string, policy: Policy): Write {
  return { key: BASIS + key, value: policy }
}

/**
 * Whether what this device agreed to is still what would happen. Rules are agreed to as a whole: where
 * others were decided meanwhile, carrying out these would undo them, which nobody has seen. Nothing
 * where this device did not agree.
 */
export async function isAsAgreed(
  client: Client,
  household: Household,
  { key, purpose }: Pick<Motion, 'key' | 'purpose'>,
): Promise<boolean | undefined> {
  if (purpose.op !== 'policy') return true
  const basis = await client.store.get(BASIS + key, POLICY)
  return basis && sameBytes(toCbor(basis), toCbor(household.policy))
}

/**
 * The purposes that are neither carried out nor too old, with the consents that count now. Whatever
 * came too late, from who left, or from who has no say is passed over.
 */
export async function openMotions(
  client: Client,
  household: Household,
): Promise<readonly Motion[]> {
  const known = await client.store.list(PURPOSE, purposeRecord)
  const motions = known.map(async ({ key, value }) => {
    const purpose = readPurpose(value.bytes)
    const electorate = electorateFor(household, purpose)
    if (!electorate || !isOpen(client, household, purpose)) return undefined
    if (!isGuardian(household, value.by)) return undefined
    const name = key.slice(PURPOSE.length)
    const consents = await consentsTo(client, household, { ...value, key: name, electorate })
    const motion = { key: name, ...value, purpose, electorate }
    return { ...motion, consents: [...consents.values()], agreed: [...consents.keys()] }
  })
  return (await Promise.all(motions)).filter((motion) => motion !== undefined)
}

function isOpen(client: Client, household: Household, purpose: Purpose): boolean {
  const isUsed = household.purposes.has(toHex(purpose.id))
  const isHere = purpose.hid === household.id
  return isHere && !isUsed && client.now() <= purpose.expires && !isReached(household, purpose)
}

/** Whether what is wanted is so already. */
export function isReached(household: Household, wanted: Wanted): boolean {
  if (wanted.op === 'remove') return !isGuardian(household, wanted.person)
  if (wanted.op === 'suite') return household.suite === wanted.suite
  return sameBytes(toCbor(household.policy), toCbor(wanted.policy))
}

/** What a purpose is about. */
export function wantedOf(purpose: Purpose): Wanted {
  if (purpose.op === 'remove') return { op: 'remove', person: purpose.person }
  if (purpose.op === 'policy') return { op: 'policy', policy: purpose.policy }
  return { op: 'suite', suite: purpose.suite }
}

/** Who decides about it; nobody about somebody who is no guardian. */
export function electorateFor(household: Household, wanted: Wanted): Electorate | undefined {
  const voters = guardiansOf(household)
  if (wanted.op !== 'remove') return { voters, needed: majorityOf(voters.length) }
  const person = voters.find(({ id }) => id === wanted.person)
  return person && electorateAgainst(voters, person)
}

export function isGuardian(household: Household, person: PrincipalId): boolean {
  return guardiansOf(household).some(({ id }) => id === person)
}

async function consentsTo(
  client: Client,
  household: Household,
  { key, bytes: purpose, electorate }: Pick<Motion, 'key' | 'bytes' | 'electorate'>,
): Promise<ReadonlyMap<PrincipalId, Consent>> {
  const given = await client.store.list(`${CONSENT}${key}/`, consentRecord)
  const speaks = new Set(electorate.voters.map(({ id }) => id))
  const counted = new Map<PrincipalId, Consent>()
  for (const { value } of given) {
    const voter = activeDevice(household, value.device)
    if (!voter || voter.card || !speaks.has(voter.person) || counted.has(voter.person)) continue
    if (verifySignature(value.s, consentBytes(purpose), voter.sig)) {
      counted.set(voter.person, value)
    }
  }
  return counted
}

function wellFormed(purpose: Uint8Array): boolean {
  try {
    readPurpose(purpose)
    return true
  } catch (error) {
    if (error instanceof PawpostError) return false
    throw error
  }
}

function keyOf(hash: Uint8Array): string {
  return toBase64url(hash)
}
