import type { Act, Box, Final, History } from './history.ts'

/** A promise that was broken: which one, at whom, about what. */
export type Violation = {
  readonly rule: keyof typeof RULES
  readonly who: string
  readonly what: string
}

type Finding = Omit<Violation, 'rule'>
type Rule = (history: History) => readonly Finding[]

/**
 * The promises, one a rule. Each looks from outside, at nothing but what was acknowledged and what
 * the receivers have in the end.
 */
export const RULES = {
  /** What was acknowledged is there, at everybody it was for. */
  lost,
  /** A message is there once, under one id, however often it was tried. */
  doubled,
  /** What one person said, in the order it was said: in the mailbox and in the app. */
  disordered,
  /** Nothing is there that nobody did. */
  invented,
  /** Nothing is approved twice or marked as played twice. */
  'marked-twice': markedTwice,
  /** Mailboxes count from 1 without a gap. */
  gap,
  /** A receiver knows every message of its mailboxes: no cursor ran ahead. */
  skipped,
  /** What was given up stays given up; what was refused did not happen. */
  risen,
  /** Everybody's log is a beginning of the longest one. */
  forked,
  /** Nothing waits for ever, and nothing genuine was put aside. */
  stuck,
} as const satisfies Readonly<Record<string, Rule>>

/** Every broken promise of a history; none of them in a sound one. Pure. */
export function check(history: History): readonly Violation[] {
  const rules = Object.entries(RULES) as [keyof typeof RULES, Rule][]
  return rules.flatMap(([rule, find]) => find(history).map((finding) => ({ rule, ...finding })))
}

function lost({ acts, finals }: History): readonly Finding[] {
  const acknowledged = acts.filter(({ outcome }) => outcome === 'acknowledged')
  const { givenUp } = fates(acts)
  return finals.flatMap((final) =>
    acknowledged
      .filter(
        ({ to, deed, what }) => to.includes(final.who) && !(deed === 'send' && givenUp.has(what)),
      )
      .filter((act) => !has(final, act))
      .map(({ deed, what }) => ({ who: final.who, what: `${deed} ${what}` })),
  )
}

function has(final: Final, { deed, what }: Act): boolean {
  if (deed === 'send') return final.voices.some((voice) => voice.what === what)
  if (deed === 'approve') return hasMark(final, what, 'approved')
  if (deed === 'mark') return hasMark(final, what, 'in-the-bear')
  if (deed === 'join') return final.members.includes(what)
  // Whether a thing that was given up stayed away is for another rule.
  return deed === 'discard' || final.epochs.includes(what)
}

function hasMark({ marks }: Final, what: string, mark: string): boolean {
  return marks.some((one) => one.what === what && one.mark === mark)
}

function doubled({ finals }: History): readonly Finding[] {
  return finals.flatMap(({ who, boxes, voices, members }) => {
    const ids = boxes.flatMap(({ entries }) => twice(entries.map(({ id }) => id)))
    const words = twice(voices.map(({ what }) => what))
    const listed = twice(voices.map(({ id }) => id))
    return [...ids, ...words, ...listed, ...twice(members)].map((what) => ({ who, what }))
  })
}

function disordered({ acts, finals }: History): readonly Finding[] {
  const order = new Map(
    acts.filter(({ deed }) => deed === 'send').map(({ what }, index) => [what, index]),
  )
  const falls = (voices: Final['voices']): readonly string[] =>
    bySender(voices).flatMap((words) => stepsBack(words, order))
  return finals.flatMap((final) =>
    [final.voices, ...final.boxes.map((box) => voicesIn(final, box))]
      .flatMap(falls)
      .map((what) => ({ who: final.who, what })),
  )
}

function voicesIn({ voices }: Final, { entries }: Box): Final['voices'] {
  return entries.flatMap(({ id }) => voices.filter((voice) => voice.id === id))
}

function bySender(voices: Final['voices']): readonly (readonly string[])[] {
  const senders = [...new Set(voices.map(({ by }) => by))]
  return senders.map((sender) => voices.filter(({ by }) => by === sender).map(({ what }) => what))
}

function stepsBack(
  words: readonly string[],
  order: ReadonlyMap<string, number>,
): readonly string[] {
  const places = words.map((what) => ({ what, place: order.get(what) ?? Infinity }))
  const known = places.filter(({ place }) => place < Infinity)
  return known
    .filter(({ place }, index) => place < (known[index - 1]?.place ?? 0))
    .map(({ what }) => what)
}

function invented({ acts, finals }: History): readonly Finding[] {
  const senders = new Map(
    acts.filter(({ deed }) => deed === 'send').map(({ what, by }) => [what, by]),
  )
  return finals.flatMap(({ who, voices }) =>
    voices.filter(({ what, by }) => senders.get(what) !== by).map(({ what }) => ({ who, what })),
  )
}

function markedTwice({ finals }: History): readonly Finding[] {
  return finals.flatMap(({ who, marks }) =>
    twice(marks.map(({ what, mark }) => `${mark} ${what}`)).map((what) => ({ who, what })),
  )
}

function gap({ finals }: History): readonly Finding[] {
  return finals.flatMap(({ who, boxes }) =>
    boxes
      .filter(({ entries }) => entries.some(({ number }, index) => number !== index + 1))
      .map(({ name }) => ({ who, what: name })),
  )
}

function skipped({ finals }: History): readonly Finding[] {
  return finals.flatMap(({ who, boxes, known }) =>
    boxes
      .flatMap(({ entries }) => entries)
      .filter(({ id }) => !known.has(id))
      .map(({ id }) => ({ who, what: id })),
  )
}

function risen({ acts, finals }: History): readonly Finding[] {
  const { givenUp, refused } = fates(acts)
  return finals.flatMap(({ who, voices }) =>
    voices
      .filter(({ what }) => givenUp.has(what) || refused.has(what))
      .map(({ what }) => ({ who, what })),
  )
}

function fates(acts: readonly Act[]): { givenUp: Set<string>; refused: Set<string> } {
  const words = (deed: Act['deed'], outcome: Act['outcome']): Set<string> =>
    new Set(
      acts.filter((act) => act.deed === deed && act.outcome === outcome).map(({ what }) => what),
    )
  return { givenUp: words('discard', 'acknowledged'), refused: words('send', 'refused') }
}

function forked({ finals }: History): readonly Finding[] {
  const logs = finals.map(({ log }) => log)
  const longest = logs.reduce((one, other) => (other.length > one.length ? other : one), [])
  return finals.flatMap(({ who, log }) => {
    const at = log.findIndex((hash, index) => hash !== longest[index])
    return at < 0 ? [] : [{ who, what: `link ${at}` }]
  })
}

function stuck({ finals }: History): readonly Finding[] {
  return finals.flatMap(({ who, waiting, putAside }) => [
    ...waiting.map((what) => ({ who, what: `not sent: ${what}` })),
    ...(putAside > 0 ? [{ who, what: `${putAside} put aside` }] : []),
  ])
}

function twice(all: readonly string[]): readonly string[] {
  return all.filter((one, index) => all.indexOf(one) !== index)
}
