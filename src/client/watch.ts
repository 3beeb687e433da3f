import { z } from 'zod'
import { PawpostError } from '../protocol/errors.ts'
import { NOTICE_MS } from '../protocol/log/ending.ts'
import type { Household } from '../protocol/log/household.ts'
import { readLink } from '../protocol/log/link.ts'
import type { Client } from './client.ts'
import type { Write } from './store.ts'

/**
 * What a device's own clock says about the log. The time in a link is its signer's claim, and a
 * server that colludes lets any claim pass; but who saw the log themself yesterday, without a
 * notice, knows that the notice has not stood for three days.
 */

/** How far ahead of our clock a link may be dated, in milliseconds: 24 hours. */
const MOST_AHEAD_MS = 24 * 60 * 60 * 1000
/** The last complete look is written down this often, and so known to this many milliseconds. */
const LOOK_MS = 10 * 60 * 1000

const LOOKED = 'looked'
const moment = z.int()

/** A served link, with the household before and after it. */
export type Served = {
  readonly before: Household
  readonly after: Household
  readonly link: Uint8Array
}

/** Notes that the whole log was seen now. */
export async function noteLook(client: Client): Promise<void> {
  const known = await client.store.get(LOOKED, moment)
  const now = client.now()
  // A clock that was turned back counts anew.
  if (known !== undefined && Math.abs(now - known) < LOOK_MS) return
  await client.store.write([{ key: LOOKED, value: now }])
}

/**
 * Checks a verified link against this device's clock; gives what to write with it. Throws `tampered`
 * with `time-ahead` for a link that is dated more than a day ahead, and with `notice-early` for the
 * removal of a guardian whose notice was not there when this device looked less than 72 hours ago.
 * Both are accepted when the time has come.
 */
export async function watch(client: Client, served: Served): Promise<readonly Write[]> {
  demandNotAhead(client, served.link)
  await demandNoticed(client, served)
  return noticeWrites(client, served)
}

/** As {@link watch}, for a log that this device sees for the first time. */
export function demandNotAhead(client: Client, link: Uint8Array): void {
  const { ts } = readLink(link).body
  if (ts > client.now() + MOST_AHEAD_MS) throw new PawpostError('tampered', 'time-ahead')
}

async function demandNoticed(client: Client, { before, after }: Served): Promise<void> {
  const removed = [...after.principals.values()].filter(
    ({ id, ended }) => ended === 'notice' && before.principals.get(id)?.ended === undefined,
  )
  for (const { id } of removed) {
    const notice = before.notices.get(id)
    if (notice) await demandPassed(client, noticeKey(notice.since))
  }
}

async function demandPassed(client: Client, key: string): Promise<void> {
  const now = client.now()
  const unseen = await client.store.get(key, moment)
  if (unseen === undefined || now - unseen >= NOTICE_MS) return
  // A clock that was turned back counts anew.
  if (now < unseen) await client.store.write([{ key, value: now }])
  throw new PawpostError('tampered', 'notice-early')
}

/** Remembers with each new notice when this device last saw the log without it. */
async function noticeWrites(client: Client, { before, after }: Served): Promise<readonly Write[]> {
  const old = standing(before)
  const now = standing(after)
  const unseen = await client.store.get(LOOKED, moment)
  return [
    ...old.filter((since) => !now.includes(since)).map((since) => noticeWrite(since, undefined)),
    ...now.filter((since) => !old.includes(since)).map((since) => noticeWrite(since, unseen)),
  ]
}

/** The standing notices, by the numbers of their links. */
function standing({ notices }: Household): readonly number[] {
  return [...notices.values()].map(({ since }) => since)
}

function noticeWrite(since: number, unseen: number | undefined): Write {
  return { key: noticeKey(since), value: unseen }
}

function noticeKey(since: number): string {
  return `notice/${since}`
}
