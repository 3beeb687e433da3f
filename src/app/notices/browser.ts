import type { Browser, QuietHours } from '../../client/post-notices.ts'
import { toBase64url } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { NoticeWords } from './notice-words.ts'
import { notices as words } from './notices-texts.ts'

/**
 * Whether this browser can tell its person anything: it can, and was allowed to or was not asked yet;
 * it was forbidden; it could from the home screen; it cannot.
 */
export type Ability = 'able' | 'denied' | 'home-screen' | 'unable'

export async function pushAbility(): Promise<Ability> {
  if (!('PushManager' in globalThis) || !('Notification' in globalThis)) {
    return isApple() ? 'home-screen' : 'unable'
  }
  if (!(await registration())) return 'unable'
  return Notification.permission === 'denied' ? 'denied' : 'able'
}

/** iPhones and iPads have no push in a tab, but in an app of the home screen. */
function isApple(): boolean {
  return 'standalone' in navigator && navigator.standalone !== true
}

/**
 * Asks the person, unless they were asked before, then the browser's messenger for an address. Only
 * after a tap. Throws `push-refused` and `push-unable`.
 */
export async function subscribe(key: Uint8Array<ArrayBuffer>): Promise<Browser> {
  if ((await Notification.requestPermission()) !== 'granted') throw new PawpostError('push-refused')
  return subscribeSilently(key)
}

/** As {@link subscribe}, for who said yes before. Throws `push-unable`. */
export async function subscribeSilently(key: Uint8Array<ArrayBuffer>): Promise<Browser> {
  const { pushManager } = (await registration()) ?? {}
  if (!pushManager) throw new PawpostError('push-unable')
  const made = await pushManager.getSubscription()
  // Of another server's time, as after it lost its keys: nothing of ours would arrive there.
  if (made && !isFor(made, key)) await made.unsubscribe()
  const options = { userVisibleOnly: true, applicationServerKey: key }
  const given = await pushManager.subscribe(options).catch((cause: unknown) => {
    throw new PawpostError('push-unable', undefined, { cause })
  })
  return {
    endpoint: given.endpoint,
    p256dh: toBase64url(bytesOf(given, 'p256dh')),
    auth: toBase64url(bytesOf(given, 'auth')),
  }
}

function isFor({ options }: PushSubscription, key: Uint8Array): boolean {
  const own = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer())
  return own.length === key.length && own.every((byte, index) => byte === key[index])
}

function bytesOf(given: PushSubscription, name: PushEncryptionKeyName): Uint8Array {
  return new Uint8Array(given.getKey(name) ?? new ArrayBuffer())
}

/** Gives the address back, and takes away a notice that is still there. */
export async function unsubscribeHere(): Promise<void> {
  const here = await registration()
  await (await here?.pushManager?.getSubscription())?.unsubscribe()
  await clearNotices()
}

/** The person is here: what told them to come has done its work. */
export async function clearNotices(): Promise<void> {
  const here = await registration()
  for (const notice of (await here?.getNotifications?.()) ?? []) notice.close()
}

/** Tells the worker what to say, and when without a sound. */
export async function tellWorker(quiet: QuietHours | undefined): Promise<void> {
  const { lang, dir } = document.documentElement
  const told: NoticeWords = {
    kind: 'notice-words',
    title: words.post,
    lang,
    dir: dir === 'rtl' ? 'rtl' : 'ltr',
    ...(quiet && { quiet }),
  }
  const here = await registration()
  const worker = here?.active ?? here?.waiting ?? here?.installing
  worker?.postMessage(told)
}

async function registration(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator)) return undefined
  return navigator.serviceWorker.getRegistration()
}
