import type { Client } from '../../client/client.ts'
import { postNotices, readWishes, startPush, stopPush } from '../../client/post-notices.ts'
import { myRole } from '../../client/family.ts'
import { PawpostError } from '../../protocol/errors.ts'
import {
  clearNotices,
  pushAbility,
  subscribeSilently,
  tellWorker,
  unsubscribeHere,
} from './browser.ts'

export { clearNotices } from './browser.ts'

/**
 * Keeps this device told, as its person once wished: browsers change their address, sessions end and
 * begin. What does not work now is tried at the next start.
 */
export async function keepTold(client: Client): Promise<void> {
  await clearNotices()
  const { push, quiet } = await readWishes(client)
  if (!push || (await pushAbility()) !== 'able' || !(await myRole(client))) return
  if (Notification.permission !== 'granted') return
  try {
    await tellWorker(quiet)
    const { key } = await postNotices(client)
    if (key) await startPush(client, await subscribeSilently(key))
  } catch (error) {
    if (!(error instanceof PawpostError)) throw error
  }
}

/** Nobody is told here any more, from before one signs out on. The wish stays. */
export async function stopTelling(client: Client): Promise<void> {
  try {
    await unsubscribeHere()
    if ((await readWishes(client)).push) await stopPush(client)
  } catch (error) {
    // Without a session the server pushes nothing, and takes an hour to forget the rest.
    if (!(error instanceof PawpostError)) reportError(error)
  }
}
