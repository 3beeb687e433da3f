import { createApi } from '../../client/api.ts'
import { withAlarms } from '../../client/alarms.ts'
import { oneAtATime, type Change, type Client } from '../../client/client.ts'
import { encryptedStore } from '../../client/store.ts'
import { openDatabase } from './database.ts'
import { keyValueStore } from './key-value.ts'
import { deviceKeeper, storageKey } from './secrets.ts'
import { finishWipe } from './wipe.ts'

/**
 * The household client of this browser. `changed` is told of everything a screen may show; the server
 * answers and writes mails in `language`, a BCP 47 tag.
 */
export async function openClient(
  changed: (change: Change) => void,
  language?: string,
): Promise<Client> {
  await finishWipe()
  const database = await openDatabase()
  const now = (): number => Date.now()
  const { origin } = location
  const spoken = language === undefined ? {} : { language }
  return withAlarms({
    origin,
    api: createApi(origin, (input, init) => fetch(input, init), now, spoken),
    store: encryptedStore(keyValueStore(database), await storageKey(database)),
    keeper: deviceKeeper(database),
    now,
    exclusively: oneAtATime(),
    changed,
  })
}
