import type { JSX } from 'preact'
import { ERRORS, PawpostError, type ErrorCode } from '../../protocol/errors.ts'

/** The code of anything that was thrown. What is not ours is reported and says nothing. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof PawpostError) return error.code
  reportError(error)
  return 'internal'
}

/** What went wrong, in the words of the vocabulary; nothing when nothing did. */
export function Problem({ code }: { code: ErrorCode | undefined }): JSX.Element {
  return (
    <p class="problem" role="alert">
      {code && ERRORS[code].says}
    </p>
  )
}
