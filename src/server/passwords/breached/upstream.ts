import { PawpostError } from '../../../protocol/errors.ts'
import type { Clock } from '../../platform/clock.ts'
import { MAX_LINE } from './lines.ts'
import { MAX_RANGE } from './sorted.ts'

/** What looking a password up came to; `unknown` where somebody was asked and did not answer. */
export type Verdict = 'clear' | 'breached' | 'unknown'

/** Somebody else's list of breached passwords. */
export interface Upstream {
  /** Never throws: an outage is `unknown`, and `onProblem` hears of it. */
  ask(sha1: Uint8Array): Promise<Verdict>
}

export type UpstreamOptions = {
  /** What goes before `/range/`, without a slash at its end. */
  readonly url: string
  readonly clock: Clock
  /** Hears `breach-upstream-silent` with a reason, once for each outage and pause. */
  readonly onProblem: (error: unknown) => void
  readonly timeoutMs?: number | undefined
}

/** A person waits for this. */
const TIMEOUT_MS = 2_000
/** After an outage nobody is kept waiting for the next one. */
const PAUSE_MS = 30_000
const PREFIX_DIGITS = 5
const LINE = /^([0-9A-F]{35}):(\d{1,15})$/

/**
 * A client of the range API of Have I Been Pwned (version 3), or of `pawpost pwned serve`. The first
 * five digits of a SHA-1 go out, with a wish for padding, and nothing else: no account, no cookie.
 * Who answers learns that somebody has one of a thousand passwords.
 *
 * No answer, a wrong one, one without a single line (padding alone has 800) or a redirection is an
 * outage. After one, the next is not risked for half a minute: everything is `unknown` meanwhile.
 */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { clock, onProblem } = options
  let silentUntil = Number.NEGATIVE_INFINITY
  return {
    async ask(sha1) {
      if (clock.now() < silentUntil) return 'unknown'
      const digits = Buffer.from(sha1).toString('hex').toUpperCase()
      try {
        const range = await fetchRange(options, digits.slice(0, PREFIX_DIGITS))
        return range.has(digits.slice(PREFIX_DIGITS)) ? 'breached' : 'clear'
      } catch (error) {
        silentUntil = clock.now() + PAUSE_MS
        onProblem(silent(error))
        return 'unknown'
      }
    },
  }
}

async function fetchRange(
  { url, timeoutMs = TIMEOUT_MS }: UpstreamOptions,
  prefix: string,
): Promise<ReadonlySet<string>> {
  const response = await fetch(`${url}/range/${prefix}`, {
    headers: { 'add-padding': 'true', 'user-agent': 'Pawpost' },
    redirect: 'error',
    credentials: 'omit',
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (response.status !== 200) {
    await response.body?.cancel()
    throw new PawpostError('breach-upstream-silent', `status ${response.status}`)
  }
  return readRange(await readText(response))
}

/** The suffixes of an answer, without padding. */
function readRange(text: string): ReadonlySet<string> {
  const lines = text.toUpperCase().split(/\r?\n/)
  const found = new Set<string>()
  for (const line of lines.filter((line) => line !== '')) {
    const [, suffix, count] = LINE.exec(line) ?? []
    if (suffix === undefined) throw new PawpostError('breach-upstream-silent', 'no range')
    if (Number(count) > 0) found.add(suffix)
  }
  if (lines.every((line) => line === '')) throw new PawpostError('breach-upstream-silent', 'empty')
  return found
}

/** The body, as long as a range may be and no longer. */
async function readText({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of body ?? []) {
    length += piece.length
    if (length > MAX_RANGE * MAX_LINE) throw new PawpostError('breach-upstream-silent', 'too long')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('latin1')
}

function silent(error: unknown): PawpostError {
  if (error instanceof PawpostError) return error
  const timedOut = error instanceof DOMException && error.name === 'TimeoutError'
  return new PawpostError('breach-upstream-silent', timedOut ? 'timeout' : 'unreachable', {
    cause: error,
  })
}
