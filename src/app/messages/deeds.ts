import { isForChild, type Message } from '../../client/messages.ts'
import type { Member } from '../../client/people.ts'
import type { ChildId, PrincipalId } from '../../protocol/ids.ts'
import { recordingPath } from './drafts.ts'
import type { Reader } from './states.ts'

/** What can be done with a message, in the order in which it is offered. */
export const DEEDS = [
  'reply',
  'reply-as',
  'to-toy',
  'pass-on',
  'save',
  'let-go',
  'approve',
  'withdraw',
  'hide',
  'erase',
] as const
export type Deed = (typeof DEEDS)[number]

/** Who looks at a message, and who else is there. */
export type Around = { readonly reader: Reader; readonly people: readonly Member[] }

/** What somebody may do with a message, by where it stands. Deciding about it has its own buttons. */
export function deedsFor(message: Message, around: Around): readonly Deed[] {
  const { state, saved, from } = message
  if (state === 'sending' || state === 'failed') return []
  const isGuardian = around.reader === 'guardian'
  const may: Readonly<Record<Deed, boolean>> = {
    reply: answerTo(message, around) !== undefined,
    'reply-as': childrenAnswering(message, around).length > 0,
    'to-toy': isGuardian && isForChild(message) && state === 'approved',
    'pass-on': isGuardian && state !== 'rejected' && listeners(message, around).length > 0,
    save: !saved,
    'let-go': saved,
    approve: isGuardian && isForChild(message) && state === 'rejected',
    withdraw: isGuardian && isForChild(message) && state === 'approved',
    hide: true,
    erase: isGuardian || from.me,
  }
  return DEEDS.filter((deed) => may[deed])
}

/** Where one answers a message; nowhere for what one said oneself, or to who cannot hear. */
export function answerTo(message: Message, { reader, people }: Around): string | undefined {
  const { from, message: re } = message
  if (from.child) return recordingPath({ author: 'sender', to: [from.child.child], re })
  if (from.me || !canHear(people, from.person)) return undefined
  const to = reader === 'relative' ? 'household' : from.person
  return recordingPath({ author: 'sender', to: [to], re })
}

/** The children who were spoken to and may answer, each with where. */
export function childrenAnswering(
  message: Message,
  { reader, people }: Around,
): readonly { child: ChildId; name: string; path: string }[] {
  const { from, to, message: re } = message
  if (reader !== 'guardian' || from.child || from.me || !canHear(people, from.person)) return []
  return to.flatMap((whom) => {
    if (!('child' in whom)) return []
    const path = recordingPath({ author: whom.child, to: [from.person], re })
    return [{ ...whom, path }]
  })
}

/** Whom a message can be passed on to: relatives who have not got it. */
export function listeners({ from, to }: Message, { people }: Around): readonly Member[] {
  return people.filter(
    ({ person, role, paused }) =>
      role === 'relative' &&
      !paused &&
      person !== from.person &&
      !to.some((whom) => 'person' in whom && whom.person === person),
  )
}

/** Who loses a message that is deleted for everybody: those besides oneself who have it. */
export function losers({ from, to }: Message, { people }: Around): readonly Member[] {
  const meant = new Set(to.flatMap((whom) => ('person' in whom ? [whom.person] : [])))
  return people.filter(
    ({ person, role, me }) =>
      !me &&
      (role === 'guardian' ||
        (role === 'relative' && (person === from.person || meant.has(person)))),
  )
}

function canHear(people: readonly Member[], person: PrincipalId): boolean {
  return people.some(
    (one) => one.person === person && (one.role === 'guardian' || one.role === 'relative'),
  )
}
