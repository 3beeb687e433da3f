import { z } from 'zod'
import type { Device } from '../keys/device.ts'
import { addSecret, EMPTY_KEYRING, type Keyring } from '../keys/keyring.ts'
import type { Secret } from '../keys/principal.ts'
import { bytes } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import { householdId, principalId, type HouseholdId, type PrincipalId } from '../protocol/ids.ts'
import type { Household, Principal } from '../protocol/log/household.ts'
import { applyLink } from '../protocol/log/verify.ts'
import type { Client } from './client.ts'
import type { Write } from './store.ts'

const FAMILY = 'family'
/** When this device learned that a guardian ended the whole family. */
const OVER = 'family-over'
const familyRecord = z.strictObject({ household: householdId.schema, person: principalId.schema })
const secretRecord = z.strictObject({
  of: principalId.schema,
  epoch: z.int().min(1),
  secret: bytes(32),
})

/** This device's family: the verified log, who this device is in it, and what it holds. */
export type Family = {
  readonly household: Household
  readonly person: PrincipalId
  readonly device: Device
  readonly keyring: Keyring
}

/** The log as verified so far, by client: re-verifying from zero is for a fresh start only. */
const verified = new WeakMap<Client, Household>()

/** The family. Throws `household-missing` before there is one. */
export async function readFamily(client: Client): Promise<Family> {
  const membership = await client.store.get(FAMILY, familyRecord)
  if (!membership) throw new PawpostError('household-missing')
  const device = await client.keeper.device()
  const household = await verifiedLog(client)
  return { household, person: membership.person, device, keyring: await readKeyring(client) }
}

/** This person's role, or nothing before there is a family and after this device's end in it. */
export async function myRole(client: Client): Promise<Principal['role'] | undefined> {
  const membership = await client.store.get(FAMILY, familyRecord)
  if (!membership) return undefined
  if (await hasEnded(client)) return undefined
  return (await verifiedLog(client)).principals.get(membership.person)?.role
}

/**
 * Whether this device belonged to a family and was ended: revoked, removed, gone by itself, or with
 * the whole family.
 */
export async function hasEnded(client: Client): Promise<boolean> {
  if (!(await client.store.get(FAMILY, familyRecord))) return false
  if (await isHouseholdOver(client)) return true
  const { id } = await client.keeper.device()
  return (await verifiedLog(client)).devices.get(id)?.until !== undefined
}

/** Whether the whole family was ended. */
export async function isHouseholdOver(client: Client): Promise<boolean> {
  return (await client.store.get(OVER, z.int())) !== undefined
}

/** The store's entry that the whole family was ended. */
export function householdOver(at: number): Write {
  return { key: OVER, value: at }
}

/**
 * Demands that this device may begin with a family. Throws `household-exists` in one, and
 * `device-ended` after one: its keys are spent, and what it received is still here.
 */
export async function demandNewcomer(client: Client): Promise<void> {
  if (await myRole(client)) throw new PawpostError('household-exists')
  if (await hasEnded(client)) throw new PawpostError('device-ended')
}

/** Entries that make this device part of a family: its log, its person, its secrets. */
export function familyWrites(
  household: HouseholdId,
  person: PrincipalId,
  parts: { links: readonly Uint8Array[]; secrets: readonly Secret[] },
): readonly Write[] {
  return [
    { key: FAMILY, value: { household, person } },
    ...parts.links.map((link, seq) => linkWrite(seq, link)),
    ...parts.secrets.map(secretWrite),
  ]
}

/** The links of this device's log, oldest first, as they were verified. */
export async function keptLinks(client: Client): Promise<readonly Uint8Array[]> {
  const entries = await client.store.list('log/', bytes(1, 1 << 20))
  return entries.map(({ value }) => value)
}

async function verifiedLog(client: Client): Promise<Household> {
  const known = verified.get(client)
  if (known) return known
  const links = await keptLinks(client)
  const household = links.reduce<Household | undefined>(applyLink, undefined)
  if (!household) throw new PawpostError('household-missing')
  verified.set(client, household)
  return household
}

/** From here on this is the log as it was verified: its links are in the store. */
export function noteVerified(client: Client, household: Household): void {
  verified.set(client, household)
}

async function readKeyring(client: Client): Promise<Keyring> {
  const entries = await client.store.list('secret/', secretRecord)
  return entries.map(({ value }) => value).reduce(addSecret, EMPTY_KEYRING)
}

/** The store's entry of a secret that this device holds. */
export function secretWrite(secret: Secret): Write {
  return { key: secretKey(secret.of, secret.epoch), value: secret }
}

/** The secrets of the epochs that a link closed for ever go with it. */
export function closedSecrets(before: Household, after: Household): readonly Write[] {
  return [...after.principals.values()].flatMap(({ id, open }) => {
    const first = before.principals.get(id)?.open ?? open
    return Array.from({ length: open - first }, (_, index) => ({
      key: secretKey(id, first + index),
      value: undefined,
    }))
  })
}

function secretKey(of: PrincipalId, epoch: number): string {
  return `secret/${of}/${pad(epoch)}`
}

/** The store's entry of a link that was verified. */
export function linkWrite(seq: number, link: Uint8Array): Write {
  return { key: linkKey(seq), value: link }
}

function linkKey(seq: number): string {
  return `log/${pad(seq)}`
}

/** Numbers as keys that sort. */
export function pad(number: number): string {
  return String(number).padStart(12, '0')
}
