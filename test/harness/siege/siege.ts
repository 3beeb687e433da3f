import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openProfile } from '../../../src/cli/client/profile.ts'
import type { Client } from '../../../src/client/client.ts'
import { createHousehold } from '../../../src/client/household.ts'
import { members } from '../../../src/client/people.ts'
import { PawpostError } from '../../../src/protocol/errors.ts'
import type { PrincipalId } from '../../../src/protocol/ids.ts'
import { check, type Violation } from '../history/check.ts'
import type { Act } from '../history/history.ts'
import { letIn } from '../member.ts'
import { startCastle, type Castle } from './castle.ts'
import type { Clumsiness } from './clumsy.ts'
import { enlist } from './enlist.ts'
import { ERRANDS, SAYING, SAYING_OFFLINE, type Errand } from './errands.ts'
import type { Victim } from './moment.ts'
import { look, settle, type Actor } from './look.ts'
import { createWar, type War } from './war.ts'

/** How a siege is laid. */
export type Plan = {
  /** How many processes are to be killed. */
  readonly kills: number
  readonly random: () => number
  /** What people do; everything if not given. */
  readonly errands?: readonly Errand[]
  /** Who is killed; everybody in turn if not given. */
  readonly victim?: Victim
  /** No more kills after this time, in milliseconds since 1970. */
  readonly until?: number
  /** The controls: a client whose store writes late, or a server that acknowledges and forgets. */
  readonly plant?: 'late store' | 'early answer'
}

/** What came of a siege. */
export type Report = {
  readonly kills: number
  readonly victims: Readonly<Record<string, number>>
  /** Kills by deed and step, as `send: client after write outbox`. */
  readonly steps: Readonly<Record<string, number>>
  readonly network: Clumsiness
  readonly families: number
  readonly acknowledged: Readonly<Record<string, number>>
  readonly unknown: number
  readonly violations: readonly Violation[]
}

/** Sieges with a planted fault: each must be found out. */
export const CONTROLS = {
  'late store': { kills: 20, victim: 'client', errands: SAYING_OFFLINE, plant: 'late store' },
  'early answer': { kills: 4, victim: 'client', errands: SAYING, plant: 'early answer' },
} as const satisfies Readonly<Record<string, Omit<Plan, 'random'>>>

/** Several sieges at once, each with a server and families of its own; their reports in one. */
export async function laySieges(plan: Plan, lanes: number): Promise<Report> {
  const kills = Math.ceil(plan.kills / lanes)
  const all = await Promise.all(Array.from({ length: lanes }, () => laySiege({ ...plan, kills })))
  const sum = (of: (report: Report) => number): number =>
    all.reduce((whole, report) => whole + of(report), 0)
  return {
    kills: sum((report) => report.kills),
    victims: summed(all.map(({ victims }) => victims)),
    steps: summed(all.map(({ steps }) => steps)),
    network: summed(all.map(({ network }) => network)) as Clumsiness,
    families: sum(({ families }) => families),
    acknowledged: summed(all.map(({ acknowledged }) => acknowledged)),
    unknown: sum(({ unknown }) => unknown),
    violations: all.flatMap(({ violations }) => violations),
  }
}

function summed(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const whole = new Map<string, number>()
  for (const counts of all) {
    for (const [key, count] of Object.entries(counts)) whole.set(key, (whole.get(key) ?? 0) + count)
  }
  return Object.fromEntries([...whole].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Families are founded anew after so many kills: logs and mailboxes stay short, and kills quick. */
const KILLS_PER_FAMILY = 50

/** Lets families live at a server under siege, and checks what they have in the end. */
export async function laySiege(plan: Plan): Promise<Report> {
  await using castle = await startCastle(plan.random)
  const war = createWar(castle, plan)
  const acts: Act[] = []
  const violations: Violation[] = []
  let families = 0
  while (war.goesOn()) {
    const family = await liveUnder(castle, war, plan)
    families += 1
    acts.push(...family.acts)
    violations.push(...family.violations)
  }
  const count = (deed: Act['deed']): number =>
    acts.filter((act) => act.deed === deed && act.outcome === 'acknowledged').length
  const deeds = [...new Set(acts.map(({ deed }) => deed))]
  return {
    ...war.counts(),
    network: castle.network.counts,
    families,
    acknowledged: Object.fromEntries(deeds.map((deed) => [deed, count(deed)])),
    unknown: acts.filter(({ outcome }) => outcome === 'unknown').length,
    violations,
  }
}

/** The life of one family: founded in peace, lived under siege, looked at in peace. */
async function liveUnder(
  castle: Castle,
  war: War,
  plan: Plan,
): Promise<{ acts: readonly Act[]; violations: readonly Violation[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-siege-'))
  try {
    castle.network.calm(true)
    const [mum, grandma] = await found(castle, folder)
    castle.network.calm(false)
    const family = { folder, mum, grandma, everybody: [mum, grandma], acts: [] as Act[] }
    war.accompany([grandma, mum])
    const errands = plan.errands ?? ERRANDS
    const until = war.killed() + KILLS_PER_FAMILY
    if (plan.plant === 'early answer') castle.network.swallowMessages(1)
    while (war.goesOn() && war.killed() < until) {
      await errands[war.turn() % errands.length]?.(war, castle, family)
    }
    castle.network.swallowMessages(0)
    castle.network.calm(true)
    // Everybody comes to rest, in two rounds: what one still had to say, another has to hear.
    const noticed: Violation[] = []
    for (const one of [...family.everybody, ...family.everybody]) noticed.push(...(await rest(one)))
    const names = await namesOf(family.everybody)
    const finals = await Promise.all(family.everybody.map((one) => look(one, names)))
    return { acts: family.acts, violations: [...noticed, ...check({ acts: family.acts, finals })] }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 20 })
  }
}

/** Brings somebody to rest. An app that misses what the server had acknowledged says so itself. */
async function rest(one: Actor): Promise<readonly Violation[]> {
  try {
    await settle(one)
    return []
  } catch (error) {
    if (!(error instanceof PawpostError) || error.reason !== 'roll-back') throw error
    return [{ rule: 'lost', who: one.name, what: 'the app says that the server went back in time' }]
  }
}

async function found(castle: Castle, folder: string): Promise<readonly [Actor, Actor]> {
  const mum = { name: 'mum', profile: join(folder, 'mum') }
  const grandma = { name: 'grandma', profile: join(folder, 'grandma') }
  await enlist(castle, mum)
  await enlist(castle, grandma)
  using guardian = await openProfile(mum.profile)
  await createHousehold(guardian.client, { child: 'Zebulon', name: 'Ruth' })
  using relative = await openProfile(grandma.profile)
  await letIn(guardian.client, relative.client, 'Ilse', 'relative')
  return [mum, grandma]
}

async function namesOf(everybody: readonly Actor[]): Promise<ReadonlyMap<PrincipalId, string>> {
  const names = new Map<PrincipalId, string>()
  for (const { name, profile } of everybody) {
    using opened = await openProfile(profile)
    names.set(await personOf(opened.client), name)
  }
  return names
}

async function personOf(client: Client): Promise<PrincipalId> {
  const me = (await members(client)).find((one) => one.me)
  if (!me) throw new Error('somebody never became a member')
  return me.person
}
