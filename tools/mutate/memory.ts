import type { Mutant } from './mutants.ts'
import type { Choice } from './worker.ts'

/** Which test noticed what: who noticed a mutant nearby is asked first about the next one. */
export type Memory = {
  /** How likely a test file notices a mutant of this one, from what is known so far. */
  chance(mutant: Mutant, file: string): number
  /** How often one test noticed a mutant of the same function, and of the same file. */
  times(mutant: Mutant, file: string, test: number): { here: number; near: number }
  /** Notes how a trial ended: the files that were asked, and the test that noticed. */
  learn(mutant: Mutant, asked: readonly Choice[], killer?: Killer): void
}
export type Killer = { readonly file: string; readonly test?: number }

/** A memory that knows nothing yet. */
export function createMemory(): Memory {
  const counts = new Map<string, number>()
  const count = (...key: readonly (string | number)[]): number => counts.get(key.join(' ')) ?? 0
  const add = (...key: readonly (string | number)[]): void =>
    void counts.set(key.join(' '), count(...key) + 1)
  return {
    chance: ({ file: source }, file) =>
      (count('killed', source, file) + 1) / (count('asked', source, file) + 2),
    times: ({ file: source, in: place }, file, test) => ({
      here: count('here', source, place, file, test),
      near: count('near', source, file, test),
    }),
    learn({ file: source, in: place }, asked, killer) {
      const end = asked.findIndex(({ file }) => file === killer?.file)
      for (const { file } of end < 0 ? asked : asked.slice(0, end + 1)) add('asked', source, file)
      if (!killer) return
      add('killed', source, killer.file)
      if (killer.test === undefined) return
      add('here', source, place, killer.file, killer.test)
      add('near', source, killer.file, killer.test)
    },
  }
}
