import type { Report, Result } from './campaign.ts'
import type { MutantKey } from './mutants.ts'

/** The figures of a campaign, as they are written down. */
export type Figures = {
  readonly mutants: number
  readonly killed: number
  readonly survivors: number
  readonly equivalent: number
  /** Killed of all, in percent; those proven equivalent count as not killed. */
  readonly score: number
  readonly files: readonly FileFigures[]
}
type FileFigures = {
  readonly file: string
  readonly mutants: number
  readonly killed: number
  readonly survivors: number
  readonly equivalent: number
}

export function figuresOf({ results }: Report): Figures {
  const files = [...new Set(results.map(({ mutant }) => mutant.file))].toSorted()
  return {
    ...count(results),
    score: Math.floor((1000 * of(results, 'killed')) / results.length) / 10,
    files: files.map((file) => ({
      file,
      ...count(results.filter(({ mutant }) => mutant.file === file)),
    })),
  }
}

function count(results: readonly Result[]): Omit<FileFigures, 'file'> {
  return {
    mutants: results.length,
    killed: of(results, 'killed') + of(results, 'listed but killed'),
    survivors: of(results, 'survived'),
    equivalent: of(results, 'listed'),
  }
}

function of(results: readonly Result[], fate: Result['fate']): number {
  return results.filter((result) => result.fate === fate).length
}

/** Whether a campaign may pass: nothing survived unexplained, and the list says what is true. */
export function passes({ results, stale }: Report): boolean {
  const wrong = results.some(({ fate }) => fate === 'survived' || fate === 'listed but killed')
  return !wrong && stale.length === 0
}

/** The table, and below it everything that must not be. */
export function tell(report: Report): readonly string[] {
  const { files, ...all } = figuresOf(report)
  return [
    row(['file', 'mutants', 'killed', 'survivors', 'equivalent']),
    ...[...files, { file: 'all', ...all }].map((each) =>
      row([each.file, each.mutants, each.killed, each.survivors, each.equivalent]),
    ),
    `score ${all.score} %`,
    ...report.results.flatMap(complaint),
    ...report.stale.map((entry) => `names no mutant: ${place(entry)}: ${entry.now}`),
  ]
}

function row([file, ...numbers]: readonly (string | number)[]): string {
  return String(file).padEnd(38) + numbers.map((each) => String(each).padStart(11)).join('')
}

function complaint({ mutant, fate, by }: Result): readonly string[] {
  if (fate === 'survived') {
    return [
      `survived: ${place(mutant)} (line ${mutant.line})`,
      `  - ${mutant.was}`,
      `  + ${mutant.now}`,
    ]
  }
  return fate === 'listed but killed' ? [`listed, and killed by ${by}: ${place(mutant)}`] : []
}

function place({ file, in: within }: MutantKey): string {
  return `${file} ${within}`
}
