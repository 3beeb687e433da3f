import { UsageError } from '../../protocol/usage.ts'
import { StartError } from '../../server/platform/start-error.ts'
import { orSayWhy, readFlags } from '../command.ts'
import { readHosts } from './hosts.ts'
import { ruleset } from './ruleset.ts'
import { isZone, OUTSIDERS, type Zone, ZONES } from './zones.ts'

const USAGE = `pawpost firewall --zone ZONE[,ZONE...] --hosts FILE

Prints the nftables ruleset of one host: default deny, in and out, IPv4 and IPv6. Look at it, then
load it with "nft -f"; systemd loads it at each start (pawpost systemd).

  --zone   what this host is; several where one host has several jobs
  --hosts  a JSON file of everybody's addresses, the same on all hosts:
           {"edge": ["192.0.2.10", "2001:db8::10"], "admin": ["203.0.113.0/28"], ...}

Zones:
${described(ZONES)}

Others that have addresses in the file (whoever is in no zone is the Internet):
${described({ admin: OUTSIDERS.admin, resolver: OUTSIDERS.resolver, clock: OUTSIDERS.clock })}
`

/** `pawpost firewall`: a ruleset on standard output. Throws UsageError on wrong usage. */
export async function firewall(args: string[]): Promise<void> {
  if (args.includes('--help')) return console.log(USAGE)
  const options = { zone: { type: 'string' }, hosts: { type: 'string' } } as const
  const { zone, hosts } = readFlags(USAGE, { args, options }).values
  if (zone === undefined || hosts === undefined) throw new UsageError(USAGE)
  const own = readZones(zone)
  await orSayWhy(async () => {
    if (own.includes('staging') && own.length > 1) {
      throw new StartError('Staging shares no host with anything else.')
    }
    process.stdout.write(ruleset(own, await readHosts(hosts)))
  })
}

function readZones(text: string): readonly Zone[] {
  const names = [...new Set(text.split(','))]
  const known = names.filter(isZone)
  if (known.length !== names.length) throw new UsageError(USAGE)
  return known
}

function described(parties: Readonly<Record<string, string>>): string {
  return Object.entries(parties)
    .map(([name, says]) => `  ${name.padEnd(9)}  ${says}`)
    .join('\n')
}
