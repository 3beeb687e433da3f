import type { Change } from '../../client/client.ts'

/** What the client tells the screens: which part of them should look again. */
export type Changes = {
  readonly tell: (change: Change) => void
  /** Calls `listener` for the changes named until the returned function is called. */
  watch(wanted: readonly Change[], listener: () => void): () => void
}

export function createChanges(): Changes {
  const watchers = new Set<{ wanted: readonly Change[]; listener: () => void }>()
  return {
    tell(change) {
      for (const { wanted, listener } of watchers) if (wanted.includes(change)) listener()
    },
    watch(wanted, listener) {
      const watcher = { wanted, listener }
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}
