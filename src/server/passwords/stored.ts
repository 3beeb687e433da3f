import { parseOptions as parseArgon2, verify as verifyArgon2 } from '@node-rs/argon2'
import { verify as verifyBcrypt } from '@node-rs/bcrypt'
import { normalisePassword } from './policy.ts'

/** Memory in KiB and passes: what one guess costs a thief. */
export type Cost = { readonly memoryCost: number; readonly timeCost: number }

/** Version, cost, and salt and hash in bcrypt's own base64. */
const BCRYPT = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/
const ARGON2ID = '$argon2id$'
/** About three seconds of a thread; a hash of cost 31 would hold one for a day. */
const MOST_BCRYPT = 16

/**
 * Whether a password belongs to a stored hash; both kinds are computed in libuv's thread pool.
 *
 * argon2id hashes are ours, made from the normalised password. bcrypt hashes (`$2a$`, `$2b$`,
 * `$2y$`) were imported: they are compared with what was typed, as the service they come from did.
 * bcrypt reads 72 bytes and no more, so whoever knows these gets in, until the hash is renewed.
 * Nothing fits what is neither.
 */
export async function fits(phc: string, password: string): Promise<boolean> {
  if (phc.startsWith(ARGON2ID)) return verifyArgon2(phc, normalisePassword(password))
  return isBcrypt(phc) && verifyBcrypt(password.toWellFormed(), phc)
}

/** Whether a text is a bcrypt hash that {@link fits} will look at. */
function isBcrypt(phc: string): boolean {
  const [, cost] = BCRYPT.exec(phc) ?? []
  return cost !== undefined && Number(cost) <= MOST_BCRYPT
}

/** Whether a hash is of another kind than argon2id, or cheaper than today's cost. */
export function isOutdated(phc: string, today: Cost): boolean {
  if (!phc.startsWith(ARGON2ID)) return true
  const { memoryCost, timeCost } = parseArgon2(phc)
  return memoryCost < today.memoryCost || timeCost < today.timeCost
}
