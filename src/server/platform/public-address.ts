import { lookup, type LookupAddress } from 'node:dns'
import { BlockList, type LookupFunction } from 'node:net'

/** What is not the Internet (RFC 6890, and the registries that followed it). */
const NOT_PUBLIC: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] =
  [
    ['0.0.0.0', 8, 'ipv4'],
    ['10.0.0.0', 8, 'ipv4'],
    ['100.64.0.0', 10, 'ipv4'],
    ['127.0.0.0', 8, 'ipv4'],
    ['169.254.0.0', 16, 'ipv4'],
    ['172.16.0.0', 12, 'ipv4'],
    ['192.0.0.0', 24, 'ipv4'],
    ['192.0.2.0', 24, 'ipv4'],
    ['192.88.99.0', 24, 'ipv4'],
    ['192.168.0.0', 16, 'ipv4'],
    ['198.18.0.0', 15, 'ipv4'],
    ['198.51.100.0', 24, 'ipv4'],
    ['203.0.113.0', 24, 'ipv4'],
    ['224.0.0.0', 3, 'ipv4'],
    // Only 2000::/3 is given out; of it, tunnels that may lead anywhere and examples.
    ['::', 3, 'ipv6'],
    ['4000::', 2, 'ipv6'],
    ['8000::', 1, 'ipv6'],
    ['2001::', 23, 'ipv6'],
    ['2001:db8::', 32, 'ipv6'],
    ['2002::', 16, 'ipv6'],
    ['3fff::', 20, 'ipv6'],
  ]

/** One for each family: a list of both takes every IPv4 address for one of `::ffff:0:0/96`, too. */
const BLOCKED = { ipv4: new BlockList(), ipv6: new BlockList() }
for (const [network, prefix, family] of NOT_PUBLIC) {
  BLOCKED[family].addSubnet(network, prefix, family)
}

/** Whether an address is one of the public Internet: not of this machine, and of no network around. */
export function isPublicAddress({ address, family }: LookupAddress): boolean {
  const kind = family === 6 ? 'ipv6' : 'ipv4'
  return !BLOCKED[kind].check(address, kind)
}

/**
 * Looks names up for a connection and hands out public addresses only: what was looked at is what is
 * connected to, whatever the name says a moment later.
 */
export const publicLookup: LookupFunction = (name, options, done) => {
  lookup(name, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '', 0)
    const [first, ...others] = found.filter(isPublicAddress)
    if (!first) return done(new Error('no public address'), '', 0)
    if (options.all) return done(null, [first, ...others])
    return done(null, first.address, first.family)
  })
}
