import { PawpostError } from '../protocol/errors.ts'
import type { MessageId } from '../protocol/ids.ts'
import { membersOf } from '../protocol/log/household.ts'
import { pidsOf } from '../protocol/message/addressees.ts'
import type { Client } from './client.ts'
import { partsOf } from './breath.ts'
import { readFamily } from './family.ts'
import { entries, type Entry, type VoiceEntry } from './mailbag.ts'
import { enqueue } from './outbox.ts'

/**
 * Asks everybody who has a message to forget it. Only the wish of its speaker and of guardians
 * counts. Throws `not-found` for what is not here, and `device-refused` for who may not wish it.
 */
export async function erase(client: Client, message: MessageId): Promise<void> {
  const { household, person } = await readFamily(client)
  const known = await entries(client)
  const voice = known.find(({ mid }) => mid === message)
  if (voice?.kind !== 'voice') throw new PawpostError('not-found')
  const isGuardian = household.principals.get(person)?.role === 'guardian'
  if (!isGuardian && voice.person !== person) throw new PawpostError('device-refused')
  const parts = partsOf(known, voice).map(({ mid }) => mid)
  const gotIt = isGuardian ? holdersOf(known, voice, parts) : new Set()
  const others = membersOf(household).filter(({ id, role }) =>
    role === 'toy' ? isGuardian : gotIt.has(id),
  )
  const to = [...new Set([household.principal, person, ...others.map(({ id }) => id)])]
  const at = client.now()
  await enqueue(
    client,
    parts.map((of) => ({ to, at, content: { kind: 'erase', body: { of } } as const })),
  )
}

/** Who got a voice: its speaker, whom it was for, and whom a guardian passed it on to. */
function holdersOf(
  known: readonly Entry[],
  voice: VoiceEntry,
  parts: readonly MessageId[],
): ReadonlySet<unknown> {
  const shared = known
    .filter((entry) => entry.kind === 'forward' && parts.includes(entry.of))
    .flatMap(({ to }) => pidsOf(to))
  return new Set([voice.person, ...voice.for, ...shared])
}
