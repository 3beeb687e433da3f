import type { JSX } from 'preact'
import { PawpostError, type ErrorCode } from '../../protocol/errors.ts'
import { errors } from '../errors-texts.ts'
import { texts } from '../texts.ts'

/** A code of the vocabulary; for what was refused, its reason behind a stroke. */
export type Trouble = ErrorCode | `${ErrorCode}/${string}`

/** Refusals whose reason helps whoever is asked for help. */
const EXPLAINED: readonly ErrorCode[] = [
  'tampered',
  'log-refused',
  'message-refused',
  'not-approved',
]

/** The code of anything that was thrown. What is not ours is reported and says nothing. */
export function codeOf(error: unknown): Trouble {
  if (error instanceof PawpostError) return troubleOf(error.code, error.reason)
  reportError(error)
  return 'internal'
}

/** A code with its reason, if it is one that explains something. */
export function troubleOf(code: ErrorCode, reason?: string): Trouble {
  return reason !== undefined && EXPLAINED.includes(code) ? `${code}/${reason}` : code
}

/** What went wrong, in the words of the vocabulary; nothing when nothing did. */
export function Problem({ code }: { code: Trouble | undefined }): JSX.Element {
  const [plain, reason] = (code ?? '').split('/') as [ErrorCode, string | undefined]
  return (
    <p class="problem" role="alert" data-problem={code}>
      {code && errors[plain]}
      {reason !== undefined && (
        <small>
          {texts.app.code} <code>{code}</code>
        </small>
      )}
    </p>
  )
}
