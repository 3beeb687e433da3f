import { PawpostError } from '../../../src/protocol/errors.ts'

/** One thing that was looked at: what the vectors say, and what came out. */
export type Verdict = { readonly name: string; readonly expected: string; readonly got: string }

/** A verdict on two values that JSON can say. */
export function same(name: string, got: unknown, expected: unknown): Verdict {
  return { name, expected: written(expected), got: written(got) }
}

/** A verdict on how something is refused: by its reason code, or its code where it has none. */
export async function refused(
  name: string,
  expected: string,
  run: () => unknown,
): Promise<Verdict> {
  return { name, expected, got: await reasonOf(run) }
}

/** The reason code of a refusal; `accepted` when there was none. */
export async function reasonOf(run: () => unknown): Promise<string> {
  try {
    await run()
    return 'accepted'
  } catch (error) {
    if (!(error instanceof PawpostError)) return String(error)
    return error.reason ?? error.code
  }
}

/** JSON with the names of each object in order. */
function written(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/** How many came out how, in words: what opens or is valid, and what is refused by which reason. */
export function tally(verdicts: readonly Verdict[]): string {
  const counts = new Map<string, number>()
  for (const { got } of verdicts) {
    const [word = ''] = got.split(' ')
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const parts = [...counts].map(([word, count]) => `${word} ${count}`)
  return `${verdicts.length} verdicts: ${parts.join(', ')}`
}
