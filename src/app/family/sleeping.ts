import type { Message } from '../../client/messages.ts'
import { quietUntil } from '../../client/quiet.ts'
import type { ChildId } from '../../protocol/ids.ts'
import type { ProfileChild } from '../../protocol/message/kinds.ts'

/** A child who sleeps now, until when, and how loud the toy may be. */
export type Sleeper = {
  readonly child: ChildId
  readonly name: string
  /** In milliseconds since 1970. */
  readonly until: number
  readonly zone: string
  /** Of 100. */
  readonly volume: number
}

/** The children who sleep at a moment, by what guardians said. */
export function sleepersAt(all: readonly ProfileChild[], now: number): readonly Sleeper[] {
  return all.flatMap(({ id, name, quiet }) => {
    const until = quietUntil(quiet, now)
    if (!quiet || until === undefined) return []
    return [{ child: id, name, until, zone: quiet.zone, volume: quiet.volume ?? 100 }]
  })
}

/** Whom of those who sleep a message is for. */
export function sleeperOf(
  message: Pick<Message, 'to'>,
  sleepers: readonly Sleeper[],
): Sleeper | undefined {
  const meant = message.to.flatMap((whom) => ('child' in whom ? [whom.child] : []))
  return sleepers.find(({ child }) => (meant as readonly string[]).includes(child))
}

/** The loudest that the toy gets now, of 100. */
export function loudestNow(sleepers: readonly Sleeper[]): number {
  return Math.min(100, ...sleepers.map(({ volume }) => volume))
}
