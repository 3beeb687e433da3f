/**
 * Keeps the app's shell (never anything of the API) for when there is no network. Pages come from
 * the network when it answers, so a new version is seen at once; everything else in the shell has
 * its content's hash in its name and comes from here. The browser replaces this worker when the
 * last window of its version is closed: no window ever loses the scripts it was built with.
 */

import { isWords, keepWords, openApp, showNotice } from './notice.ts'

/** Put in by the build: the files of the shell, and a version made of their content. */
declare const PAWPOST_SHELL: { readonly version: string; readonly files: readonly string[] }

const worker = self as unknown as ServiceWorkerGlobalScope
const { version, files } = PAWPOST_SHELL
const CACHE = `shell-${version}`
const PAGE = '/'
const PATIENCE_MS = 3_000

worker.addEventListener('install', (event) => event.waitUntil(store()))
worker.addEventListener('activate', (event) => event.waitUntil(tidy()))
worker.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  const ours = event.request.method === 'GET' && origin === worker.location.origin
  if (!ours || pathname.startsWith('/api/')) return
  if (event.request.mode === 'navigate') event.respondWith(page(event.request))
  else if (files.includes(pathname)) event.respondWith(kept(pathname, event.request))
})

worker.addEventListener('push', (event) => event.waitUntil(showNotice(worker.registration)))
worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openApp(worker.clients))
})
worker.addEventListener('message', (event) => {
  const words: unknown = event.data
  if (isWords(words)) event.waitUntil(keepWords(words))
})

async function store(): Promise<void> {
  const cache = await caches.open(CACHE)
  // Past the browser's own cache: an old file under a new version would stay for ever.
  await cache.addAll(files.map((file) => new Request(file, { cache: 'reload' })))
}

async function tidy(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))
}

async function page(request: Request): Promise<Response> {
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) })
    if (response.ok) return response
  } catch {
    // No network: the page that is kept here.
  }
  return kept(PAGE, request)
}

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(path)) ?? fetch(request)
}
