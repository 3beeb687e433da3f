import { useEffect, useState } from 'preact/hooks'

/** Values by name, of which each can be watched alone: among 2,000 rows one is drawn again. */
export type Keyed<T> = {
  get(key: string): T | undefined
  set(key: string, value: T | undefined): void
  watch(key: string, listener: () => void): () => void
}

export function createKeyed<T>(): Keyed<T> {
  const values = new Map<string, T>()
  const listeners = new Map<string, Set<() => void>>()
  return {
    get: (key) => values.get(key),
    set(key, value) {
      if (Object.is(values.get(key), value)) return
      if (value === undefined) values.delete(key)
      else values.set(key, value)
      for (const listener of listeners.get(key) ?? []) listener()
    },
    watch(key, listener) {
      const all = listeners.get(key) ?? new Set()
      listeners.set(key, all.add(listener))
      return () => {
        all.delete(listener)
        if (all.size === 0) listeners.delete(key)
      }
    },
  }
}

/** The value of one name, in a component that is drawn again when that one changes. */
export function useKeyed<T>(keyed: Keyed<T>, key: string): T | undefined {
  const [, redraw] = useState({})
  const shown = keyed.get(key)
  useEffect(() => {
    if (!Object.is(shown, keyed.get(key))) redraw({})
    return keyed.watch(key, () => redraw({}))
  }, [keyed, key])
  return keyed.get(key)
}
