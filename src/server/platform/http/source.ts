import type { IncomingHttpHeaders } from 'node:http'
import { BlockList, isIPv4, isIPv6 } from 'node:net'

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/**
 * What limits count a caller by: an IPv4 address, or the /64 network of an IPv6 one (a person has
 * a whole one). Undefined for this machine itself: there, a proxy speaks for everybody.
 */
export function sourceOf(address: string | undefined): string | undefined {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/, '')
  if (plain === undefined) return undefined
  if (isIPv4(plain)) return LOOPBACK.check(plain, 'ipv4') ? undefined : plain
  if (!isIPv6(plain) || LOOPBACK.check(plain, 'ipv6')) return undefined
  return network64(plain)
}

/**
 * As `sourceOf`, of the connection; when it comes from a proxy on this machine, of what the proxy
 * wrote last into the header named `forwarded`. What stands before that anybody may have written.
 */
export function sourceOfRequest(
  remote: string | undefined,
  headers: IncomingHttpHeaders,
  forwarded: string | undefined,
): string | undefined {
  const source = sourceOf(remote)
  if (source !== undefined || forwarded === undefined) return source
  const said = headers[forwarded]
  const last = (Array.isArray(said) ? said.join(',') : said)?.split(',').at(-1)
  return sourceOf(last?.trim())
}

function network64(address: string): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
