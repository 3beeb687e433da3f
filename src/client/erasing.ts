import { PawpostError } from '../protocol/errors.ts'
import type { MessageId } from '../protocol/ids.ts'
import { membersOf } from '../protocol/log/household.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'
import { entries } from './mailbag.ts'
import { enqueue } from './outbox.ts'

/**
 * Asks everybody who has a message to forget it. Only the wish of its speaker and of guardians
 * counts. Throws `not-found` for what is not here, and `device-refused` for who may not wish it.
 */
export async function erase(client: Client, message: MessageId): Promise<void> {
  const { household, person } = await readFamily(client)
  const voice = (await entries(client)).find(({ mid }) => mid === message)
  if (voice?.kind !== 'voice') throw new PawpostError('not-found')
  const isGuardian = household.principals.get(person)?.role === 'guardian'
  if (!isGuardian && voice.person !== person) throw new PawpostError('device-refused')
  const others = membersOf(household).filter(
    ({ id, role }) =>
      isGuardian && (role === 'toy' || id === voice.person || voice.for.includes(id)),
  )
  const to = new Set([household.principal, person, ...others.map(({ id }) => id)])
  const content = { kind: 'erase', body: { of: message } } as const
  await enqueue(client, [{ to: [...to], at: client.now(), content }])
}
