import { useEffect, useRef, useState } from 'preact/hooks'
import { codeOf, type Trouble } from '../ui/problem.tsx'

/** Work that hears when it is to stop, and says how far it is. */
type Work<P> = (parts: { signal: AbortSignal; onProgress: (at: P) => void }) => Promise<void>

/** A long work that can be stopped. */
export type LongWork<P> = {
  /** How far it is; nothing while there is none. */
  readonly progress: P | undefined
  readonly busy: boolean
  /** It was stopped, and nothing was begun since. */
  readonly stopped: boolean
  readonly problem: Trouble | undefined
  readonly start: (work: Work<P>) => void
  readonly stop: () => void
}

/** Runs one long work at a time; it stops when its screen is left. */
export function useLongWork<P>(): LongWork<P> {
  const [progress, setProgress] = useState<P | undefined>(undefined)
  const [problem, setProblem] = useState<Trouble | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const [stopped, setStopped] = useState(false)
  const running = useRef<AbortController | undefined>(undefined)
  const stop = (): void => running.current?.abort()
  useEffect(() => stop, [])

  const run = async (work: Work<P>): Promise<void> => {
    const controller = new AbortController()
    running.current = controller
    setProgress(undefined)
    setProblem(undefined)
    setStopped(false)
    setBusy(true)
    try {
      await work({ signal: controller.signal, onProgress: setProgress })
    } catch (error) {
      if (isStopped(error)) setStopped(true)
      else setProblem(codeOf(error))
    } finally {
      running.current = undefined
      setBusy(false)
    }
  }
  const start: LongWork<P>['start'] = (work) => {
    if (!running.current) void run(work)
  }
  return { progress, busy, stopped, problem, start, stop }
}

function isStopped(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
