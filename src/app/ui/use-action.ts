import { useRef, useState } from 'preact/hooks'
import { codeOf, type Trouble } from './problem.tsx'

/** Something a person asked for: under way, failed, or neither. */
export type Action<A extends readonly unknown[]> = {
  readonly busy: boolean
  readonly problem: Trouble | undefined
  /** Resolves to whether it worked; a second call while one is under way does nothing. */
  run(...args: A): Promise<boolean>
  clear(): void
}

export function useAction<A extends readonly unknown[]>(
  work: (...args: A) => Promise<unknown>,
): Action<A> {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Trouble | undefined>(undefined)
  const running = useRef(false)
  const run = async (...args: A): Promise<boolean> => {
    if (running.current) return false
    running.current = true
    setBusy(true)
    setProblem(undefined)
    try {
      await work(...args)
      return true
    } catch (error) {
      setProblem(codeOf(error))
      return false
    } finally {
      running.current = false
      setBusy(false)
    }
  }
  return { busy, problem, run, clear: () => setProblem(undefined) }
}
