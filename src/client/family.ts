import { z } from 'zod'
import { addSecret, EMPTY_KEYRING, secretsOf, type Keyring } from '../keys/keyring.ts'
import type { Device } from '../keys/device.ts'
import { openWrap, type Secret } from '../keys/principal.ts'
import { readLog, readWraps } from '../protocol/api/households.ts'
import { fromBase64url, sameBytes } from '../protocol/bytes.ts'
import { bytes } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import { householdId, principalId, type HouseholdId, type PrincipalId } from '../protocol/ids.ts'
import { activeDevice, type Household, type Principal } from '../protocol/log/household.ts'
import { readLink } from '../protocol/log/link.ts'
import { applyLink } from '../protocol/log/verify.ts'
import type { Output } from './api.ts'
import type { Client } from './client.ts'
import { healLog, healUnknown, noteUnknown, offerWraps } from './heal/log.ts'
import { forgottenWraps, wrapWrites } from './heal/wraps.ts'
import type { Write } from './store.ts'
import { noteLook, watch } from './watch.ts'

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
    ...parts.links.map((link, seq) => ({ key: linkKey(seq), value: link })),
    ...parts.secrets.map(secretWrite),
  ]
}

/**
 * Brings the log up to date and fetches the wraps it names for this device. Everything is verified
 * before it is kept. Throws `tampered` (`roll-back`, `fork`, `wrap-…`) or `log-refused`.
 */
export async function pullLog(client: Client): Promise<Family> {
  const before = await readFamily(client)
  const { household, missing } = await noteOver(client, pullEverything(client, before))
  const after = { ...before, household }
  if (household !== before.household || missing.length > 0) client.changed('family')
  if (endedIn(household, after) && !endedIn(before.household, before)) client.changed('session')
  return { ...after, keyring: withoutClosed(household, missing.reduce(addSecret, before.keyring)) }
}

/** What the server says of a family that was ended is the last that is heard of it. */
async function noteOver<T>(client: Client, pulled: Promise<T>): Promise<T> {
  try {
    return await pulled
  } catch (error) {
    const isOver = error instanceof PawpostError && error.code === 'household-ended'
    if (isOver) await client.store.write([householdOver(client.now())])
    if (isOver) client.changed('session')
    throw error
  }
}

function endedIn(household: Household, { device }: Family): boolean {
  return household.devices.get(device.id)?.until !== undefined
}

/**
 * The log, then the wraps. Somebody may append a link in between: a wrap that the log does not name
 * is refused only if the log is still the same when it is read once more.
 */
async function pullEverything(
  client: Client,
  before: Family,
): Promise<{ household: Household; missing: readonly Secret[] }> {
  const household = await pullLinks(client, before)
  try {
    return { household, missing: await pullWraps(client, { ...before, household }) }
  } catch (error) {
    const unlogged = error instanceof PawpostError && error.reason === 'wrap-unlogged'
    const newer = unlogged ? await pullLinks(client, { ...before, household }) : household
    if (newer === household) throw error
    return { household: newer, missing: await pullWraps(client, { ...before, household: newer }) }
  }
}

async function pullLinks(client: Client, { household, device }: Family): Promise<Household> {
  let current = household
  for (;;) {
    const from = current.hashes.length
    const { links, length, incomplete } = await readFrom(client, current, device)
    if (length < from) throw new PawpostError('tampered', 'roll-back')
    for (const link of links) current = await keepLink(client, current, fromBase64url(link))
    if (current.hashes.length >= length) {
      await noteLook(client)
      if (incomplete) await offerWraps(client, current, await keptLinks(client))
      return current
    }
    if (links.length === 0) throw new PawpostError('tampered', 'withheld')
  }
}

type Links = Output<typeof readLog>

/**
 * What the server has after the links that are kept here. One that has less, or has never heard of
 * this device, gets its links back, once; what it then says counts.
 */
async function readFrom(client: Client, household: Household, device: Device): Promise<Links> {
  const from = household.hashes.length
  const page = await readPage(client, household, device, from).catch((error: unknown) => {
    if (!isUnknown(error) || !activeDevice(household, device.id)) throw error
    return healUnknownHere(client, household, error)
  })
  if (page && page.length >= from) {
    await noteUnknown(client, household.devices.get(device.id)?.since ?? 0)
    return page
  }
  if (page) {
    await demandNoFork(client, household, device, page.length)
    await healLog(client, household, { links: await keptLinks(client), length: page.length })
  }
  return readPage(client, household, device, from)
}

function readPage(client: Client, { id }: Household, device: Device, from: number): Promise<Links> {
  return client.api.call(readLog, { params: { household: id }, query: { from } }, device)
}

function isUnknown(error: unknown): boolean {
  return error instanceof PawpostError && error.code === 'not-found'
}

async function healUnknownHere(
  client: Client,
  household: Household,
  error: unknown,
): Promise<undefined> {
  if (!(await healUnknown(client, household, await keptLinks(client)))) throw error
}

/** A log that is shorter and has another newest link was not put back: it is another log. */
async function demandNoFork(
  client: Client,
  household: Household,
  device: Device,
  length: number,
): Promise<void> {
  const { links } = await readPage(client, household, device, Math.max(0, length - 1))
  const known = household.hashes[length - 1]
  const shown = links[0]
  if (known === undefined || shown === undefined) return
  if (!sameBytes(readLink(fromBase64url(shown)).hash, known)) {
    throw new PawpostError('tampered', 'fork')
  }
}

async function keepLink(
  client: Client,
  household: Household,
  link: Uint8Array,
): Promise<Household> {
  const next = applyServed(household, link)
  const noted = await watch(client, { before: household, after: next, link })
  const kept = { key: linkKey(household.hashes.length), value: link }
  await client.store.write([
    kept,
    ...noted,
    ...forgotten(household, next),
    ...(await forgottenWraps(client, household, next)),
  ])
  verified.set(client, next)
  return next
}

/** The secrets of the epochs that a link closed for ever go with it. */
function forgotten(before: Household, after: Household): readonly Write[] {
  return [...after.principals.values()].flatMap(({ id, open }) => {
    const first = before.principals.get(id)?.open ?? open
    return Array.from({ length: open - first }, (_, index) => ({
      key: secretKey(id, first + index),
      value: undefined,
    }))
  })
}

/** A link that does not continue what we verified is a fork: the server shows others another log. */
function applyServed(household: Household, link: Uint8Array): Household {
  try {
    return applyLink(household, link)
  } catch (error) {
    const fork = error instanceof PawpostError && error.reason === 'predecessor-differs'
    throw fork ? new PawpostError('tampered', 'fork', { cause: error }) : error
  }
}

async function pullWraps(client: Client, family: Family): Promise<readonly Secret[]> {
  const { household, device, keyring } = family
  if (expectedSecrets(family).every(({ of, epoch }) => keyring.get(of)?.has(epoch))) return []
  const input = { params: { household: household.id } }
  const { wraps } = await client.api.call(readWraps, input, device)
  const fresh = wraps.filter(({ of, epoch }) => !keyring.get(of)?.has(epoch))
  const secrets = await Promise.all(
    fresh.map((wrap) => openWrap(household, device, fromBase64url(wrap.wrap), wrap)),
  )
  const kept = wrapWrites(
    household,
    fresh.map(({ wrap }) => fromBase64url(wrap)),
  )
  await client.store.write([...secrets.map(secretWrite), ...kept])
  return secrets
}

/** What the log says this device holds. A device that was ended is given nothing more. */
function expectedSecrets({ household, device }: Family): { of: PrincipalId; epoch: number }[] {
  if (household.devices.get(device.id)?.until !== undefined) return []
  return [...household.principals.values()].flatMap(({ id: of, epochs }) =>
    epochs
      .filter(({ wraps }) => wraps.some(({ to }) => to === device.id))
      .map(({ epoch }) => ({ of, epoch })),
  )
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

async function readKeyring(client: Client): Promise<Keyring> {
  const entries = await client.store.list('secret/', secretRecord)
  return entries.map(({ value }) => value).reduce(addSecret, EMPTY_KEYRING)
}

/** What a keyring holds of epochs that were not closed for ever. */
function withoutClosed(household: Household, keyring: Keyring): Keyring {
  const isOpen = ({ of, epoch }: Secret): boolean =>
    epoch >= (household.principals.get(of)?.open ?? 1)
  return secretsOf(keyring).filter(isOpen).reduce(addSecret, EMPTY_KEYRING)
}

function secretWrite(secret: Secret): Write {
  return { key: secretKey(secret.of, secret.epoch), value: secret }
}

function secretKey(of: PrincipalId, epoch: number): string {
  return `secret/${of}/${pad(epoch)}`
}

function linkKey(seq: number): string {
  return `log/${pad(seq)}`
}

/** Numbers as keys that sort. */
export function pad(number: number): string {
  return String(number).padStart(12, '0')
}
