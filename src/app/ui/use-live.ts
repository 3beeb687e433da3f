import { useEffect, useState } from 'preact/hooks'
import type { Change } from '../../client/client.ts'
import { useApp, type App } from './context.ts'
import { codeOf, type Trouble } from './problem.tsx'

export type Live<T> = {
  readonly data: T | undefined
  readonly problem: Trouble | undefined
  reload(): void
}

/**
 * What the client knows, read again after each of the changes named and, with `everyMs`, after that
 * time while the page is visible. An older answer never replaces a newer one.
 */
export function useLive<T>(
  load: (client: App['client']) => Promise<T>,
  wanted: readonly Change[],
  everyMs?: number,
): Live<T> {
  const { client, changes } = useApp()
  const [state, setState] = useState<Omit<Live<T>, 'reload'>>({
    data: undefined,
    problem: undefined,
  })
  const [round, setRound] = useState(0)
  const reload = (): void => setRound((count) => count + 1)

  useEffect(() => {
    let stale = false
    load(client).then(
      (data) => stale || setState({ data, problem: undefined }),
      (error: unknown) => {
        const problem = codeOf(error)
        if (!stale) setState(({ data }) => ({ data, problem }))
      },
    )
    return () => {
      stale = true
    }
  }, [client, round])
  useEffect(() => changes.watch(wanted, reload), [changes])
  useEffect(() => {
    if (everyMs === undefined) return undefined
    const timer = setInterval(() => document.hidden || reload(), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return { ...state, reload }
}
