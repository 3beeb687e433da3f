import { openProfile } from '../../../src/cli/client/profile.ts'
import type { Client } from '../../../src/client/client.ts'
import { readFamily, type Family } from '../../../src/client/family.ts'
import { refusals } from '../../../src/client/inbox.ts'
import { step } from '../../../src/client/live.ts'
import { entries, wasSeen, type Entry } from '../../../src/client/mailbag.ts'
import { messages } from '../../../src/client/messages.ts'
import { waiting } from '../../../src/client/outbox.ts'
import { readMailbox } from '../../../src/protocol/api/messages.ts'
import { fromBase64url, toHex } from '../../../src/protocol/bytes.ts'
import type { MessageId, PrincipalId } from '../../../src/protocol/ids.ts'
import { heldBy, membersOf } from '../../../src/protocol/log/household.ts'
import { readOuter } from '../../../src/protocol/message/outer.ts'
import type { Box, Final, Voice } from '../history/history.ts'

/** Somebody with a profile folder. */
export type Actor = { readonly name: string; readonly profile: string }

/** Brings a profile to rest: twice, for what the first made others say. */
export async function settle({ profile }: Actor): Promise<void> {
  using opened = await openProfile(profile)
  await step(opened.client)
  await step(opened.client)
}

/** What somebody has in the end, in the words of a history; voices are told by their length. */
export async function look(
  { name: who, profile }: Actor,
  names: ReadonlyMap<PrincipalId, string>,
): Promise<Final> {
  using opened = await openProfile(profile)
  const { client } = opened
  const family = await readFamily(client)
  const { household } = family
  const boxes = await boxesOf(client, family)
  const voices = await voicesOf(client, names)
  const ids = boxes.flatMap((box) => box.entries.map(({ id }) => id as MessageId))
  const seen = await Promise.all(ids.map((id) => wasSeen(client, id)))
  return {
    who,
    boxes,
    known: new Set(ids.filter((_, index) => seen[index])),
    voices,
    marks: marksOf(await entries(client), family, voices),
    members: membersOf(household).map(({ id }) => id),
    epochs: [...household.principals.values()].flatMap(({ id, epochs }) =>
      epochs.map(({ epoch }) => `${id}/${epoch}`),
    ),
    log: household.hashes.map(toHex),
    waiting: (await waiting(client)).map(({ content, failed = 'on its way' }) =>
      [content.kind, failed].join(' '),
    ),
    putAside: (await refusals(client)).length,
  }
}

async function voicesOf(
  client: Client,
  names: ReadonlyMap<PrincipalId, string>,
): Promise<readonly Voice[]> {
  const newestFirst = await messages(client)
  return newestFirst.toReversed().map(({ message, durationMs, from }) => ({
    id: message,
    what: String(durationMs),
    by: names.get(from.person) ?? from.person,
  }))
}

/** A guardian approves by a forward, and tells the sender by a receipt. */
function marksOf(
  known: readonly Entry[],
  { household, person }: Family,
  voices: readonly Voice[],
): Final['marks'] {
  const words = (of: string): string => voices.find(({ id }) => id === of)?.what ?? of
  const isGuardian = household.principals.get(person)?.role === 'guardian'
  return known.flatMap((entry) => {
    if (entry.kind === 'voice') return []
    if (entry.kind === 'forward') return [{ what: words(entry.of), mark: 'approved' }]
    const told = entry.event === 'approved' && isGuardian ? 'told of approval' : entry.event
    return [{ what: words(entry.of), mark: told }]
  })
}

function boxesOf(client: Client, { household, device }: Family): Promise<readonly Box[]> {
  const me = household.devices.get(device.id)
  const held = me ? heldBy(household, me) : []
  return Promise.all(
    held.map(async (principal) => {
      const params = { household: household.id, principal }
      const all: Box['entries'][number][] = []
      for (;;) {
        const input = { params, query: { after: all.length } }
        const page = await client.api.call(readMailbox, input, device)
        for (const { seq, outer } of page.entries) {
          all.push({ number: seq, id: readOuter(fromBase64url(outer)).mid })
        }
        if (page.entries.length === 0) return { name: principal, entries: all }
      }
    }),
  )
}
