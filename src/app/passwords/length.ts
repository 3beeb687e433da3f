import { PawpostError } from '../../protocol/errors.ts'

/** Code points of a new password, as the server counts them. */
const LENGTH = { least: 15, most: 256 }

/** How many characters a new password lacks, or (below zero) has too many; 0 when it is right. */
export function missingOf(password: string): number {
  const { length } = Array.from(password.normalize('NFC'))
  if (length > LENGTH.most) return LENGTH.most - length
  return Math.max(0, LENGTH.least - length)
}

/** Says what is missing before the server is asked. Throws `password-short` and `password-long`. */
export function requireLength(password: string): void {
  const missing = missingOf(password)
  if (missing > 0) throw new PawpostError('password-short')
  if (missing < 0) throw new PawpostError('password-long')
}
