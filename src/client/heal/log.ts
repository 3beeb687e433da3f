import { z } from 'zod'
import { LINKS_PAGE, resubmitLinks } from '../../protocol/api/households.ts'
import { toBase64url } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { Household } from '../../protocol/log/household.ts'
import type { Client } from '../client.ts'
import { noteRollBack, spend } from './roll-backs.ts'
import { keptWraps, type KeptWrap } from './wraps.ts'

// A server whose database was put back to an earlier day gets its links from its clients again.

/** Bytes of links and wraps in one request, unless the first link alone is larger. */
const PAGE_BYTES = 512 * 1024
/** Wraps in one request. */
const PAGE_WRAPS = 256
const OFFERED = 'wraps-offered'
/** How many links this device knew when the server did not know it any more. */
const UNKNOWN = 'unknown-here'
const DAY = 24 * 60 * 60 * 1000

/** All that this device can give back of a log. */
type Kept = {
  readonly household: Household
  readonly links: readonly Uint8Array[]
  readonly wraps: readonly KeptWrap[]
}

type Page = {
  readonly from: number
  readonly links: readonly Uint8Array[]
  readonly wraps: readonly Uint8Array[]
}

/**
 * Gives a server that has only the first `length` links of this log the others, and the wraps that
 * this device has for them. The alarm comes first. Throws `tampered` with `roll-back` when the server
 * does not take them back, or has claimed too many roll-backs today.
 */
export async function healLog(
  client: Client,
  household: Household,
  { links, length }: { links: readonly Uint8Array[]; length: number },
): Promise<void> {
  await noteRollBack(client, { of: 'log', known: links.length, shown: length })
  const kept = { household, links, wraps: await keptWraps(client, household) }
  await submitFrom(client, kept, length).catch(asRollBack)
}

/**
 * What to do when the server does not know this device, which the log knows: it may have lost the
 * link that enrolled it. Where the server's log ends is found out page by page, the newest first.
 * False when the server takes nothing: then this device was put out of the family by a link that it
 * was not shown, or the server has another log.
 */
export async function healUnknown(
  client: Client,
  household: Household,
  links: readonly Uint8Array[],
): Promise<boolean> {
  const spent = await spend(client, 'unknown')
  if (!spent) return false
  await client.store.write([spent, { key: UNKNOWN, value: links.length }])
  const kept = { household, links, wraps: await keptWraps(client, household) }
  for (const page of pagesOf(kept).toReversed()) {
    const outcome = await submit(client, household, page).catch(asUnknown)
    if (!outcome) continue
    const { had, length } = outcome
    await noteUnknown(client, had)
    await submitFrom(client, kept, length)
    return true
  }
  await client.store.write([{ key: UNKNOWN, value: undefined }])
  return false
}

/**
 * Raises the alarm once a server that did not know this device has shown that it knew less of the
 * log: it had `shown` links at most. Called again after a crash, which may have come in between.
 */
export async function noteUnknown(client: Client, shown: number): Promise<void> {
  const known = await client.store.get(UNKNOWN, z.int())
  if (known === undefined) return
  const done = { key: UNKNOWN, value: undefined }
  if (shown < known) await noteRollBack(client, { of: 'log', known, shown }, [done])
  else await client.store.write([done])
}

/**
 * Gives the server the wraps that it lacks and this device has: once a day, and after every change
 * of the log. That it lacks some is the server's word; it gets nothing that it was not given before.
 * One that does not take them now is asked again another time.
 */
export async function offerWraps(
  client: Client,
  household: Household,
  links: readonly Uint8Array[],
): Promise<void> {
  const offered = z.strictObject({ length: z.int(), at: z.int() })
  const before = await client.store.get(OFFERED, offered)
  const at = client.now()
  const { length } = links
  if (before?.length === length && Math.abs(at - before.at) < DAY) return
  const spent = await spend(client, 'offer')
  if (!spent) return
  await client.store.write([spent])
  const wraps = await keptWraps(client, household)
  for (let from = 0; from < wraps.length; from += PAGE_WRAPS) {
    const some = wraps.slice(from, from + PAGE_WRAPS).map((one) => one.wrap)
    const page = { from: length - 1, links: links.slice(-1), wraps: some }
    if (!(await submit(client, household, page).catch(asNotNow))) return
  }
  await client.store.write([{ key: OFFERED, value: { length, at } }])
}

/** Nothing but the offer fails. */
async function asNotNow(error: unknown): Promise<undefined> {
  if (!(error instanceof PawpostError)) throw error
}

async function submitFrom(client: Client, kept: Kept, from: number): Promise<void> {
  for (let next = from; next < kept.links.length;) {
    // Others may be healing it, too: then it is longer than by this page.
    next = (await submit(client, kept.household, pageFrom(kept, next))).length
  }
}

async function submit(
  client: Client,
  household: Household,
  { from, links, wraps }: Page,
): Promise<{ had: number; length: number }> {
  const body = { from, links: links.map(toBase64url), wraps: wraps.map(toBase64url) }
  const outcome = await client.api.call(resubmitLinks, {
    params: { household: household.id },
    body,
  })
  // An honest server has these links now: anything else would have us send them for ever.
  if (outcome.length < from + links.length) throw new PawpostError('tampered', 'roll-back')
  return outcome
}

function pagesOf(kept: Kept): readonly Page[] {
  const pages: Page[] = []
  for (let from = 0; from < kept.links.length;) {
    const page = pageFrom(kept, from)
    pages.push(page)
    from += page.links.length
  }
  return pages
}

/** As many links from a number on as fit, each with the wraps that it names. */
function pageFrom({ links, wraps }: Kept, from: number): Page {
  const page = { from, links: [] as Uint8Array[], wraps: [] as Uint8Array[] }
  let size = 0
  for (const [index, link] of links.slice(from, from + LINKS_PAGE).entries()) {
    const named = wraps.filter(({ seq }) => seq === from + index).map((one) => one.wrap)
    size += [link, ...named].reduce((sum, { length }) => sum + length, 0)
    const fits = size <= PAGE_BYTES && page.wraps.length + named.length <= PAGE_WRAPS
    if (index > 0 && !fits) return page
    page.links.push(link)
    page.wraps.push(...named.slice(0, PAGE_WRAPS))
  }
  return page
}

/** Links that do not continue what the server has: it shows one log here and another one there. */
function asRollBack(error: unknown): never {
  const refused = error instanceof PawpostError && ['not-found', 'log-refused'].includes(error.code)
  throw refused ? new PawpostError('tampered', 'roll-back', { cause: error }) : error
}

function asUnknown(error: unknown): undefined {
  const refused = error instanceof PawpostError && ['not-found', 'log-refused'].includes(error.code)
  if (!refused) throw error
}
