/** One figure of a benchmark. */
export type Figure = { readonly name: string; readonly value: number; readonly unit: string }

/** How long a task takes, in milliseconds, again and again; the first `warm` times do not count. */
export async function measure(
  { warm, times }: { warm: number; times: number },
  task: () => Promise<void>,
): Promise<readonly number[]> {
  const taken: number[] = []
  for (let count = 0; count < warm + times; count += 1) {
    const started = performance.now()
    await task()
    taken.push(performance.now() - started)
  }
  return taken.slice(warm)
}

/** The smallest value that `p` percent of the values do not exceed. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN
}
