/** Units for systemd: each process under a user of its own, with nothing that it does not need. */

/** A file that belongs on the host, by its path. */
export type HostFile = { readonly path: string; readonly text: string }

type Section = readonly (readonly [key: string, value: string])[]
type Unit = { readonly name: string; readonly unit: Section; readonly service: Section }

const FOLDER = '/etc/systemd/system'
const SOCKET = '/run/pawpost-vault/vault.socket'

/**
 * For every process. Two are missing where Node runs: MemoryDenyWriteExecute, because its compiler
 * writes code and then executes it, and ProcSubset, because locks ask /proc which boot this is.
 */
const HARDENED: Section = [
  ['NoNewPrivileges', 'yes'],
  ['ProtectSystem', 'strict'],
  ['ProtectHome', 'yes'],
  ['ProtectProc', 'invisible'],
  ['ProtectClock', 'yes'],
  ['ProtectControlGroups', 'yes'],
  ['ProtectHostname', 'yes'],
  ['ProtectKernelLogs', 'yes'],
  ['ProtectKernelModules', 'yes'],
  ['ProtectKernelTunables', 'yes'],
  ['PrivateDevices', 'yes'],
  ['PrivateIPC', 'yes'],
  ['PrivateMounts', 'yes'],
  ['PrivateTmp', 'yes'],
  ['RemoveIPC', 'yes'],
  ['LockPersonality', 'yes'],
  ['RestrictNamespaces', 'yes'],
  ['RestrictRealtime', 'yes'],
  ['RestrictSUIDSGID', 'yes'],
  ['SystemCallArchitectures', 'native'],
  ['SystemCallErrorNumber', 'EPERM'],
  ['UMask', '0077'],
]

const NO_CAPABILITIES: Section = [
  ['CapabilityBoundingSet', ''],
  ['AmbientCapabilities', ''],
  ['PrivateUsers', 'yes'],
  ['SystemCallFilter', '@system-service'],
  ['SystemCallFilter', '~@privileged @resources'],
]

/** Only the process we started is asked to stop: it stops its own PostgreSQL in order. */
const LASTING: Section = [
  ['Restart', 'on-failure'],
  ['RestartSec', '2'],
  ['KillMode', 'mixed'],
  ['TimeoutStopSec', '60'],
]

/** Everything that a host of ours needs from systemd. `program` is where Pawpost is installed. */
export function hostFiles(program: string): readonly HostFile[] {
  const units = [server(program), vault(program), firewall()]
  return [
    ...units.map((unit) => ({ path: `${FOLDER}/${unit.name}`, text: written(unit) })),
    { path: '/etc/sysusers.d/pawpost.conf', text: USERS },
  ]
}

const USERS = `# The users of Pawpost's processes. None of them can sign in, and none owns the program.
u pawpost        - "Pawpost"               /var/lib/pawpost
u pawpost-vault  - "Pawpost, its vault"    /var/lib/pawpost-vault
`

/** The server, and the PostgreSQL that it starts. It reaches the vault by the vault's group. */
function server(program: string): Unit {
  return {
    name: 'pawpost.service',
    unit: [
      ['Description', 'Pawpost'],
      ['Wants', 'network-online.target'],
      ['Requires', 'pawpost-vault.service pawpost-firewall.service'],
      ['After', 'network-online.target pawpost-vault.service pawpost-firewall.service'],
    ],
    service: [
      ['ExecStart', `${program}/bin/pawpost serve --data /var/lib/pawpost --vault ${SOCKET}`],
      ['EnvironmentFile', '-/etc/pawpost/pawpost.env'],
      ['Environment', 'NODE_COMPILE_CACHE=/var/cache/pawpost'],
      ...LASTING,
      ['User', 'pawpost'],
      ['Group', 'pawpost'],
      ['SupplementaryGroups', 'pawpost-vault'],
      ...folder('State', 'pawpost', '0700'),
      ...folder('Cache', 'pawpost', '0700'),
      ...HARDENED,
      ...NO_CAPABILITIES,
      ['RestrictAddressFamilies', 'AF_UNIX AF_INET AF_INET6'],
    ],
  }
}

/** Everybody's keys: no network at all. */
function vault(program: string): Unit {
  const run = `${program}/bin/pawpost vault serve --data /var/lib/pawpost-vault`
  return {
    name: 'pawpost-vault.service',
    unit: [['Description', "Pawpost's vault"]],
    service: [
      ['ExecStart', `${run} --socket ${SOCKET} --mode 660`],
      ['Environment', 'NODE_DISABLE_COMPILE_CACHE=1'],
      ...LASTING,
      ['User', 'pawpost-vault'],
      ['Group', 'pawpost-vault'],
      ...folder('State', 'pawpost-vault', '0700'),
      ...folder('Runtime', 'pawpost-vault', '0750'),
      ...HARDENED,
      ...NO_CAPABILITIES,
      ['PrivateNetwork', 'yes'],
      ['IPAddressDeny', 'any'],
      ['RestrictAddressFamilies', 'AF_UNIX'],
    ],
  }
}

/** Rules are there before the network is, and stay when the service stops. */
function firewall(): Unit {
  const load = '/usr/sbin/nft -f /etc/pawpost/firewall.nft'
  return {
    name: 'pawpost-firewall.service',
    unit: [
      ['Description', "Pawpost's firewall"],
      ['DefaultDependencies', 'no'],
      ['Wants', 'network-pre.target'],
      ['Before', 'network-pre.target shutdown.target'],
      ['After', 'local-fs.target systemd-sysusers.service'],
      ['Conflicts', 'shutdown.target'],
    ],
    service: [
      ['Type', 'oneshot'],
      ['RemainAfterExit', 'yes'],
      ['ExecStart', load],
      ['ExecReload', load],
      ['DynamicUser', 'yes'],
      ...HARDENED,
      ['MemoryDenyWriteExecute', 'yes'],
      ['ProcSubset', 'pid'],
      ['CapabilityBoundingSet', 'CAP_NET_ADMIN'],
      ['AmbientCapabilities', 'CAP_NET_ADMIN'],
      ['SystemCallFilter', '@system-service'],
      ['SystemCallFilter', '~@privileged @resources'],
      ['IPAddressDeny', 'any'],
      ['RestrictAddressFamilies', 'AF_NETLINK'],
    ],
  }
}

function folder(kind: 'State' | 'Cache' | 'Runtime', name: string, mode: string): Section {
  return [
    [`${kind}Directory`, name],
    [`${kind}DirectoryMode`, mode],
  ]
}

function written({ unit, service }: Unit): string {
  const install: Section = [['WantedBy', 'multi-user.target']]
  const sections = { Unit: unit, Service: service, Install: install }
  const texts = Object.entries(sections).map(
    ([name, lines]) => `[${name}]\n${lines.map(([key, value]) => `${key}=${value}\n`).join('')}`,
  )
  return texts.join('\n')
}
