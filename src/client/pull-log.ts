import type { Device } from '../keys/device.ts'
import { addSecret, EMPTY_KEYRING, secretsOf, type Keyring } from '../keys/keyring.ts'
import { openWrap, type Secret } from '../keys/principal.ts'
import { readLog, readWraps } from '../protocol/api/households.ts'
import { fromBase64url, sameBytes } from '../protocol/bytes.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { PrincipalId } from '../protocol/ids.ts'
import { activeDevice, type Household } from '../protocol/log/household.ts'
import { readLink } from '../protocol/log/link.ts'
import { applyLink } from '../protocol/log/verify.ts'
import type { Output } from './api.ts'
import type { Client } from './client.ts'
import {
  closedSecrets,
  householdOver,
  keptLinks,
  linkWrite,
  noteVerified,
  readFamily,
  secretWrite,
  type Family,
} from './family.ts'
import { healLog, healUnknown, noteUnknown, offerWraps } from './heal/log.ts'
import { forgottenWraps, wrapWrites } from './heal/wraps.ts'
import { noteLook, watch } from './watch.ts'

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
  await client.store.write([
    linkWrite(household.hashes.length, link),
    ...noted,
    ...closedSecrets(household, next),
    ...(await forgottenWraps(client, household, next)),
  ])
  noteVerified(client, next)
  return next
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

/** What a keyring holds of epochs that were not closed for ever. */
function withoutClosed(household: Household, keyring: Keyring): Keyring {
  const isOpen = ({ of, epoch }: Secret): boolean =>
    epoch >= (household.principals.get(of)?.open ?? 1)
  return secretsOf(keyring).filter(isOpen).reduce(addSecret, EMPTY_KEYRING)
}
