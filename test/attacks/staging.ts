import { toHex, toBase64url } from '../../src/protocol/bytes.ts'
import { randomBytes } from '../../src/keys/device.ts'
import { writeInvitation } from '../../src/keys/invitation.ts'
import type { Arrived } from '../../src/keys/message.ts'
import { inviteId } from '../../src/protocol/ids.ts'
import type { Household } from '../../src/protocol/log/household.ts'
import { injects, replays, type Log, type Wraps } from '../evil-server/lies.ts'
import { says, type Lie } from '../evil-server/proxy.ts'
import type { Family } from '../harness/family.ts'
import { ILLEGAL_LINKS, ILLEGAL_MESSAGES } from '../harness/illegal.ts'
import type { Attack, Staged, World } from './attack.ts'

const PAGE = 100

/** Tells several lies at once; the first one that does not ask on has the word. */
export function together(...lies: readonly Lie[]): Lie {
  const [first, ...rest] = lies
  if (!first) return (_, forward) => forward()
  return (asked, forward) => first(asked, () => together(...rest)(asked, forward))
}

/** Shows this log, and no other. */
export function showsLog(links: readonly Uint8Array[]): Lie {
  return async (asked, forward) => {
    if (asked.route !== 'readLog') return forward()
    const from = Number(asked.query.get('from') ?? 0)
    const shown = links.slice(from, from + PAGE).map(toBase64url)
    return says({ links: shown, length: links.length } satisfies Log)
  }
}

/** Hands the victim the wraps that a grown log names for it. */
export function handsWraps({ victim, family }: World): Lie {
  return async (asked, forward) =>
    asked.route === 'readWraps' ? says(wrapsFor(family, victim.device.id)) : forward()
}

export function wrapsFor({ household, wraps }: Family, device: string): Wraps {
  const named = [...household.principals.values()].flatMap(({ id: of, epochs }) =>
    epochs.flatMap(({ epoch, wraps: refs }) =>
      refs.filter(({ to }) => to === device).map(({ hash }) => ({ of, epoch, hash })),
    ),
  )
  return {
    wraps: named.flatMap(({ of, epoch, hash }) => {
      const wrap = wraps.get(toHex(hash))
      return wrap ? [{ of, epoch, wrap: toBase64url(wrap) }] : []
    }),
  }
}

/** Offers the victim a log that ends in `link`; everything before it is honest. */
export function offers(world: World, link: Uint8Array): Staged {
  const { links, household } = world.family
  return { lie: showsLog([...links, link]), honest: household }
}

/** Puts a message into the household's mailbox. */
export function delivers(world: World, arrived: Arrived): Staged {
  const { household, links } = world.family
  const log = together(showsLog(links), handsWraps(world))
  return { lie: together(injects(household.principal, arrived), log), honest: household }
}

/** Puts an envelope that nothing can be read of into the household's mailbox. */
export function deliversEnvelope({ family }: World, envelope: Uint8Array): Staged {
  const { principal } = family.household
  return { lie: replays(principal, toBase64url(envelope)), honest: family.household }
}

/** An invitation to a household, as a server and a member who is its accomplice can write it. */
export function invitationTo(origin: string, { id: household }: Household): string {
  const id = inviteId.from(randomBytes(16))
  return writeInvitation({ origin, id, household, secret: randomBytes(16) })
}

/** Shows this log to somebody who was invited to its household. */
export function invitesTo(world: World, links: readonly Uint8Array[]): Staged {
  const link = invitationTo(world.origin, world.family.household)
  return { lie: showsLog(links), act: { does: 'join', link } }
}

type Labels = Pick<Attack, 'class' | 'by'>

function illegalLink(reason: string, what: string): (typeof ILLEGAL_LINKS)[number] {
  const found = ILLEGAL_LINKS.find((one) => one.reason === reason && one.what === what)
  if (!found) throw new Error(`no illegal link: ${reason}, ${what}`)
  return found
}

/** An illegal link in the log of the family that the victim belongs to. */
export function link(labels: Labels, reason: string, what: string): Attack {
  const { forge } = illegalLink(reason, what)
  const stage = async (world: World): Promise<Staged> => {
    const forged = await forge(world)
    if (world.family.household.id !== world.household) throw new Error('another household')
    return offers(world, forged)
  }
  return { ...labels, what, refused: `log-refused/${reason}`, stage }
}

/** An illegal link in a log that somebody who was invited sees for the first time. */
export function firstSight(labels: Labels, reason: string, what: string): Attack {
  const { forge, first } = illegalLink(reason, what)
  const stage = async (world: World): Promise<Staged> => {
    const forged = await forge(world)
    return invitesTo(world, first ? [forged] : [...world.family.links, forged])
  }
  return { ...labels, what, refused: `log-refused/${reason}`, stage }
}

/** An illegal message in the household's mailbox. */
export function message(labels: Labels, reason: string, what: string): Attack {
  const found = ILLEGAL_MESSAGES.find((one) => one.reason === reason && one.what === what)
  if (!found) throw new Error(`no illegal message: ${reason}, ${what}`)
  const stage = async (world: World): Promise<Staged> => {
    const arrived = await found.forge(world)
    return delivers(world, arrived)
  }
  return { ...labels, what, refused: `message-refused/${reason}`, stage }
}
