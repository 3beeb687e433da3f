import { PawpostError } from '../../protocol/errors.ts'
import type { Clock } from '../platform/clock.ts'
import {
  BREACH_SHIELDS,
  BREACH_STAGES,
  type BreachShield,
  type BreachStage,
  type PasswordLevel,
} from '../platform/config.ts'
import { COMMON_FILTER, isCommon, sha1Of } from './breached/breached.ts'
import { openFilter, type BreachFilter } from './breached/filter.ts'
import { openScreening, SELF_TEST, type Screening } from './breached/screening.ts'
import type { Verdict } from './breached/upstream.ts'
import { contextWords } from './context.ts'
import { disguisesOf, effortOf, periodOf } from './effort.ts'
import { isMixed, lengthOf } from './levels.ts'
import { normalisePassword } from './policy.ts'

export type { Verdict } from './breached/upstream.ts'

/** Whose password it will be. */
export type PasswordOwner = {
  readonly address: string
  /** Whether every sign-in to the account needs a second factor, too. */
  readonly secondFactor: boolean
  /** When it is chosen. Without it, breached passwords are looked for in any case. */
  readonly stage?: Exclude<BreachStage, 'sign-in'> | undefined
}

/** What a password has to be, and whether it was breached. */
export interface PasswordRules extends AsyncDisposable {
  /** What the operator wants to happen about a breached password. */
  readonly shields: ReadonlySet<BreachShield>
  /** When the operator wants breached passwords to be looked for. */
  readonly stages: ReadonlySet<BreachStage>
  /**
   * Throws the code of the first rule that a new password breaks: `password-short` (its reason is
   * the length needed), `password-long`, `password-plain`, `password-context`, `password-common`,
   * `password-breached` (only with the shield "refuse").
   *
   * Gives what the screening said: `breached` when it is left to the other shields, and `unknown`
   * when it did not take place at this stage or an upstream gave no answer, so that the caller can
   * look again at the next sign-in.
   */
  require(password: string, owner: PasswordOwner): Promise<Verdict>
  /**
   * Whether the password of somebody who signs in is on a list, the common ones included. To be
   * called after the password was found right, at the stage "sign-in" only: nobody else's guesses
   * are worth a question to an upstream. `unknown`: the local lists do not have it, and the upstream
   * (or a damaged list) gave no answer. Passwords that begin with `PAWPOST-TEST-` are `breached`.
   */
  screen(password: string): Promise<Verdict>
}

/** Named as the settings, so that a whole `Config` will do. */
export type PasswordRulesOptions = {
  readonly passwordLevel?: PasswordLevel
  readonly breachFilter?: string | undefined
  readonly breachSorted?: string | undefined
  readonly breachUpstream?: string | undefined
  readonly breachShields?: readonly BreachShield[]
  readonly breachStages?: readonly BreachStage[]
  readonly upstreamTimeoutMs?: number | undefined
  readonly clock?: Clock
  /** Hears of upstreams that do not answer and of lists that became damaged. Never of passwords. */
  readonly onProblem?: (error: unknown) => void
}

/** Code points; NIST SP 800-63B-4 section 3.1.1.2: alone, and with a second factor. */
const LENGTH = { alone: 15, withFactor: 8, most: 256 }
/** A password must leave so much to guess once what everybody tries is taken out. */
const EFFORT = { alone: 8, withFactor: 6 }

/** Characters in which that much is found at once, if it is there. */
const ENOUGH = 48

type Floor = { readonly length: number; readonly effort: number }

/**
 * The rules for new passwords, in the order in which they are looked at:
 *
 * 1. Length: 15 characters, 8 where a second factor is required; 256 at most, and every one counts.
 * 2. Kinds of characters: only if the operator's level asks for them (`levels.ts` says why not).
 * 3. Context: without the address, this product and the toys' names enough must be left to guess.
 * 4. Common: on the filter that comes along, exactly or in small letters; a common one dressed up
 *    with digits and signs; runs, repetitions and common words.
 * 5. Breached: on the operator's lists, or known to the operator's upstream.
 *
 * Names of children, toys and relatives are compared on the client: the server must not know them.
 *
 * Throws `breach-list-unreadable` and `breach-list-unconfirmed` as `openFilter` does.
 */
export async function createPasswordRules(
  options: PasswordRulesOptions = {},
): Promise<PasswordRules> {
  const common = await openFilter(COMMON_FILTER)
  try {
    const screening = await openScreening(screeningOptions(options))
    return composeRules(options, common, screening)
  } catch (error) {
    await common.close()
    throw error
  }
}

function screeningOptions(options: PasswordRulesOptions): Parameters<typeof openScreening>[0] {
  const { breachFilter: filter, breachSorted: sorted, breachUpstream: upstream } = options
  const { upstreamTimeoutMs, clock, onProblem } = options
  return { filter, sorted, upstream, upstreamTimeoutMs, clock, onProblem }
}

function composeRules(
  options: PasswordRulesOptions,
  common: BreachFilter,
  screening: Screening,
): PasswordRules {
  const { passwordLevel: level = 'none' } = options
  const shields = new Set(options.breachShields ?? BREACH_SHIELDS)
  const stages = new Set(options.breachStages ?? BREACH_STAGES)

  async function screenNew(password: string, stage: BreachStage | undefined): Promise<Verdict> {
    if (stage !== undefined && !stages.has(stage)) return 'unknown'
    const verdict = await screening.screen(password)
    if (verdict === 'breached' && shields.has('refuse')) {
      throw new PawpostError('password-breached')
    }
    return verdict
  }

  return {
    shields,
    stages,
    async require(password, { address, secondFactor, stage }) {
      // First of all, so that an operator sees the shield and not another rule.
      if (password.startsWith(SELF_TEST)) await screenNew(password, stage)
      const floor = floorOf(level, secondFactor)
      requireShape(password, floor, level)
      requireEffort(password, address, floor)
      if (await isDressedUp(common, password, floor)) throw new PawpostError('password-common')
      return screenNew(password, stage)
    },
    async screen(password) {
      return (await isCommon(common, password)) ? 'breached' : screening.screen(password)
    },
    async [Symbol.asyncDispose]() {
      await common.close()
      await screening[Symbol.asyncDispose]()
    },
  }
}

/** From the first letter to the last, and what is around that. */
const CORE = /^(\P{L}*)(\p{L}.*\p{L}|\p{L}?)(\P{L}*)$/su

/** What no operator's level goes below. */
function floorOf(level: PasswordLevel, secondFactor: boolean): Floor {
  const kind = secondFactor ? 'withFactor' : 'alone'
  return { length: Math.max(LENGTH[kind], lengthOf(level)), effort: EFFORT[kind] }
}

function requireShape(password: string, { length }: Floor, level: PasswordLevel): void {
  const normal = normalisePassword(password)
  const characters = Array.from(normal).length
  if (characters < length) throw new PawpostError('password-short', String(length))
  if (characters > LENGTH.most) throw new PawpostError('password-long')
  if (!isMixed(level, normal)) throw new PawpostError('password-plain')
}

function requireEffort(password: string, address: string, floor: Floor): void {
  const plain = normalisePassword(password).toLowerCase()
  if (isEasy(plain, [], floor) || periodOf(plain) < floor.length) {
    throw new PawpostError('password-common')
  }
  if (isEasy(plain, contextWords(address), floor)) throw new PawpostError('password-context')
}

/** The beginning is often enough, and the whole of a long password takes its time. */
function isEasy(plain: string, words: readonly string[], { effort }: Floor): boolean {
  return effortOf(plain.slice(0, ENOUGH), words) < effort && effortOf(plain, words) < effort
}

/** Whether a password is common, or a common one with too little before and behind it. */
async function isDressedUp(
  common: BreachFilter,
  password: string,
  { effort }: Floor,
): Promise<boolean> {
  if (await isCommon(common, password)) return true
  const plain = normalisePassword(password).toLowerCase()
  const once = Array.from(plain).slice(0, periodOf(plain)).join('')
  for (const text of new Set([plain, once].flatMap(disguisesOf))) {
    const [, before = '', core = '', behind = ''] = CORE.exec(text) ?? []
    if (core.length > ENOUGH || effortOf(before + behind) + 1 >= effort) continue
    if (await common.has(sha1Of(core))) return true
  }
  return false
}
