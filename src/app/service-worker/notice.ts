import type { NoticeWords } from '../notices/notice-words.ts'
import { isQuiet } from '../notices/quiet.ts'

/**
 * Says that post came. A push is empty, so there is nothing to read in it, and nothing is asked of
 * the server either: that would tell more to whoever listens, and fail without a network.
 */

/** Until the app was open once. */
const FIRST: NoticeWords = {
  kind: 'notice-words',
  title: 'There is post for you',
  lang: 'en',
  dir: 'ltr',
}
const DATABASE = 'pawpost-notice'
const TABLE = 'words'
/** All notices have one place: a newer one takes that of the older. */
const TAG = 'post'

/** Shows the one notice there is. */
export async function showNotice(registration: ServiceWorkerRegistration): Promise<void> {
  const { title, lang, dir, quiet } = await readWords().catch(() => FIRST)
  const silent = isQuiet(quiet, new Date())
  await registration.showNotification(title, {
    tag: TAG,
    lang,
    dir,
    silent,
    icon: '/icon-192.png',
    badge: '/icon-192.png',
  })
}

/** Brings the app to the front, or opens it. */
export async function openApp(clients: Clients): Promise<void> {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  const [first] = windows
  if (first) await first.focus()
  else await clients.openWindow('/')
}

export function isWords(data: unknown): data is NoticeWords {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'notice-words'
}

export async function keepWords(words: NoticeWords): Promise<void> {
  const database = await open()
  const transaction = database.transaction(TABLE, 'readwrite')
  transaction.objectStore(TABLE).put(words, TABLE)
  await new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('error', () => reject(failed(transaction.error)))
  })
  database.close()
}

async function readWords(): Promise<NoticeWords> {
  const database = await open()
  const kept: unknown = await settled(database.transaction(TABLE).objectStore(TABLE).get(TABLE))
  database.close()
  return isWords(kept) ? kept : FIRST
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1)
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(TABLE))
  return settled(request)
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(failed(request.error)))
  })
}

function failed(error: DOMException | null): Error {
  return error ?? new Error('nothing can be kept here')
}
