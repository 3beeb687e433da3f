import { setTimeout as sleep } from 'node:timers/promises'
import type { PushName } from '../vault/vault.ts'
import { pageOf, takeMails, takePushes } from './due.ts'
import { mailTo } from './mailing.ts'
import type { Notices } from './parts.ts'
import { isSignedIn, pushTo } from './pushing.ts'
import { deletePush } from './store.ts'

const LOOK_MS = 1000
/** After a failure, such as a database or a vault that is away. */
const RETRY_MS = 10_000
/** Longer than one of them can take: then another process may take it. */
const LENT_MS = 120_000
/** Push services asked at the same time. */
const AT_ONCE = 16
const MAILS_AT_ONCE = 8
/** How often those whose session ended are forgotten, though nothing comes for them. */
const SWEEP_MS = 3_600_000

/** Tells whoever is due, while the server runs. Several servers on one database share the work. */
export function watchNotices(notices: Notices): AsyncDisposable {
  const stopping = new AbortController()
  const { signal } = stopping
  let sweptAt = -Infinity
  async function look(): Promise<void> {
    while ((await tellDue(notices)) && !signal.aborted);
    if (notices.clock.now() - sweptAt < SWEEP_MS) return
    await sweep(notices, signal)
    sweptAt = notices.clock.now()
  }
  const watch = async (): Promise<void> => {
    while (!signal.aborted) {
      const pause = await look().then(
        () => LOOK_MS,
        (err: unknown) => {
          notices.log.warn({ err }, 'telling of post was cut off')
          return RETRY_MS
        },
      )
      await sleep(pause, undefined, { signal }).catch(() => undefined)
    }
  }
  const watching = watch()
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await watching
    },
  }
}

/** Tells some of those that are due; whether there may be more. */
async function tellDue(notices: Notices): Promise<boolean> {
  const { db, clock } = notices
  const now = clock.now()
  const lending = { now: new Date(now), until: new Date(now + LENT_MS) }
  const pushes = await takePushes(db, { ...lending, most: AT_ONCE })
  await Promise.all(pushes.map((due) => pushTo(notices, due)))
  const mails = await takeMails(db, { ...lending, most: MAILS_AT_ONCE })
  for (const due of mails) await mailTo(notices, due)
  return pushes.length === AT_ONCE || mails.length === MAILS_AT_ONCE
}

/** Forgets the browsers of devices that nobody is signed in with any more. */
async function sweep(notices: Notices, signal: AbortSignal): Promise<void> {
  let last: PushName | undefined
  do {
    const names = await pageOf(notices.db, last)
    for (const name of names) {
      if (signal.aborted) return
      if (!(await isSignedIn(notices, name))) await deletePush(notices.db, name)
    }
    last = names.at(-1)
  } while (last)
}
