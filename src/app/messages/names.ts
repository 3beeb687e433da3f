import { locale } from '../language/language.ts'
import type { Message, Recipient } from '../../client/messages.ts'
import { texts } from '../texts.ts'
import { addressing, messages as words } from './messages-texts.ts'

const LIST = new Intl.ListFormat(locale, { type: 'conjunction' })

/** Names as one says them: `Mia, Tom, and Ada`. */
export function listed(names: readonly string[]): string {
  return LIST.format(names)
}

/** Who spoke; the child's voice is the child's, whoever recorded it. `child` is for one unnamed. */
export function speakerOf({ from }: Pick<Message, 'from'>, child: string): string {
  if (from.child) return from.child.name || child
  return from.me ? words.you : from.name || texts.family.unnamed
}

/** What somebody is called. */
export function nameOf(whom: Recipient, child: string): string {
  return whom.name || ('child' in whom ? child : addressing.parents)
}

/** `Grandma to Mia`. */
export function fromTo(message: Pick<Message, 'from' | 'to'>, child: string): string {
  const names = message.to.map((whom) => nameOf(whom, child))
  return words.fromTo(speakerOf(message, child), listed(names))
}
