import { isIP } from 'node:net'
import { UsageError } from '../../protocol/usage.ts'

/**
 * Push services that may be called. A name stands for https on port 443 of that host, `*.name` for
 * all below it; an origin such as `http://127.0.0.1:4000` for a service on this very machine.
 */
export type PushHosts = readonly string[]

/** Those of Chrome and its relatives, Firefox, Edge on Windows, and Safari. */
export const KNOWN_PUSH_HOSTS: PushHosts = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  '*.notify.windows.com',
  'web.push.apple.com',
]

const NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/
const LOOPBACK_ORIGIN = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/

/** Names with commas between them, or "none". Throws UsageError. */
export function parsePushHosts(text: string): PushHosts {
  const named = text === 'none' ? [] : text.split(',').map((word) => word.trim().toLowerCase())
  const isWrong = (each: string): boolean => !NAME.test(each) && !LOOPBACK_ORIGIN.test(each)
  if (named.some(isWrong)) {
    throw new UsageError('--push-hosts takes none, or names with commas, such as *.push.example')
  }
  return named
}

/**
 * The address of a browser at one of the services, as it is called; nothing for any other. It comes
 * from whoever subscribes, so it is a stranger's word about where this server shall send something.
 */
export function allowedEndpoint(hosts: PushHosts, text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.username !== '' || url.password !== '' || url.hash !== '') return undefined
  if (hosts.includes(url.origin) && LOOPBACK_ORIGIN.test(url.origin)) return url
  const isPublic = url.protocol === 'https:' && url.port === '' && isIP(url.hostname) === 0
  return isPublic && hosts.some((host) => isUnder(host, url.hostname)) ? url : undefined
}

function isUnder(host: string, name: string): boolean {
  return host.startsWith('*.') ? name.endsWith(host.slice(1)) : name === host
}
