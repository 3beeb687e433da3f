const NAME = 'pawpost'

/** `held`: this window is the active one. `busy`: another one is. */
export type Hold = 'held' | 'busy'

/**
 * Makes this window the one that works with the family's store: two would take turns on the same
 * counters; another store has another name. With `takeOver` the other one is shut out; it hears of
 * it through its own `onLost`.
 */
export function holdWindow(
  onLost: () => void,
  { takeOver, name = NAME }: { takeOver: boolean; name?: string } = { takeOver: false },
): Promise<Hold> {
  if (!('locks' in navigator)) return Promise.resolve('held')
  return new Promise((resolve) => {
    const options = takeOver ? { steal: true } : { ifAvailable: true }
    navigator.locks
      .request(name, options, (lock) => {
        resolve(lock ? 'held' : 'busy')
        // Held until the window closes or another one takes it.
        return lock ? new Promise<never>(() => undefined) : undefined
      })
      .catch(onLost)
  })
}
