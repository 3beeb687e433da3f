import type { Message } from '../../client/messages.ts'
import { states as words } from './messages-texts.ts'

/** Who reads it: what waits for the parents waits, for a guardian, "for you". */
export type Reader = 'guardian' | 'relative'

/** Where a message stands, in plain words; empty when there is nothing to say. */
export function stateText({ state, from }: Message, reader: Reader): string {
  if (state === 'waiting') {
    return reader === 'guardian' ? words.waitingForYou : words.waitingForParents
  }
  if (state === 'delivered') return from.me ? words.arrived : ''
  return SAME_FOR_ALL[state]
}

const SAME_FOR_ALL = {
  sending: words.sending,
  failed: words.failed,
  approved: words.approved,
  rejected: words.rejected,
  'in-the-bear': words.inTheBear,
  played: words.played,
} as const
