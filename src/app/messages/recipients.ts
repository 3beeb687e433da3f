import { children } from '../../client/children.ts'
import type { Client } from '../../client/client.ts'
import { members, type Member } from '../../client/people.ts'
import { childId, type ChildId } from '../../protocol/ids.ts'
import { texts } from '../texts.ts'
import type { Address } from './drafts.ts'
import type { Named } from './mail.ts'
import { addressing } from './messages-texts.ts'
import { listed } from './names.ts'

/** Who can be spoken to, and whose voice it can be. */
export type Circle = { readonly children: readonly Named[]; readonly people: readonly Member[] }

export async function circle(client: Client): Promise<Circle> {
  const [known, people] = await Promise.all([children(client), members(client)])
  const named = known.map(({ id, name }) => ({ id, name: name || texts.family.child }))
  return { children: named, people }
}

/** Those who have an app and take no break. */
export function reachable({ people }: Circle): readonly Member[] {
  return people.filter(
    ({ me, role, paused }) => !me && !paused && (role === 'guardian' || role === 'relative'),
  )
}

/** Everybody an address names, as one says it. */
export function namesFor({ to }: Address, around: Circle): string {
  return listed(to.map((whom) => calledIn(around, whom)))
}

/** What the child is called whose voice it is; nothing where it is one's own. */
export function authorFor({ author }: Address, around: Circle): string | undefined {
  return author === 'sender' ? undefined : calledIn(around, author)
}

function calledIn({ children: known, people }: Circle, whom: Address['to'][number]): string {
  if (whom === 'household') return addressing.parents
  if (whom === 'child') return known[0]?.name ?? texts.family.child
  if (childId.is(whom)) return childIn(known, whom)?.name ?? texts.family.child
  const person = people.find((one) => one.person === whom)
  return person?.name || texts.family.unnamed
}

function childIn(known: readonly Named[], whom: ChildId): Named | undefined {
  return known.find(({ id }) => id === whom)
}
