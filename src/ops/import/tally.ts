import { LEFT_OUT, REFUSALS, type LeftOut, type Refusal } from './records.ts'

/** What came of the records of one file. It is kept with the progress, and holds no address. */
export type Tally = {
  read: number
  /** New accounts, or waiting invitations. */
  imported: number
  /** There already, from an earlier import of the same record. */
  known: number
  readonly refused: Partial<Record<Refusal, Refused>>
  readonly leftOut: Partial<Record<LeftOut, number>>
}

/** How many, and the first of them by their place in the file: lines, or documents, from 1. */
export type Refused = { count: number; readonly records: number[] }

/** As many places are kept for each reason. */
const EXAMPLES = 10

export function newTally(): Tally {
  return { read: 0, imported: 0, known: 0, refused: {}, leftOut: {} }
}

export function copyOf(tally: Tally): Tally {
  return structuredClone(tally)
}

export function countRefused({ refused }: Tally, reason: Refusal, record: number): void {
  const { count, records } = refused[reason] ?? { count: 0, records: [] }
  const shown = records.length < EXAMPLES ? [...records, record] : records
  refused[reason] = { count: count + 1, records: shown }
}

export function countLeftOut({ leftOut }: Tally, what: LeftOut): void {
  leftOut[what] = (leftOut[what] ?? 0) + 1
}

/** The reasons, in the order in which they are told. */
export function reasonsOf({ refused }: Pick<Tally, 'refused'>): [Refusal, Refused][] {
  return (Object.keys(REFUSALS) as Refusal[]).flatMap((reason) => {
    const found = refused[reason]
    return found ? [[reason, found] as [Refusal, Refused]] : []
  })
}

/** Everything that was left out, over all files. */
export function leftOutOfAll(tallies: readonly Tally[]): Record<LeftOut, number> {
  const sum = (what: LeftOut): number =>
    tallies.reduce((total, { leftOut }) => total + (leftOut[what] ?? 0), 0)
  const names = Object.keys(LEFT_OUT) as LeftOut[]
  return Object.fromEntries(names.map((what) => [what, sum(what)])) as Record<LeftOut, number>
}

/** Whether a file could not be read to its end. */
export function isDamaged({ refused }: Tally): boolean {
  const { 'record-cut-off': cut, 'length-absurd': absurd, 'file-damaged': damaged } = refused
  return cut !== undefined || absurd !== undefined || damaged !== undefined
}
