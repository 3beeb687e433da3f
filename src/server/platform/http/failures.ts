import { ERRORS, PawpostError } from '../../../protocol/errors.ts'
import type { ErrorBody } from '../../../protocol/api/route.ts'

/** The one place where an error becomes an answer. */
export function answerOf(error: unknown): { status: number; body: ErrorBody; known: boolean } {
  const known = toPawpostError(error)
  const { code, reason, message } = known ?? new PawpostError('internal')
  const { status } = ERRORS[code]
  if (status === 0) return answerOf(undefined)
  return {
    status,
    known: known !== undefined,
    body: { code, message, ...(reason !== undefined && { reason }) },
  }
}

/** The codes of Fastify and Node that say something about the caller, not about us. */
const FOREIGN: Readonly<Record<string, () => PawpostError>> = {
  FST_ERR_BAD_URL: () => new PawpostError('bad-request', 'path'),
  FST_ERR_MAX_PARAM_LENGTH: () => new PawpostError('bad-request', 'path'),
  FST_ERR_CTP_BODY_TOO_LARGE: () => new PawpostError('too-large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => new PawpostError('unsupported-type'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => new PawpostError('bad-request', 'body'),
  FST_ERR_CTP_INVALID_TYPE: () => new PawpostError('unsupported-type'),
  HPE_HEADER_OVERFLOW: () => new PawpostError('too-large', 'headers'),
  ERR_HTTP_REQUEST_TIMEOUT: () => new PawpostError('timeout'),
}

function toPawpostError(error: unknown): PawpostError | undefined {
  if (error instanceof PawpostError) return error
  if (!(error instanceof Error)) return undefined
  if (LOST.test(error.message)) return new PawpostError('busy', 'database')
  if (!('code' in error)) return undefined
  if (isOutage(error)) return new PawpostError('busy', 'database')
  if (isCutShort(error)) return new PawpostError('bad-request', 'body')
  return typeof error.code === 'string' ? FOREIGN[error.code]?.() : undefined
}

/**
 * The database is away, starting, too slow or overwhelmed (PostgreSQL appendix A, classes 08, 53, 57,
 * and the codes of lost locks): trying again later is right, and nothing was acknowledged.
 */
const OUTAGES = /^(08...|53...|57...|55P03|40001|40P01|ECONNREFUSED|EPIPE|ENOENT)$/

/** What node-postgres says, without a code, when a connection is lost or none is to be had. */
const LOST = /^(Connection terminated|timeout exceeded when trying to connect)/

function isOutage(error: Error & { code: unknown }): boolean {
  const connection = 'syscall' in error && error.syscall === 'connect'
  const answered = 'severity' in error
  return (connection || answered) && typeof error.code === 'string' && OUTAGES.test(error.code)
}

/** The caller went away in the middle of a body (Fastify marks that with a status of its own). */
function isCutShort(error: Error & { code: unknown }): boolean {
  return error.code === 'ECONNRESET' && 'statusCode' in error && error.statusCode === 400
}
