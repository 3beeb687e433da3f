import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Hosts, parseHosts } from '../../src/ops/network/hosts.ts'
import { ruleset } from '../../src/ops/network/ruleset.ts'
import {
  isZone,
  mayReach,
  outsiders,
  type Party,
  type Port,
  PRODUCTION,
  WAYS,
  type Zone,
  zones,
} from '../../src/ops/network/zones.ts'
import type { Target } from './network-party.ts'
import { type Family, type Host, openWorld, whyNoNamespaces, type World } from './network-world.ts'

/**
 * S1, S2, S10: every zone on a host of its own, with the rules made for it; then
 * everybody calls everybody, and a stranger scans. The same without rules has to look different.
 */

const refusal = await whyNoNamespaces()
const skip = refusal ?? false

const PARTIES: readonly Party[] = [...zones(), ...outsiders()]
const FAMILIES: readonly Family[] = [4, 6]
/** What was open to the world in 2017, and what else nobody declared. */
const UNDECLARED: readonly Port[] = ['tcp/8080', 'tcp/27017', 'udp/5353']
const PORTS = [...new Set([...WAYS.flatMap((way) => way.ports), ...UNDECLARED])]

const ROUNDS = 4

type Cell = { from: Party; to: Party; port: Port; family: Family }

let world: World | undefined
let hosts: Hosts = {}
const rules = new Map<Party, string>()

function host(party: Party): Host {
  const found = world?.hosts.get(party)
  assert.ok(found, party)
  return found
}

before(async () => {
  if (skip !== false) return
  world = await openWorld(PARTIES, PORTS)
  const named = PARTIES.filter((party) => party !== 'internet')
  const addresses = named.map((party) => [party, Object.values(host(party).address)])
  const file = JSON.stringify(Object.fromEntries(addresses))
  hosts = parseHosts(file)
  for (const zone of zones()) rules.set(zone, ruleset([zone], hosts))
})
after(() => world?.[Symbol.asyncDispose]())

/** Every zone's own rules anew, and then, on each zone's host, these commands. */
async function withRules(commands = ''): Promise<void> {
  for (const [zone, text] of rules) await host(zone).nft(`${text}\n${commands}`)
}

async function withoutRules(): Promise<void> {
  for (const zone of zones()) await host(zone).nft('flush ruleset')
}

/** What a chain does when everything is allowed. */
function opened(chain: 'input' | 'output'): string {
  return `flush chain inet pawpost ${chain}
    add chain inet pawpost ${chain} { policy accept; }`
}

/**
 * Everybody calls everybody on every port, all at the same time; gives the calls that came through.
 * On a busy machine a call may be too slow: those that should come through get another chance.
 */
async function whoReachesWhom(wanted: readonly Cell[]): Promise<readonly string[]> {
  const reached = new Set<string>()
  for (let cells = PARTIES.flatMap(cellsFrom), round = 0; round < ROUNDS; round += 1) {
    for (const cell of await callAll(cells)) reached.add(nameOf(cell))
    cells = wanted.filter((cell) => !reached.has(nameOf(cell)))
    if (cells.length === 0) break
  }
  return [...reached].sort()
}

/** The calls that came through. */
async function callAll(cells: readonly Cell[]): Promise<readonly Cell[]> {
  const answers = await Promise.all(
    PARTIES.map(async (from) => {
      const own = cells.filter((cell) => cell.from === from)
      const targets = own.map(({ to, port, family }) => ({
        address: host(to).address[family],
        port,
      }))
      const reached = await host(from).reach(targets)
      return own.filter((_, at) => reached[at] === true)
    }),
  )
  return answers.flat()
}

function cellsFrom(from: Party): readonly Cell[] {
  return PARTIES.filter((to) => to !== from).flatMap((to) =>
    PORTS.flatMap((port) => FAMILIES.map((family) => ({ from, to, port, family }))),
  )
}

function nameOf({ from, to, port, family }: Cell): string {
  return `${from} -> ${to} ${port} v${family}`
}

/** The calls that should come through. What two outsiders do is not ours to say. */
function expected(allowed: (cell: Cell) => boolean): readonly Cell[] {
  return PARTIES.flatMap(cellsFrom).filter(
    (cell) => (!isZone(cell.from) && !isZone(cell.to)) || allowed(cell),
  )
}

/** Tries everything, and compares with what should come through: no call less, and none more. */
async function isExactly(wanted: readonly Cell[]): Promise<void> {
  assert.deepEqual(await whoReachesWhom(wanted), wanted.map(nameOf).sort())
}

const declared = (cell: Cell): boolean => mayReach(cell.from, cell.to, cell.port)

test(
  'the rules of every zone are valid, and can be loaded again over themselves',
  { skip },
  async () => {
    for (const [zone, text] of rules) {
      for (const checked of [text, ruleset(PRODUCTION, hosts), ruleset(zones(), {})]) {
        const { code, stderr } = await host(zone).run('/usr/sbin/nft', ['-c', '-f', '-'], checked)
        assert.deepEqual({ code, stderr }, { code: 0, stderr: '' }, zone)
      }
      await host(zone).nft(text)
      const once = await host(zone).nft('list ruleset')
      await host(zone).nft(text)
      assert.equal(await host(zone).nft('list ruleset'), once, zone)
    }
    assert.equal(rules.size, zones().length)
  },
)

test('who reaches whom, on which port, is exactly the declared table', { skip }, async () => {
  await withRules()
  await isExactly(expected(declared))
})

test('a hacked host that drops its own rules still calls nobody it may not', { skip }, async () => {
  await withRules(opened('output'))
  const allowed = (cell: Cell): boolean => !isZone(cell.to) || declared(cell)
  await isExactly(expected(allowed))
})

test('a host that lets everybody in is still called only by who may', { skip }, async () => {
  await withRules(opened('input'))
  const allowed = (cell: Cell): boolean => !isZone(cell.from) || declared(cell)
  await isExactly(expected(allowed))
})

test('control: without rules everybody reaches everybody', { skip }, async () => {
  await withoutRules()
  const everything = expected(() => true)
  assert.ok(everything.length > expected(declared).length * 5)
  await isExactly(everything)
})

/** The TCP ports of a zone that a stranger's nmap finds open, of all 65,535. */
async function scanned(zone: Zone, family: Family): Promise<readonly number[]> {
  const flags = '-n -Pn -sS -p- -T5 --min-rate 20000 --max-retries 1 -oG -'.split(' ')
  const where = [...(family === 6 ? ['-6'] : []), host(zone).address[family]]
  const { code, stdout, stderr } = await host('internet').run('/usr/bin/nmap', [...flags, ...where])
  assert.equal(code, 0, stderr)
  assert.match(stdout, /1 host up/)
  return [...stdout.matchAll(/(\d+)\/open\/tcp/g)].map(([, port]) => Number(port)).sort(byNumber)
}

function byNumber(one: number, two: number): number {
  return one - two
}

test('of all 65,535 ports a stranger sees 80 and 443 of the edge', { skip }, async () => {
  await withRules()
  for (const zone of ['edge', 'database'] as const) {
    const seen = zone === 'edge' ? [80, 443] : []
    for (const family of FAMILIES) {
      assert.deepEqual(await scanned(zone, family), seen, `${zone}, IPv${family}`)
    }
  }
})

test(
  'control: the hole of 2017, dug into the rules, is found by the same scan',
  { skip },
  async () => {
    await host('database').nft('insert rule inet pawpost input tcp dport 27017 accept')
    assert.deepEqual(await scanned('database', 4), [27017])
  },
)

test('scanners are dropped and counted; others come in', { skip }, async () => {
  await withRules()
  const edge = host('edge')
  const at = (family: Family): Target => ({ address: edge.address[family], port: 'tcp/443' })
  const both = FAMILIES.map(at)
  assert.deepEqual(await host('internet').reach(both), [true, true])
  for (const family of FAMILIES) {
    const prefix = `${host('internet').address[family]}/${family === 4 ? 32 : 128}`
    await edge.nft(`add element inet pawpost scanners${family} { ${prefix} }`)
  }
  assert.deepEqual(await host('internet').reach(both), [false, false])
  assert.deepEqual(await host('admin').reach(both), [true, true])
  const counted = await edge.nft('list counter inet pawpost scanned')
  assert.ok(Number(/packets (\d+)/.exec(counted)?.[1]) >= 2, counted)
  for (const family of FAMILIES) {
    const set = await edge.nft(`list set inet pawpost scanners${family}`)
    assert.match(set, /counter packets [1-9]/, 'each prefix counts for itself')
  }
  await withRules()
  assert.deepEqual(await host('internet').reach(both), [true, true])
})

test(
  'thousands of connections from one address are a village, not an attack',
  { skip },
  async () => {
    const target: Target = { address: host('edge').address[4], port: 'tcp/443' }
    for (let wave = 0; wave < 10; wave += 1) {
      const reached = await host('internet').reach(Array.from({ length: 300 }, () => target))
      assert.ok(reached.every(Boolean), `wave ${wave}`)
    }
  },
)
