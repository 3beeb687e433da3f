import type { Page } from 'playwright-core'

/**
 * Gives a page a browser's messenger that answers at once: Chromium's own is Google's, and no test
 * asks anybody. The page is told of everything else by a real server and a real service worker.
 */
export async function pretendMessenger(page: Page, origin: string): Promise<void> {
  await page.addInitScript((endpoint) => {
    const made = { current: undefined as PushSubscription | undefined }
    async function subscribe(options: PushSubscriptionOptionsInit): Promise<PushSubscription> {
      const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
        'deriveBits',
      ])
      const p256dh = await crypto.subtle.exportKey('raw', pair.publicKey)
      const auth = crypto.getRandomValues(new Uint8Array(16)).buffer
      const subscription = {
        endpoint,
        options: { applicationServerKey: options.applicationServerKey },
        getKey: (name: string) => (name === 'auth' ? auth : p256dh),
        unsubscribe: async () => {
          made.current = undefined
          return true
        },
      }
      made.current = subscription as unknown as PushSubscription
      return made.current
    }
    PushManager.prototype.subscribe = subscribe as typeof PushManager.prototype.subscribe
    PushManager.prototype.getSubscription = async () => made.current ?? null
  }, `${origin}/push/chromium`)
}
