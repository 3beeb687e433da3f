/**
 * What somebody did, as seen from outside, in the order in which it was begun. A person does one
 * thing at a time; what different people do may overlap.
 *
 * `what` names the thing by what can be seen of it before it has an id: the words of a message, the
 * name of who joins, the epoch a rotation gave.
 */
export type Act = {
  readonly by: string
  readonly deed: 'send' | 'approve' | 'mark' | 'join' | 'rotate' | 'discard'
  readonly what: string
  /**
   * `acknowledged`: it was said to be done. `refused`: it was said not to be. `unknown`: whoever did
   * it, or who should have answered, was killed or away: it may have happened, at most once.
   */
  readonly outcome: 'acknowledged' | 'refused' | 'unknown'
  /** Who must know of it in the end, if it was acknowledged. */
  readonly to: readonly string[]
}

/** A voice as a receiver has it. */
export type Voice = { readonly id: string; readonly what: string; readonly by: string }

/** One mailbox as the server serves it: numbers and message ids, in the order served. */
export type Box = {
  readonly name: string
  readonly entries: readonly { readonly number: number; readonly id: string }[]
}

/** What one receiver has when everything has come to rest. */
export type Final = {
  readonly who: string
  readonly boxes: readonly Box[]
  /** Ids of every message that the receiver took in or sent, whatever its kind. */
  readonly known: ReadonlySet<string>
  /** Voices in the order in which the receiver's app lists them, oldest first. */
  readonly voices: readonly Voice[]
  /** What was said about voices: `approved`, `in-the-bear`, one for each statement. */
  readonly marks: readonly { readonly what: string; readonly mark: string }[]
  readonly members: readonly string[]
  /** Every epoch that the log has seen, as `rotate` names it. */
  readonly epochs: readonly string[]
  /** The hashes of the links of the receiver's log. */
  readonly log: readonly string[]
  /** What waits to be sent, in words, and how much was put aside on receipt. */
  readonly waiting: readonly string[]
  readonly putAside: number
}

/** Everything that was seen: what was done, and what came of it. */
export type History = { readonly acts: readonly Act[]; readonly finals: readonly Final[] }
