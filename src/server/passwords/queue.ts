import { PawpostError } from '../../protocol/errors.ts'

/** Runs at most `atOnce` works at a time; of the others, `waiting` may wait, the rest is `busy`. */
export function createQueue({
  atOnce,
  waiting,
}: {
  atOnce: number
  waiting: number
}): <T>(work: () => Promise<T>) => Promise<T> {
  const line: (() => void)[] = []
  let running = 0

  async function turn(): Promise<void> {
    if (running < atOnce) {
      running += 1
      return
    }
    if (line.length >= waiting) throw new PawpostError('busy')
    await new Promise<void>((resolve) => line.push(resolve))
  }

  function next(): void {
    const first = line.shift()
    if (first) first()
    else running -= 1
  }

  return async (work) => {
    await turn()
    try {
      return await work()
    } finally {
      next()
    }
  }
}
