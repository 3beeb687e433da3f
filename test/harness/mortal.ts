import type { KeyValueStore } from '../../src/client/store.ts'
import type { Between } from './member.ts'

/**
 * A process that dies right after its n-th effect on the world (a write to its storage, a request
 * to the server), before it learns of it; with 0, before the first. From then on nothing of it moves:
 * promises stay open for ever, as after a SIGKILL. Between two effects nothing changes that would
 * outlive a process, so n = 0, 1, 2 … are all the moments there are.
 */
export type Mortal = {
  readonly between: Required<Pick<Between, 'raw' | 'fetch'>>
  /** Runs a task to its end, or to the process's. */
  lives<T>(task: Promise<T>): Promise<'died' | 'lived'>
}

export function mortal(at: number): Mortal {
  let effects = 0
  const death = Promise.withResolvers<'died'>()
  const never = new Promise<never>(() => undefined)

  async function effect<T>(happens: () => Promise<T>): Promise<T> {
    effects += 1
    if (effects < at) return happens()
    if (effects === at) await happens()
    death.resolve('died')
    return never
  }

  return {
    between: {
      raw: (raw): KeyValueStore => ({
        get: (key) => raw.get(key),
        list: (prefix) => raw.list(prefix),
        write: (changes) => effect(() => raw.write(changes)),
      }),
      fetch: (fetch) => (input, init) => effect(() => fetch(input, init)),
    },
    lives: (task) => Promise.race([task.then(() => 'lived' as const), death.promise]),
  }
}
