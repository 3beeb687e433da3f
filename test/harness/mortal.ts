import type { KeyValueStore } from '../../src/client/store.ts'
import type { Between } from './member.ts'

/** Whether the process dies just before its n-th effect happens, or just after, before it knows. */
export type Moment = 'before' | 'after'

/**
 * A process that dies at its n-th effect on the world: a write to its storage or a request to the
 * server. From then on nothing of it moves: promises stay open for ever, as after a SIGKILL.
 */
export type Mortal = {
  readonly between: Required<Pick<Between, 'raw' | 'fetch'>>
  /** How many effects there were. */
  effects(): number
  /** Runs a task to its end, or to the process's. */
  lives<T>(task: Promise<T>): Promise<'died' | 'lived'>
}

export function mortal(at: number, moment: Moment): Mortal {
  let effects = 0
  const death = Promise.withResolvers<'died'>()
  const never = new Promise<never>(() => undefined)

  async function effect<T>(happens: () => Promise<T>): Promise<T> {
    if (effects >= at) return never
    effects += 1
    if (effects < at) return happens()
    if (moment === 'after') await happens()
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
    effects: () => effects,
    lives: (task) => Promise.race([task.then(() => 'lived' as const), death.promise]),
  }
}
