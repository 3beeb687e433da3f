import type { Device } from '../keys/device.ts'
import type { Api } from './api.ts'
import type { Store } from './store.ts'

/** The platform's keeper of this installation's keys. */
export interface DeviceKeeper {
  /** The device's keys, made and durably stored at the first call. */
  device(): Promise<Device>
}

/** What happened: which part of a screen should look again. */
export type Change = 'session' | 'family' | 'messages' | 'outbox' | 'connection' | 'alarms'

/**
 * A headless household client: the one object that every client function takes first. It holds no
 * state of its own; everything is in its store.
 */
export type Client = {
  /** The server's origin, such as `https://pawpost.example`. */
  readonly origin: string
  readonly api: Api
  readonly store: Store
  readonly keeper: DeviceKeeper
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Runs one task of a kind at a time: nothing of a client's state changes under another's feet. */
  readonly exclusively: <T>(task: () => Promise<T>) => Promise<T>
  /** Tells whoever shows the client that something changed. */
  readonly changed: (change: Change) => void
}

/** Tasks one after another, in the order they came; a failed one does not stop the next. */
export function oneAtATime(): Client['exclusively'] {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const next = last.then(task, task)
    last = next.catch(() => undefined)
    return next
  }
}
