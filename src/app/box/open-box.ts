import { createApi } from '../../client/api.ts'
import { boxClock } from '../../client/box/box-clock.ts'
import { pullBoxLog } from '../../client/box/box-log.ts'
import {
  deliver,
  dropTake,
  keepTake,
  keptTake,
  leaving,
  sayTake,
  type Spoken,
} from '../../client/box/saying.ts'
import { oneAtATime, type Client } from '../../client/client.ts'
import { encryptedStore } from '../../client/store.ts'
import { readBoxLink, type BoxLink } from '../../keys/box-link.ts'
import { boxKeys } from '../../keys/enrolling.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { openDatabase } from '../platform/database.ts'
import { keyValueStore } from '../platform/key-value.ts'
import { storageKey } from '../platform/secrets.ts'

/** What the page of a link works with, once everything has come. */
export type OldPhone = {
  /** Looks whether the link still works. Throws `box-ended`, `offline`, `tampered` and the like. */
  readonly look: () => Promise<void>
  readonly keep: (take: Spoken) => Promise<void>
  readonly kept: () => Promise<Spoken | undefined>
  readonly drop: () => Promise<void>
  /** Decides for the recording that is kept: it goes out by `deliver`, now or later. */
  readonly say: () => Promise<void>
  readonly leaving: () => Promise<number>
  readonly deliver: () => Promise<void>
}

/** Opens what a link opens. Each link has a store of its own. Throws `link-invalid`, `storage-failed`. */
export async function openBox(href: string): Promise<OldPhone> {
  const link = readBoxLink(href)
  const client = await clientOf(link)
  const twice = <T>(task: () => Promise<T>): Promise<T> =>
    task().catch((error: unknown) => {
      // The answer said what time it is: the next request knows.
      const isLate = error instanceof PawpostError && error.code === 'clock-wrong'
      if (isLate) return task()
      throw error
    })
  return {
    look: () =>
      twice(async () => void (await client.exclusively(() => pullBoxLog(client, link.household)))),
    keep: (take) => keepTake(client, take),
    kept: () => keptTake(client),
    drop: () => dropTake(client),
    say: () => sayTake(client),
    leaving: () => leaving(client),
    deliver: () => twice(() => deliver(client, link)),
  }
}

async function clientOf(link: BoxLink): Promise<Client> {
  const device = await boxKeys(link.secret)
  const database = await openDatabase(`pawpost-${device.id}`)
  const clock = boxClock((input, init) => fetch(input, init))
  const { origin } = location
  return {
    origin,
    api: createApi(origin, clock.fetch, clock.now),
    store: encryptedStore(keyValueStore(database), await storageKey(database)),
    keeper: { device: () => Promise.resolve(device) },
    now: clock.now,
    exclusively: oneAtATime(),
    changed: () => undefined,
  }
}
