import { isForChild, type Message } from '../../client/messages.ts'
import type { ChildId, MessageId } from '../../protocol/ids.ts'

/** Which messages a list shows: one's own, or those of a child. */
export type Tab = 'mine' | ChildId

export const FILTERS = [
  'all',
  'new',
  'waiting',
  'approved',
  'in-the-bear',
  'played',
  'saved',
] as const
export type Filter = (typeof FILTERS)[number]

/** Whether a message belongs on a tab; every message belongs on at least one. */
export function isOn(tab: Tab, message: Message, me: readonly string[]): boolean {
  if (tab !== 'mine') return ofChild(message, tab)
  const { from, to } = message
  if (from.me && !from.child) return true
  return (
    to.some((whom) => 'person' in whom && me.includes(whom.person)) ||
    (!from.child && !isForChild(message))
  )
}

function ofChild({ from, to }: Message, child: ChildId): boolean {
  return from.child?.child === child || to.some((whom) => 'child' in whom && whom.child === child)
}

/** The tab on which a message is found. */
export function tabOf(message: Message, me: readonly string[]): Tab {
  const whom = message.to.find((one) => 'child' in one)
  if (isOn('mine', message, me)) return 'mine'
  return message.from.child?.child ?? (whom && 'child' in whom ? whom.child : 'mine')
}

/** Whether a filter lets a message through. */
export function passes(filter: Filter, { heard, state, saved }: Message): boolean {
  if (filter === 'all') return true
  if (filter === 'new') return !heard
  return filter === 'saved' ? saved : state === filter
}

/** How many messages each filter lets through. */
export function countsOf(messages: readonly Message[]): Readonly<Record<Filter, number>> {
  const counts = { all: 0, new: 0, waiting: 0, approved: 0, 'in-the-bear': 0, played: 0, saved: 0 }
  for (const message of messages) {
    for (const filter of FILTERS) if (passes(filter, message)) counts[filter] += 1
  }
  return counts
}

/** Whether one of a message's people is called so, however it is written. */
export function isNamed({ from, to }: Message, typed: string): boolean {
  const wanted = typed.trim().toLocaleLowerCase()
  if (wanted === '') return true
  const names = [from.child?.name ?? from.name, ...to.map(({ name }) => name)]
  return names.some((name) => name.toLocaleLowerCase().includes(wanted))
}

/** A month's messages. */
export type Month = {
  /** Such as `2026-11`: also the end of its heading's id. */
  readonly key: string
  readonly messages: readonly Message[]
}

/** Messages by month, in their order. */
export function monthsOf(messages: readonly Message[]): readonly Month[] {
  const months = Map.groupBy(messages, ({ at }) => keyOf(at))
  return [...months].map(([key, some]) => ({ key, messages: some }))
}

function keyOf(at: number): string {
  const day = new Date(at)
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}`
}

/** So many rows are drawn or left out together. */
export const CHUNK = 4

/** A list in pieces of {@link CHUNK}. */
export function chunksOf(messages: readonly Message[]): readonly (readonly Message[])[] {
  const count = Math.ceil(messages.length / CHUNK)
  return Array.from({ length: count }, (_, at) => messages.slice(at * CHUNK, (at + 1) * CHUNK))
}

/** Messages by id. */
export function byId(messages: readonly Message[]): ReadonlyMap<MessageId, Message> {
  return new Map(messages.map((message) => [message.message, message]))
}
