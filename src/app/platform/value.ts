import { useEffect, useState } from 'preact/hooks'

/** Something that changes and can be watched: the whole state management of the app. */
export type Value<T> = {
  get(): T
  set(next: T): void
  /** Calls `listener` after every change until the returned function is called. */
  watch(listener: () => void): () => void
}

export function createValue<T>(first: T): Value<T> {
  const listeners = new Set<() => void>()
  let current = first
  return {
    get: () => current,
    set(next) {
      if (Object.is(next, current)) return
      current = next
      for (const listener of listeners) listener()
    },
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The current value, in a component that is drawn again when it changes. */
export function useValue<T>(value: Value<T>): T {
  const [, redraw] = useState({})
  const shown = value.get()
  useEffect(() => {
    // It may have changed between drawing and now.
    if (!Object.is(shown, value.get())) redraw({})
    return value.watch(() => redraw({}))
  }, [value])
  return value.get()
}
