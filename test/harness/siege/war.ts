import { runUnder, type Attack, type Ended, type Program } from './attack.ts'
import { PawpostError } from '../../../src/protocol/errors.ts'
import type { Castle } from './castle.ts'
import { settle, type Actor } from './look.ts'
import type { Victim } from './moment.ts'
import type { Plan, Report } from './siege.ts'

/** What people are at while they are attacked: the names under which kills are counted. */
export type Stage =
  | 'send'
  | 'upload'
  | 'acknowledge'
  | 'approve'
  | 'mark'
  | `join: ${'invite' | 'ask' | 'answer' | 'digits' | 'admit' | 'settle'}`
  | 'rotate'
  | 'discard'

/** Attacks on whatever people do, until enough processes were killed. */
export type War = {
  goesOn(): boolean
  killed(): number
  /** Counts the errands, from 0: a family goes on where the last one stopped. */
  turn(): number
  /** Runs a program, mostly under attack. */
  attempt(stage: Stage, program: Program): Promise<Ended>
  /** Runs it again and again, as a person would, until it answers; gives up after some tries. */
  insist(stage: Stage, program: Program, enough?: readonly string[]): Promise<Ended>
  /** From now on these act, too, while somebody else is attacked. */
  accompany(bystanders: readonly Actor[]): void
  /** Runs it in peace. */
  peacefully(program: Program): Promise<Ended>
  counts(): Pick<Report, 'kills' | 'victims' | 'steps'>
}

/** How often whom, out of 1: the sums of the table's rows. */
const VICTIMS: readonly (readonly [Victim, number])[] = [
  ['client', 0.68],
  ['server', 0.8],
  ['postgres', 0.95],
  ['server and postgres', 1],
]
const OFTEN = { peace: 0.08, anyTime: 0.25, company: 0.25 }
const TRIES = 12
/** Multiples of it, without their whole part, reach every part of 0 to 1 soon and evenly. */
const GOLDEN = 0.618_034
/** Before anything is known of a stage: how many steps it has, and how long it takes. */
const GUESS = { steps: 10, ms: 700 }

export function createWar(castle: Castle, plan: Plan): War {
  const { kills, random, plant, until = Infinity } = plan
  const victims = new Map<string, number>()
  const steps = new Map<string, number>()
  const known = createKnowledge()
  let killed = 0
  let turns = 0
  let bystanders: readonly Actor[] = []

  function choose(stage: Stage): Attack | undefined {
    if (killed >= kills || random() < OFTEN.peace) return undefined
    const roll = random()
    const victim = plan.victim ?? VICTIMS.find(([, limit]) => roll < limit)?.[0] ?? 'client'
    const key = `${stage}: ${victim}`
    // The first part of a process's life is spent loading it.
    if (random() < OFTEN.anyTime)
      return { victim, afterMs: known.ms(stage) * (0.4 + random() * 0.65) }
    return { victim, moment: known.nextMoment(key) }
  }

  function note(stage: Stage, attack: Attack | undefined, ended: Ended): void {
    const key = `${stage}: ${attack?.victim ?? 'client'}`
    known.learn(stage, key, ended, attack)
    if (!attack || !ended.fell) return
    killed += 1
    add(victims, attack.victim)
    add(steps, `${key} ${'moment' in attack ? (ended.step ?? 'at a step') : 'at any time'}`)
  }

  async function attempt(stage: Stage, program: Program): Promise<Ended> {
    const attack = choose(stage)
    const planted = plant === 'late store' ? { ...program, plant: 'late' as const } : program
    const [ended] = await Promise.all([runUnder(castle, planted, attack), stepBeside(program)])
    note(stage, attack, ended)
    return ended
  }

  /** Somebody's app is open meanwhile: its requests and the attacked one's overtake each other. */
  async function stepBeside({ args }: Program): Promise<void> {
    const other = bystanders.find(({ profile }) => !args.includes(profile))
    if (!other || random() >= OFTEN.company) return
    await settle(other).catch((error: unknown) => {
      // The server may fall under it; a broken promise would be `tampered`.
      if (!(error instanceof PawpostError) || error.code === 'tampered') throw error
    })
  }

  return {
    goesOn: () => killed < kills && Date.now() < until,
    killed: () => killed,
    turn: () => turns++,
    attempt,
    async insist(stage, program, enough = []) {
      let ended = await attempt(stage, program)
      for (let tries = 1; tries < TRIES; tries += 1) {
        if (ended.answer !== undefined || enough.includes(ended.refused ?? '')) return ended
        ended = await attempt(stage, program)
      }
      return ended
    },
    accompany: (others) => void (bystanders = others),
    peacefully: (program) => runUnder(castle, program),
    counts: () => ({ kills: killed, victims: sorted(victims), steps: sorted(steps) }),
  }
}

/** What was seen of stages so far: every step of each is to be reached, before and after. */
function createKnowledge(): {
  nextMoment(key: string): { at: number; when: 'before' | 'after' }
  ms(stage: Stage): number
  learn(stage: Stage, key: string, ended: Ended, attack: Attack | undefined): void
} {
  const visits = new Map<string, number>()
  const known = new Map<string, number>()
  const lasting = new Map<string, number>()
  return {
    nextMoment(key) {
      const visit = visits.get(key) ?? 0
      visits.set(key, visit + 1)
      const most = known.get(key) ?? GUESS.steps
      const at = Math.floor(((Math.floor(visit / 2) * GOLDEN) % 1) * most) + 1
      return { at: most + 1 - at, when: visit % 2 === 0 ? 'after' : 'before' }
    },
    ms: (stage) => lasting.get(stage) ?? GUESS.ms,
    learn(stage, key, { steps, ms, fell }, attack) {
      if (steps !== undefined && steps > 0) known.set(key, Math.max(steps, known.get(key) ?? 0))
      if (!attack && !fell) lasting.set(stage, ms)
    },
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
