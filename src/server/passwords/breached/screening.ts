import { systemClock, type Clock } from '../../platform/clock.ts'
import { normalisePassword } from '../policy.ts'
import { sha1Of } from './breached.ts'
import { openFilter } from './filter.ts'
import { openSorted } from './sorted.ts'
import { createUpstream, type Upstream, type Verdict } from './upstream.ts'

/** Looks passwords up in everything an operator has set up. */
export interface Screening extends AsyncDisposable {
  /** Never throws: what could not be asked is `unknown`, and `onProblem` hears of it. */
  screen(password: string): Promise<Verdict>
}

export type ScreeningOptions = {
  /** A filter file; one of 8 bits opens only together with `sorted`, which confirms its hits. */
  readonly filter?: string | undefined
  /** A sorted list; without a filter it is searched itself. */
  readonly sorted?: string | undefined
  /** What goes before `/range/` at a service to be asked, too. */
  readonly upstream?: string | undefined
  readonly upstreamTimeoutMs?: number | undefined
  readonly clock?: Clock | undefined
  /** Hears of lists that became damaged and upstreams that do not answer; for the operator. */
  readonly onProblem?: ((error: unknown) => void) | undefined
}

/** Passwords that begin with this count as breached, so that an operator sees the shields work. */
export const SELF_TEST = 'PAWPOST-TEST-'

/** A list on this machine. */
type List = {
  has(sha1: Uint8Array): Promise<boolean>
  close(): Promise<void>
}

/** Throws as `openFilter` and `openSorted` do when what is configured cannot be used. */
export async function openScreening(options: ScreeningOptions): Promise<Screening> {
  const { upstream: url, upstreamTimeoutMs: timeoutMs, clock = systemClock } = options
  const onProblem = options.onProblem ?? (() => undefined)
  const list = await openConfigured(options)
  const upstream = url && createUpstream({ url, clock, onProblem, timeoutMs })
  return {
    async screen(password) {
      if (password.startsWith(SELF_TEST)) return 'breached'
      const hashes = [...new Set([password, normalisePassword(password)])].map(sha1Of)
      const here = list ? await lookUp(list, hashes, onProblem) : 'clear'
      if (here === 'breached' || !upstream) return here
      const there = await askAll(upstream, hashes)
      return there === 'clear' ? here : there
    },
    async [Symbol.asyncDispose]() {
      await list?.close()
    },
  }
}

async function openConfigured({ filter, sorted }: ScreeningOptions): Promise<List | undefined> {
  if (filter !== undefined) return openFilter(filter, { confirm: sorted })
  if (sorted === undefined) return undefined
  const list = await openSorted(sorted)
  return { has: async (sha1) => (await list.count(sha1)) > 0, close: () => list.close() }
}

/** A list that cannot be read any more has not said that a password is fine. */
async function lookUp(
  list: List,
  hashes: readonly Uint8Array[],
  onProblem: (error: unknown) => void,
): Promise<Verdict> {
  try {
    for (const hash of hashes) if (await list.has(hash)) return 'breached'
    return 'clear'
  } catch (error) {
    onProblem(error)
    return 'unknown'
  }
}

async function askAll(upstream: Upstream, hashes: readonly Uint8Array[]): Promise<Verdict> {
  let worst: Verdict = 'clear'
  for (const hash of hashes) {
    const verdict = await upstream.ask(hash)
    if (verdict === 'breached') return verdict
    if (verdict === 'unknown') worst = verdict
  }
  return worst
}
