import type { Arrived } from '../../src/keys/message.ts'
import type {
  listRequests,
  readLog,
  readWraps,
  requestState,
} from '../../src/protocol/api/households.ts'
import type { readMailbox } from '../../src/protocol/api/messages.ts'
import { fromBase64url, toBase64url } from '../../src/protocol/bytes.ts'
import type { PrincipalId } from '../../src/protocol/ids.ts'
import { requestIdOf } from '../../src/protocol/log/join.ts'
import { readOuter } from '../../src/protocol/message/outer.ts'
import type { z } from 'zod'
import { changed, hands, says, silence, type Lie } from './proxy.ts'

export type Log = z.output<typeof readLog.response>
export type Mailbox = z.output<typeof readMailbox.response>
export type Requests = z.output<typeof listRequests.response>
export type Wraps = z.output<typeof readWraps.response>
type State = z.output<typeof requestState.response>

/** Puts one more message into a mailbox, and hands out its ciphertext. */
export function injects(mailbox: PrincipalId, { envelope, ciphertext }: Arrived): Lie {
  const { mid } = readOuter(envelope)
  const adds = replays(mailbox, toBase64url(envelope))
  return async (asked, forward) => {
    const file = asked.route === 'readMessage' && asked.params['message'] === mid
    return file ? hands(ciphertext) : adds(asked, forward)
  }
}

/** Changes every envelope of a mailbox. */
export function relabels(mailbox: PrincipalId, change: (envelope: string) => string): Lie {
  return async (asked, forward) => {
    if (asked.route !== 'readMailbox' || asked.params['principal'] !== mailbox) return forward()
    return changed<Mailbox>(await forward(), ({ entries, latest }) => ({
      entries: entries.map(({ seq, outer }) => ({ seq, outer: change(outer) })),
      latest,
    }))
  }
}

/** Hands out an envelope of a mailbox once more, behind all others. */
export function replays(mailbox: PrincipalId, outer: string): Lie {
  return async (asked, forward) => {
    if (asked.route !== 'readMailbox' || asked.params['principal'] !== mailbox) return forward()
    return changed<Mailbox>(await forward(), ({ entries, latest }) => {
      const seq = latest + 1
      const late = Number(asked.query.get('after') ?? 0) >= seq
      return { entries: late ? [] : [...entries, { seq, outer }], latest: seq }
    })
  }
}

/** Says that a mailbox is empty. */
export function empties(mailbox: PrincipalId): Lie {
  return async (asked, forward) => {
    const theirs = asked.route === 'readMailbox' && asked.params['principal'] === mailbox
    return theirs ? says({ entries: [], latest: 0 }) : forward()
  }
}

/** Shows these links instead of the honest ones from a number on. */
export function rewrites(from: number, links: readonly Uint8Array[]): Lie {
  return async (asked, forward) => {
    if (asked.route !== 'readLog') return forward()
    const start = Number(asked.query.get('from') ?? 0)
    return changed<Log>(await forward(), (honest) => {
      const kept = honest.links.slice(0, Math.max(0, from - start))
      const planted = links.slice(Math.max(0, start - from)).map(toBase64url)
      return { links: [...kept, ...planted], length: from + links.length }
    })
  }
}

/** Says that the log ends earlier than it did. */
export function rollsBack(to: number): Lie {
  return rewrites(to, [])
}

/** Hands out wraps that were made for another device. */
export function swapsWraps(theirs: Wraps): Lie {
  return async (asked, forward) => (asked.route === 'readWraps' ? says(theirs) : forward())
}

/** Keeps what a route answered, and is honest. */
export function keeps(route: string, keep: (said: unknown) => void): Lie {
  return async (asked, forward) => {
    const reply = await forward()
    if (asked.route === route) keep(JSON.parse(new TextDecoder().decode(reply.body)))
    return reply
  }
}

/** Tells a joiner that a guardian let them in, and lets them read this log. */
export function pretendsAdmission({ links }: Log): Lie {
  const admitted: State = { state: 'admitted' }
  return async (asked, forward) => {
    if (asked.route === 'requestState') return says(admitted)
    if (asked.route !== 'readLog') return forward()
    const from = Number(asked.query.get('from') ?? 0)
    return says({ links: links.slice(from), length: links.length })
  }
}

/** Takes a request to join and the joiner's nonce, and tells nobody; its own answer is `nonce`. */
export function keepsJoinerTalking(nonce: string): Lie {
  return async (asked, forward) => {
    if (asked.route === 'askToJoin') {
      const { bytes } = JSON.parse(new TextDecoder().decode(asked.body)) as { bytes: string }
      return says({ request: requestIdOf(fromBase64url(bytes)) }, 201)
    }
    if (asked.route === 'revealNonce') return silence()
    const answered: State = { state: 'answered', nonce }
    return asked.route === 'requestState' ? says(answered) : forward()
  }
}

/** Refuses every link with a conflict that is none, and keeps it. */
export function claimsConflicts(keep: (link: string) => void): Lie {
  return async (asked, forward) => {
    if (asked.route !== 'appendLink') return forward()
    keep((JSON.parse(new TextDecoder().decode(asked.body)) as { link: string }).link)
    return says({ code: 'log-conflict', message: '' }, 409)
  }
}

/** Says that nothing of what was sent is here. */
export function losesAll(): Lie {
  return async (asked, forward) => {
    if (asked.route !== 'missingMessages') return forward()
    const { messages } = JSON.parse(new TextDecoder().decode(asked.body)) as Asked
    return says({ missing: messages })
  }
}

type Asked = { readonly messages: readonly string[] }
