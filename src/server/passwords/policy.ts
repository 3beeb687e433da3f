import { PawpostError } from '../../protocol/errors.ts'
import { contextWords } from './context.ts'
import { effortOf } from './effort.ts'

/**
 * The one place where a password is changed before it is hashed: Unicode NFC, so that it is the
 * same on every keyboard. (NIST allows it; OWASP ASVS 6.2.8 would have it untouched.)
 */
export function normalisePassword(password: string): string {
  return password.toWellFormed().normalize('NFC')
}

/** The rules without any list; `createPasswordRules` takes their place. */
export function requireGoodPassword(password: string, address: string): void {
  const normal = normalisePassword(password)
  const length = Array.from(normal).length
  if (length < 15) throw new PawpostError('password-short')
  if (length > 256) throw new PawpostError('password-long')
  const plain = normal.toLowerCase()
  if (effortOf(plain) < 8) throw new PawpostError('password-common')
  if (effortOf(plain, contextWords(address)) < 8) throw new PawpostError('password-context')
}
