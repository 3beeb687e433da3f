import type { Client } from '../../client/client.ts'
import { completeWithDigits, completeWithRecoveryCode, type Way } from '../../client/second-step.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { Call } from './command.ts'

/** So many codes are looked at; then the sign-in waits no more. */
const TRIES = 5
const DIGITS = /^\d{6}$/

/**
 * The second step of a sign-in: six digits of an authenticator app, or a recovery code. At a
 * terminal a wrong one is asked for again; a script has one try. Throws `factor-refused`,
 * `second-step-late`, and `second-step-in-app` where only a passkey would do. Gives how many recovery
 * codes are left, if one was used.
 */
export async function takeSecondStep(
  client: Client,
  ways: readonly Way[],
  call: Pick<Call, 'readSecret' | 'isAsking' | 'warn'>,
): Promise<{ recoveryCodes?: number }> {
  if (!ways.some((way) => way !== 'passkey')) throw new PawpostError('second-step-in-app')
  for (let left = call.isAsking ? TRIES : 1; ; left -= 1) {
    const typed = await call.readSecret({ says: questionFor(ways), shown: true })
    if (typed === undefined || typed.trim() === '') throw nothingTyped(ways)
    try {
      return await complete(client, ways, typed.trim())
    } catch (error) {
      if (left <= 1 || !isWrong(error)) throw error
      call.warn(error)
    }
  }
}

function questionFor(ways: readonly Way[]): string {
  return ways.includes('totp')
    ? 'The six digits from your authenticator app, or a recovery code'
    : 'A recovery code (a passkey can be used in the app only)'
}

async function complete(
  client: Client,
  ways: readonly Way[],
  typed: string,
): Promise<{ recoveryCodes?: number }> {
  const digits = typed.replace(/\s/g, '')
  try {
    if (!DIGITS.test(digits)) {
      return { recoveryCodes: await completeWithRecoveryCode(client, typed) }
    }
    if (!ways.includes('totp')) throw new PawpostError('second-step-in-app')
    await completeWithDigits(client, digits)
    return {}
  } catch (error) {
    if (error instanceof PawpostError && error.code === 'sign-in-needed') {
      throw new PawpostError('second-step-late', undefined, { cause: error })
    }
    throw error
  }
}

function nothingTyped(ways: readonly Way[]): PawpostError {
  return ways.includes('totp')
    ? new PawpostError('second-factor-needed', ways.join(' '))
    : new PawpostError('second-step-in-app')
}

function isWrong(error: unknown): error is PawpostError {
  return error instanceof PawpostError && error.code === 'factor-refused'
}
