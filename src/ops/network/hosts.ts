import { readFile } from 'node:fs/promises'
import { BlockList, isIPv4, isIPv6 } from 'node:net'
import { z } from 'zod'
import { StartError } from '../../server/platform/start-error.ts'
import { outsiders, type Party, PRODUCTION, zones } from './zones.ts'

/** Which addresses each party has, from a file that the operator keeps. */

/** An address or a prefix, such as `192.0.2.10` or `2001:db8:7::/48`. */
export type Prefix = { readonly text: string; readonly family: 4 | 6 }

/** Addresses by party. Who has none is reached by nobody. */
export type Hosts = Readonly<Partial<Record<Party, readonly Prefix[]>>>

/** Shorter ones are more than anybody owns: `0.0.0.0/0` as `admin` would open a door to all. */
const SHORTEST = { 4: 8, 6: 16 } as const
const LONGEST = { 4: 32, 6: 128 } as const

/** `internet` has no addresses of its own: it is everybody else. */
const NAMED: readonly Party[] = [...zones(), ...outsiders().filter((name) => name !== 'internet')]

const FILE = z.partialRecord(z.enum(NAMED), z.array(z.string()))

/** Reads a file of hosts. Throws StartError, saying what is wrong with it. */
export async function readHosts(path: string): Promise<Hosts> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new StartError(`There is no file of hosts that can be read at ${path}.`)
  })
  return parseHosts(text)
}

/** Hosts out of JSON: `{"edge": ["192.0.2.10", "2001:db8::10"], …}`. Throws StartError. */
export function parseHosts(text: string): Hosts {
  const parsed = FILE.safeParse(json(text))
  if (!parsed.success) {
    throw new StartError(
      `The file of hosts has to be a JSON object of lists of addresses, by ${NAMED.join(', ')}.`,
    )
  }
  const entries = Object.entries(parsed.data)
  const hosts: Hosts = Object.fromEntries(
    entries.map(([party, addresses]) => [party, addresses.map(parsePrefix)]),
  )
  refuseSharedStaging(hosts)
  return hosts
}

/** Parses an address or prefix. Throws StartError. */
export function parsePrefix(text: string): Prefix {
  const [address = '', bits, ...rest] = text.split('/')
  const family = familyOf(address)
  if (family === undefined || rest.length > 0) throw new StartError(`Not an address: ${text}`)
  if (bits === undefined) return { text, family }
  const length = /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN
  if (!(length <= LONGEST[family])) throw new StartError(`Not an address: ${text}`)
  if (length < SHORTEST[family]) throw new StartError(`Too many addresses at once: ${text}`)
  return { text, family }
}

function familyOf(address: string): 4 | 6 | undefined {
  if (isIPv4(address)) return 4
  // Neither an interface nor an IPv4 address in disguise: a rule with one would never match.
  if (isIPv6(address) && !/[%.]/.test(address)) return 6
  return undefined
}

/** With one address for both, staging would speak as production. */
function refuseSharedStaging(hosts: Hosts): void {
  for (const zone of PRODUCTION) {
    const shared = hosts[zone]?.find((one) => hosts.staging?.some((two) => overlap(one, two)))
    if (shared === undefined) continue
    throw new StartError(`Staging and ${zone} cannot share addresses: ${shared.text}`)
  }
}

function overlap(one: Prefix, two: Prefix): boolean {
  return one.family === two.family && (contains(one, two) || contains(two, one))
}

function contains({ text, family }: Prefix, inner: Prefix): boolean {
  const [address = '', bits] = text.split('/')
  const list = new BlockList()
  list.addSubnet(address, bits === undefined ? LONGEST[family] : Number(bits), `ipv${family}`)
  return list.check(inner.text.split('/', 1)[0] ?? '', `ipv${family}`)
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
