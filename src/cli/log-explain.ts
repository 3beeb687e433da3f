import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { fromBase64url } from '../protocol/bytes.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { DeviceId } from '../protocol/ids.ts'
import type { Household } from '../protocol/log/household.ts'
import { readLink, type LinkBody } from '../protocol/log/link.ts'
import type { Arguments, Op } from '../protocol/log/ops.ts'
import { LOG_REFUSALS, type LogRefusal } from '../protocol/log/refusals.ts'
import { applyLink } from '../protocol/log/verify.ts'
import { UsageError } from '../protocol/usage.ts'
import { moment, subject, WORDS, type Scene } from './log-words.ts'

const USAGE = 'usage: pawpost log explain FILE [--json]'

/** A link that was accepted, in words. Ids are whole; `says` has them short. */
export type ExplainedLink = {
  readonly seq: number
  readonly op: string
  /** Milliseconds since 1970, as the signer claims. */
  readonly at: number
  readonly by: DeviceId
  /** Who did what. */
  readonly says: string
}

/** A log in words, up to its end or to the first link that is refused. */
export type ExplainedLog = {
  readonly household: string | undefined
  readonly links: readonly ExplainedLink[]
  readonly refused?: { readonly seq: number; readonly reason: LogRefusal; readonly says: string }
}

/**
 * `pawpost log explain FILE [--json]`: verifies a log, one link in base64url per line, and says
 * what each link did, or why the first bad one is refused. Throws UsageError, `not-found` for a
 * file that cannot be read, and `log-refused` with the reason code after everything was said.
 */
export async function logExplain(args: string[]): Promise<void> {
  const { file, json } = parse(args)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new PawpostError('not-found', 'file', { cause })
  })
  const explained = explainLog(linesOf(text))
  const lines = json ? [JSON.stringify(explained)] : written(explained)
  console.log(lines.join('\n'))
  if (explained.refused) throw new PawpostError('log-refused', explained.refused.reason)
}

function parse(args: string[]): { file: string; json: boolean } {
  try {
    const options = { json: { type: 'boolean', default: false } } as const
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const [file, ...more] = positionals
    if (file !== undefined && more.length === 0) return { file, json: values.json }
  } catch {
    // Falls through: an unknown option is as wrong as a missing file.
  }
  throw new UsageError(USAGE)
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** Verifies links (base64url) one after the other and puts each into words. */
export function explainLog(lines: readonly string[]): ExplainedLog {
  const links: ExplainedLink[] = []
  let household: Household | undefined
  for (const line of lines.length === 0 ? [''] : lines) {
    try {
      const bytes = decode(line)
      household = applyLink(household, bytes)
      links.push(explain(readLink(bytes).body, household))
    } catch (error) {
      const reason = reasonOf(error)
      const refused = { seq: links.length, reason, says: LOG_REFUSALS[reason] }
      return { household: household?.id, links, refused }
    }
  }
  return { household: household?.id, links }
}

/** A line that is no base64url stands for bytes that are no link. */
function decode(line: string): Uint8Array {
  try {
    return fromBase64url(line)
  } catch {
    return new Uint8Array()
  }
}

function reasonOf(error: unknown): LogRefusal {
  const reason = error instanceof PawpostError ? error.reason : undefined
  if (reason !== undefined && Object.hasOwn(LOG_REFUSALS, reason)) return reason as LogRefusal
  throw error
}

function explain({ seq, op, ts: at, by, a }: LinkBody, household: Household): ExplainedLink {
  const words = WORDS[op as Op] as (args: Arguments<Op>, scene: Scene) => string
  const scene = { household, by }
  return { seq, op, at, by, says: `${subject(scene)} ${words(a as Arguments<Op>, scene)}` }
}

function written({ links, refused }: ExplainedLog): readonly string[] {
  return [
    ...links.map(({ seq, at, says }) => `${number(seq)}  ${moment(at)}  ${says}.`),
    ...(refused ? [`${number(refused.seq)}  refused: ${refused.reason}. ${refused.says}`] : []),
  ]
}

function number(seq: number): string {
  return String(seq).padStart(4)
}
