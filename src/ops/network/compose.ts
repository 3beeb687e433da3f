import { UsageError } from '../../protocol/usage.ts'
import { type Port, type Way, WAYS, type Zone, zones } from './zones.ts'

/**
 * The zones as networks of containers. Containers know no ports: whoever shares a network reaches
 * all of it. So a network holds one zone and those who may speak to it, and none leads outside but
 * a zone's own.
 */

type Value = string | number | boolean | readonly string[] | { readonly [key: string]: Value }
type Mapping = { readonly [key: string]: Value }

const USAGE = `pawpost compose

Prints the compose file of all zones: one internal network per zone, each service read-only, under a
user of its own, without capabilities. It comes with Pawpost as compose.yaml.
`

const HEADING = `# Zones of Pawpost as containers. Made by "pawpost compose" from src/ops/network/zones.ts: do not edit.
# Checked against the compose schema, NOT RUN by any test. It says who shares a network with whom and
# how each service is walled in; images are yours, and what they need besides (volumes, settings)
# goes into a file of your own: docker compose -f compose.yaml -f yours.yaml up
# Containers know no ports and no directions: the firewall of "pawpost firewall" is the finer wall.
`

/** Users outside the range that a system gives to people. */
const FIRST_USER = 61_001

/** Zones that are there for a task, and not all the time. */
const ASIDE: readonly Zone[] = ['ops', 'staging']

/** `pawpost compose`: the file on standard output. Throws UsageError on wrong usage. */
export function compose(args: string[]): void {
  if (args.includes('--help')) return console.log(USAGE)
  if (args.length > 0) throw new UsageError(USAGE)
  process.stdout.write(composeFile())
}

/** The compose file as text. */
export function composeFile(): string {
  const services = zones().map((zone, at) => [zone, service(zone, FIRST_USER + at)] as const)
  const inside = zones().map((zone) => [zone, { internal: true, enable_ipv6: true }] as const)
  const outside = zones()
    .filter(hasOutside)
    .map((zone) => [outsideOf(zone), { enable_ipv6: true }] as const)
  const file = {
    services: Object.fromEntries(services),
    networks: Object.fromEntries([...inside, ...outside]),
  }
  return `${HEADING}\n${yaml(file).join('\n')}\n`
}

/** The networks that a zone's service is in: its own, those it calls into, and its way outside. */
export function networksOf(zone: Zone): readonly string[] {
  const called = zones().filter((to) => WAYS.some((way) => way.from === zone && leads(way, to)))
  return [...new Set([zone, ...called]), ...(hasOutside(zone) ? [outsideOf(zone)] : [])]
}

/** Nobody signs in to a container: administration goes through the host. */
function leads({ to, ports }: Way, zone: Zone): boolean {
  return to === zone && ports.some((port) => port !== 'tcp/22')
}

/** Names and time come from the host; everything else outside is the Internet. */
function hasOutside(zone: Zone): boolean {
  return WAYS.some(
    ({ from, to }) => (from === zone && to === 'internet') || isPublic(zone, from, to),
  )
}

function isPublic(zone: Zone, from: string, to: string): boolean {
  return from === 'internet' && to === zone
}

function outsideOf(zone: Zone): string {
  return `${zone}-outside`
}

function service(zone: Zone, user: number): Mapping {
  const published = WAYS.filter(({ from, to }) => isPublic(zone, from, to)).flatMap(
    ({ ports }) => ports,
  )
  return {
    image: imageOf(zone),
    ...(ASIDE.includes(zone) && { profiles: [zone] }),
    user: `${user}:${user}`,
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    tmpfs: ['/tmp'],
    restart: 'unless-stopped',
    networks: networksOf(zone),
    ...(published.length > 0 && open(published)),
  }
}

/** A zone that is there all the time has to have an image; another one may never get any. */
function imageOf(zone: Zone): string {
  const missing = ASIDE.includes(zone) ? ':-none' : `:?an image for the zone ${zone}`
  return `\${PAWPOST_${zone.toUpperCase()}_IMAGE${missing}}`
}

/** Ports below 1024 are anybody's inside a container of its own network. */
function open(ports: readonly Port[]): Mapping {
  const numbers = ports.map((port) => port.slice(4))
  return {
    ports: numbers.map((number) => `${number}:${number}`),
    sysctls: ['net.ipv4.ip_unprivileged_port_start=80'],
  }
}

/** As much of YAML as this file needs; JSON's strings are YAML's. */
function yaml(mapping: Mapping): readonly string[] {
  return Object.entries(mapping).flatMap(([key, value]) => {
    if (typeof value !== 'object') return [`${key}: ${JSON.stringify(value)}`]
    if (isList(value)) return [`${key}: [${value.map((one) => JSON.stringify(one)).join(', ')}]`]
    return [`${key}:`, ...yaml(value).map((line) => `  ${line}`)]
  })
}

function isList(value: readonly string[] | Mapping): value is readonly string[] {
  return Array.isArray(value)
}
