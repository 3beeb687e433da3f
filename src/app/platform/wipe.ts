import type { Client } from '../../client/client.ts'
import { signOut } from '../../client/session.ts'

const SLOT = 'wipe'

/**
 * Takes everything of Pawpost's from this browser, and starts anew. What is intended is noted first,
 * and done before the database is opened the next time: a wipe that was killed goes on.
 */
export async function wipe(client: Client): Promise<void> {
  // Without the network the server ends the session by itself, in time.
  await signOut(client).catch(() => undefined)
  localStorage.setItem(SLOT, 'now')
  location.replace('/')
}

/** Does what a wipe intended; nothing otherwise. */
export async function finishWipe(): Promise<void> {
  if (localStorage.getItem(SLOT) === null) return
  const databases = await indexedDB.databases()
  await Promise.all(databases.map(({ name = '' }) => deleted(name)))
  localStorage.clear()
}

function deleted(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.addEventListener('success', () => resolve())
    request.addEventListener('error', () => reject(request.error ?? new Error('not deleted')))
  })
}
