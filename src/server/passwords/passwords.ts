import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { hash } from '@node-rs/argon2'
import { readIfPresent, writeDurably } from '../platform/files.ts'
import { normalisePassword } from './policy.ts'
import { createQueue } from './queue.ts'
import { fits, isOutdated, type Cost } from './stored.ts'

export { createQueue } from './queue.ts'
export {
  createPasswordRules,
  type PasswordOwner,
  type PasswordRules,
  type Verdict,
} from './rules.ts'

/** Hashes passwords with argon2id; never more at a time than the machine has cores. */
export interface Passwords {
  /** A PHC string. Throws `busy` when too many wait. */
  hash(password: string): Promise<string>
  /**
   * Whether the password belongs to the PHC string, or to an imported bcrypt hash. Without either
   * it takes the time of one of ours and says no, so that nobody learns from the clock who has an
   * account. A bcrypt hash takes its own time, and of a password only 72 bytes count to it. Throws
   * `busy`.
   */
  verify(phc: string | undefined, password: string): Promise<boolean>
  /**
   * Whether a hash that a password was just found to fit should be replaced by a new one: bcrypt,
   * or argon2id at less than today's cost.
   */
  needsRenewal(phc: string): boolean
}

/** Dearest first; the last is the floor of OWASP ASVS 5.0 appendix C (t=2, m >= 19 MiB). */
const COSTS: readonly Cost[] = [
  { memoryCost: 65_536, timeCost: 3 },
  { memoryCost: 65_536, timeCost: 2 },
  { memoryCost: 47_104, timeCost: 2 },
  { memoryCost: 19_456, timeCost: 2 },
]
const FLOOR = { memoryCost: 19_456, timeCost: 2 }
/** One hash may take this long on this machine. */
const PATIENCE_MS = 500
/** Beyond this many, a person would wait for longer than they do. */
const WAITING = 64

/**
 * The cost is measured once per data folder and kept: it has to be the same for every account, or
 * the time of a sign-in would tell accounts apart.
 */
export async function createPasswords(data: string): Promise<Passwords> {
  const cost = await readCost(join(data, 'password-cost.json'))
  const dummy = await hash(randomBytes(24).toString('base64'), cost)
  // libuv has four threads for everything: one stays free for files.
  const atOnce = Math.min(availableParallelism(), 3)
  const queue = createQueue({ atOnce, waiting: WAITING })
  return {
    hash: (password) => queue(() => hash(normalisePassword(password), cost)),
    async verify(phc, password) {
      const matches = await queue(() => fits(phc ?? dummy, password))
      return matches && phc !== undefined
    },
    needsRenewal: (phc) => isOutdated(phc, cost),
  }
}

async function readCost(path: string): Promise<Cost> {
  const kept = await readIfPresent(path)
  const cost = kept === undefined ? await measureCost() : (JSON.parse(kept) as Cost)
  if (kept === undefined) await writeDurably(path, JSON.stringify(cost))
  const { memoryCost, timeCost } = cost
  return {
    memoryCost: Math.max(memoryCost, FLOOR.memoryCost),
    timeCost: Math.max(timeCost, FLOOR.timeCost),
  }
}

async function measureCost(): Promise<Cost> {
  for (const cost of COSTS) {
    const start = performance.now()
    await hash('how long does this take', cost)
    if (performance.now() - start <= PATIENCE_MS) return cost
  }
  return FLOOR
}
