import { z } from 'zod'
import { heldBy, type Household } from '../protocol/log/household.ts'
import type { MessageId, PrincipalId } from '../protocol/ids.ts'
import { readInner } from '../protocol/message/inner.ts'
import type { Addressee } from '../protocol/message/addressees.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'
import { isSaving, rescueSaved, saveAgain, savesUnderWay } from './keeping.ts'
import { keepBrought } from './keepsakes.ts'
import { forgetWrites, keptEntries, originalOf, type Entry } from './mailbag.ts'

const SWEPT = 'swept/'
const DAY_MS = 24 * 60 * 60 * 1000

/** The epochs of these principals below these numbers are closed, or about to be. */
type Closed = ReadonlyMap<PrincipalId, number>

/**
 * Forgets what was said in epochs that are closed for ever: the voices, and what was said of them. A
 * voice that is saved in an epoch that stands stays; so does one that this person saved, which is then
 * saved anew, and one that is younger than the family's rule, as long as it is: whoever closed its
 * epoch before the time did not see to that.
 */
export async function forgetClosed(client: Client): Promise<void> {
  const { household, device, person } = await readFamily(client)
  const me = household.devices.get(device.id)
  if (!me) return
  const held = heldBy(household, me)
  const marks = await Promise.all(
    held.map(async (of) => {
      const before = (await client.store.get(SWEPT + of, z.int())) ?? 1
      return { of, before, open: openOf(household, of) }
    }),
  )
  const news = marks.filter(({ before, open }) => open > before)
  if (news.length === 0) return
  const closed = new Map(marks.map(({ of, open }) => [of, open]))
  const kept = await keptEntries(client)
  const entries = kept.map(({ value }) => value)
  const over = goneOf(entries, closed)
  const young = youngOf(entries, client.now(), household.policy.retention)
  const own = entries.filter(isSaving).filter((entry) => entry.person === person)
  const lost = own.filter(({ of }) => over.has(of) && !young.has(of))
  const rescued: ReadonlySet<string> = await rescueSaved(client, lost)
  const gone = new Set([...over].filter((mid) => !young.has(mid) && !rescued.has(mid)))
  const swept = gone.size === over.size ? news : []
  await client.store.write([
    ...forgetWrites(kept, gone),
    ...swept.map(({ of, open }) => ({ key: SWEPT + of, value: open })),
  ])
  if (gone.size > 0) client.changed('messages')
}

/** The messages that are younger than the rule says; one of a day to come is not. */
function youngOf(entries: readonly Entry[], now: number, days: number): ReadonlySet<string> {
  const young = entries.filter(({ at }) => at > now - days * DAY_MS && at < now + DAY_MS)
  return new Set(young.map(({ mid }) => mid))
}

function openOf(household: Household, of: PrincipalId): number {
  return household.principals.get(of)?.open ?? 1
}

/** The voices that go with their epochs. */
function goneOf(entries: readonly Entry[], closed: Closed): ReadonlySet<string> {
  const saved = savedIn(entries, closed)
  return new Set(
    entries
      .filter(({ kind, to, mid }) => kind === 'voice' && isOver(to, closed) && !saved.has(mid))
      .map(({ mid }) => mid),
  )
}

/** The voices that are saved in an epoch that stands. */
function savedIn(entries: readonly Entry[], closed: Closed): ReadonlySet<string> {
  const standing = entries.filter(isSaving).filter(({ to }) => !isOver(to, closed))
  return new Set(standing.map(({ of }) => of))
}

function isOver(to: readonly Addressee[], closed: Closed): boolean {
  return to.some(({ pid, epoch }) => epoch < (closed.get(pid) ?? 0))
}

/**
 * Saves anew, in an epoch that stands, what was saved or brought along in one that is about to be
 * closed. False while something of it is still on its way: nothing is closed before.
 */
export async function keepSaved(client: Client, of: PrincipalId, below: number): Promise<boolean> {
  const [voices, brought] = [
    await keepVoices(client, of, below),
    await keepBrought(client, of, below),
  ]
  return voices && brought
}

async function keepVoices(client: Client, of: PrincipalId, below: number): Promise<boolean> {
  const closed = new Map([[of, below]])
  const entries = (await keptEntries(client)).map(({ value }) => value)
  const saved = savedIn(entries, closed)
  const leaving = await stillHere(
    client,
    entries
      .filter(isSaving)
      .filter(({ of: voice }) => !saved.has(voice))
      .map(({ of: voice }) => voice),
  )
  if (leaving.size === 0) return true
  const underWay = await savesUnderWay(client)
  for (const message of leaving) if (!underWay.has(message)) await saveAgain(client, message, of)
  return false
}

/** Those whose sound is here: where it is gone, nothing is left to save, and nothing to wait for. */
async function stillHere(
  client: Client,
  voices: readonly MessageId[],
): Promise<ReadonlySet<MessageId>> {
  const here = new Set<MessageId>()
  for (const voice of new Set(voices)) {
    const signed = await originalOf(client, voice)
    const inner = signed && readInner(signed.i)
    if (inner?.kind === 'voice' && inner.mid === voice) here.add(voice)
  }
  return here
}
