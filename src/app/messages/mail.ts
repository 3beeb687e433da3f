import { children } from '../../client/children.ts'
import type { Client } from '../../client/client.ts'
import { readFamily } from '../../client/family.ts'
import { messages, type Message } from '../../client/messages.ts'
import { members, type Member } from '../../client/people.ts'
import type { ChildId, PrincipalId } from '../../protocol/ids.ts'
import { texts } from '../texts.ts'

export type Named = { readonly id: ChildId; readonly name: string }

export type Mail = {
  /** What the first child is called; one who has no name yet is "the child". */
  readonly child: string
  readonly children: readonly Named[]
  readonly people: readonly Member[]
  /** Who "me" is as an addressee: the person, and the household for a guardian. */
  readonly me: readonly PrincipalId[]
  readonly all: readonly Message[]
}

/** All messages and who is there: what every home screen shows. */
export async function mail(client: Client): Promise<Mail> {
  const [known, people, all, family] = await Promise.all([
    children(client),
    members(client),
    messages(client),
    readFamily(client),
  ])
  const named = known.map(({ id, name }) => ({ id, name: name || texts.family.child }))
  const me = people.find((one) => one.me)
  const isGuardian = me?.role === 'guardian'
  return {
    child: named[0]?.name ?? texts.family.child,
    children: named,
    people,
    me: isGuardian ? [me.person, family.household.principal] : [family.person],
    all,
  }
}
