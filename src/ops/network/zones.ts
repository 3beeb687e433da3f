/**
 * The one table of who may speak to whom. Firewall, units and compose file are made from it, and a
 * test tries every pair of parties on every port against it. What is not in it does not happen.
 */

/** Hosts with one job. Several zones may live on one host; staging only with itself. */
export const ZONES = {
  edge: 'takes connections from the Internet and ends their TLS',
  app: 'the Pawpost server and the vault of its keys',
  database: 'PostgreSQL',
  media: 'the object store of sealed recordings',
  mail: 'carries mail out, and fetches what people wrote',
  ops: 'backups, and the way in for operators',
  staging: 'tries what is new, on invented families',
} as const
export type Zone = keyof typeof ZONES

/** Who else there is. Whoever is in no zone is `internet`; the others have names on top of that. */
export const OUTSIDERS = {
  internet: 'everybody who is in no zone',
  admin: 'where the operators sit, such as a VPN',
  resolver: 'name servers',
  clock: 'time servers',
} as const
export type Outsider = keyof typeof OUTSIDERS
export type Party = Zone | Outsider

export type Protocol = 'tcp' | 'udp'
export type Port = `${Protocol}/${number}`

/** One party may open connections to another, on these ports. Answers always come back. */
export type Way = {
  readonly from: Party
  readonly to: Party
  readonly ports: readonly Port[]
  readonly why: string
}

/** Zones that hold, or lead to, what belongs to families. Staging is none of them. */
export const PRODUCTION = ['edge', 'app', 'database', 'media', 'mail', 'ops'] as const

/**
 * No way leads from production to staging or back, none from database and media to the Internet,
 * and none to `ops` but from where operators sit: backups are fetched, so that a hacked server
 * cannot reach them.
 */
export const WAYS: readonly Way[] = [
  way('internet', 'edge', ['tcp/80', 'tcp/443'], 'families; 80 only sends them to 443'),
  way('edge', 'app', ['tcp/8443'], 'requests, under TLS again'),
  way('edge', 'internet', ['tcp/443'], 'certificates (ACME)'),

  way('app', 'database', ['tcp/5432'], 'PostgreSQL, under TLS'),
  way('app', 'media', ['tcp/443'], 'sealed recordings (S3)'),
  way('app', 'mail', ['tcp/587'], 'mail to families'),
  way('app', 'internet', ['tcp/443'], 'push services'),

  way('mail', 'internet', ['tcp/25', 'tcp/465'], 'delivery'),
  way('mail', 'internet', ['tcp/993'], 'what people write to security@'),

  way('ops', 'database', ['tcp/5432'], 'backups by replication'),
  way('ops', 'media', ['tcp/443'], 'backups of recordings'),
  way('ops', 'mail', ['tcp/587'], 'alarms'),
  way('ops', 'edge', ['tcp/443'], 'looks at the service from outside'),
  way('ops', 'internet', ['tcp/443'], 'updates, lists of scanners, off-site backups'),

  ...PRODUCTION.filter((zone) => zone !== 'ops').map((zone) =>
    way('ops', zone, ['tcp/22'], 'administration'),
  ),
  way('admin', 'ops', ['tcp/22'], 'the one way in for operators'),
  way('admin', 'staging', ['tcp/22', 'tcp/443'], 'developers'),

  ...(['edge', 'app', 'mail', 'ops'] as const).map((zone) =>
    way(zone, 'resolver', ['udp/53', 'tcp/53'], 'names'),
  ),
  ...zones().map((zone) => way(zone, 'clock', ['udp/123'], 'the time')),
]

/** Whether the table lets `from` open a connection to `to`. An outsider is always `internet`, too. */
export function mayReach(from: Party, to: Party, port: Port): boolean {
  const speaks = namesOf(from)
  const hears = namesOf(to)
  return WAYS.some(
    (one) => speaks.includes(one.from) && hears.includes(one.to) && one.ports.includes(port),
  )
}

export function isZone(name: string): name is Zone {
  return Object.hasOwn(ZONES, name)
}

export function zones(): readonly Zone[] {
  return Object.keys(ZONES).filter(isZone)
}

export function outsiders(): readonly Outsider[] {
  return Object.keys(OUTSIDERS) as Outsider[]
}

function namesOf(party: Party): readonly Party[] {
  return isZone(party) ? [party] : [party, 'internet']
}

function way(from: Party, to: Party, ports: readonly Port[], why: string): Way {
  return { from, to, ports, why }
}
