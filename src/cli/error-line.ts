import type { PawpostError } from '../protocol/errors.ts'

/** How an error is told on standard error: one JSON document. */
export function errorLine(error: PawpostError): string {
  const { code, message, reason } = error
  return JSON.stringify({ code, message, ...(reason !== undefined && { reason }) })
}
