import type { Hosts, Prefix } from './hosts.ts'
import { isZone, type Party, type Protocol, type Way, WAYS, type Zone, zones } from './zones.ts'

/** Rules for nftables: whatever the table of zones does not declare is dropped, in and out. */

type Direction = 'input' | 'output'
type Family = Prefix['family']

const FAMILIES: readonly Family[] = [4, 6]
const KEYWORD = { 4: 'ip', 6: 'ip6' } as const

/**
 * Where nothing of the Internet is: this network, private and shared ones, links (a cloud's secrets
 * are told at 169.254.169.254), and groups. Nobody is tricked into calling these "the Internet".
 */
const NOT_THE_INTERNET: Readonly<Record<Family, readonly string[]>> = {
  4: [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '224.0.0.0/3',
  ],
  6: ['::/96', '::ffff:0:0/96', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
}

/**
 * The ruleset of a host that is in these zones, for `nft -f`. Loading it replaces the one before in
 * one step; connections that are open stay open. Limits per address are none of its business: a
 * village may come from one address.
 */
export function ruleset(own: readonly Zone[], hosts: Hosts): string {
  const lines = [
    ...heading(own),
    'table inet pawpost',
    'delete table inet pawpost',
    'table inet pawpost {',
    ...['scanned', 'denied_in', 'denied_out', 'denied_through'].map((name) => counter(name)),
    ...scannerSets(),
    ...partySets(own, hosts),
    ...chain('input', [...arriving(), ...waysInto(own), 'counter name denied_in drop']),
    ...chain('output', [...leaving(), ...waysOutOf(own), DENIED_OUT]),
    ...chain('forward', ['counter name denied_through drop']),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

/** A program of our own that is refused shall know at once, not wait for an answer. */
const DENIED_OUT = 'counter name denied_out reject with icmpx admin-prohibited'

function heading(own: readonly Zone[]): readonly string[] {
  return [
    '#!/usr/sbin/nft -f',
    `# Pawpost: firewall of a host in ${own.join(', ')}. Made by pawpost firewall; do not edit.`,
    '# Whatever is not listed here is dropped, in and out, IPv4 and IPv6.',
    '',
  ]
}

function counter(name: string): string {
  return `  counter ${name} { }`
}

/** Empty until lists are loaded; each prefix counts for itself. */
function scannerSets(): readonly string[] {
  return FAMILIES.map(
    (family) =>
      `  set scanners${family} { type ipv${family}_addr; flags interval; auto-merge; counter; }`,
  )
}

/** One set of addresses per party and family that a rule of this host names. */
function partySets(own: readonly Zone[], hosts: Hosts): readonly string[] {
  const named = [...touching(own, 'input'), ...touching(own, 'output')].map(other)
  const parties = [...new Set(named)].filter((party) => party !== 'internet')
  const everyZone = zones().flatMap((zone) => hosts[zone] ?? [])
  return FAMILIES.flatMap((family) => [
    ...parties.map((party) => set(`${party}${family}`, family, hosts[party] ?? [])),
    set(`zones${family}`, family, everyZone),
    set(`not_internet${family}`, family, NOT_THE_INTERNET[family]),
  ])
}

function set(name: string, family: Family, members: readonly (Prefix | string)[]): string {
  const texts = members.flatMap((one) => {
    if (typeof one === 'string') return [one]
    return one.family === family ? [one.text] : []
  })
  const unique = [...new Set(texts)]
  const elements = unique.length > 0 ? ` elements = { ${unique.join(', ')} };` : ''
  return `  set ${name} { type ipv${family}_addr; flags interval; auto-merge;${elements} }`
}

function chain(hook: Direction | 'forward', rules: readonly string[]): readonly string[] {
  const base = `type filter hook ${hook} priority filter; policy drop;`
  return ['', `  chain ${hook} {`, ...[base, ...rules].map((rule) => `    ${rule}`), '  }']
}

/** What every host hears: itself, answers, and what IPv6 cannot live without (RFC 4890, 4.4). */
function arriving(): readonly string[] {
  const discovery = 'nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert'
  return [
    'iif "lo" accept',
    'ct state vmap { established : accept, related : accept, invalid : drop }',
    `icmpv6 type { ${discovery} } ip6 hoplimit 255 accept`,
    'icmpv6 type mld-listener-query ip6 saddr fe80::/10 ip6 hoplimit 1 accept',
    // A scanner that has a session keeps it: the server knows better who that is.
    ...FAMILIES.map(
      (family) => `${KEYWORD[family]} saddr @scanners${family} counter name scanned drop`,
    ),
    'icmp type echo-request limit rate 10/second accept',
    'icmpv6 type echo-request limit rate 10/second accept',
  ]
}

function leaving(): readonly string[] {
  return [
    'oif "lo" accept',
    'ct state vmap { established : accept, related : accept }',
    'icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } ip6 hoplimit 255 accept',
    'icmpv6 type { mld-listener-report, mld-listener-done, mld2-listener-report } accept',
  ]
}

function waysInto(own: readonly Zone[]): readonly string[] {
  return touching(own, 'input').flatMap((one) => rulesOf(one, 'input'))
}

function waysOutOf(own: readonly Zone[]): readonly string[] {
  return touching(own, 'output').flatMap((one) => rulesOf(one, 'output'))
}

type Touching = { readonly way: Way; readonly direction: Direction }

function touching(own: readonly Zone[], direction: Direction): readonly Touching[] {
  const mine = (party: Party): boolean => isZone(party) && own.includes(party)
  return WAYS.filter((way) => mine(direction === 'input' ? way.to : way.from)).map((way) => ({
    way,
    direction,
  }))
}

function other({ way, direction }: Touching): Party {
  return direction === 'input' ? way.from : way.to
}

function rulesOf(one: Touching, direction: Direction): readonly string[] {
  const protocols = new Set(one.way.ports.map((port) => port.slice(0, 3) as Protocol))
  return [...protocols].flatMap((protocol) =>
    FAMILIES.map((family) => {
      const where = addressMatch(other(one), family, direction)
      return `${where} ${protocol} dport { ${portsOf(one.way, protocol)} } counter accept ${comment(one.way)}`
    }),
  )
}

/** "The Internet" is no zone of ours; and calling it, it is nothing private either. */
function addressMatch(party: Party, family: Family, direction: Direction): string {
  const field = `${KEYWORD[family]} ${direction === 'input' ? 'saddr' : 'daddr'}`
  if (party !== 'internet') return `${field} @${party}${family}`
  const outside = `${field} != @zones${family}`
  return direction === 'input' ? outside : `${outside} ${field} != @not_internet${family}`
}

function portsOf(way: Way, protocol: Protocol): string {
  return way.ports
    .filter((port) => port.startsWith(protocol))
    .map((port) => port.slice(4))
    .join(', ')
}

function comment({ from, to, why }: Way): string {
  return `comment "${from} to ${to}: ${why}"`
}
