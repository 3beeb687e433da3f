/**
 * The one place where a password is changed before it is hashed: Unicode NFC, so that it is the
 * same on every keyboard. (NIST allows it; OWASP ASVS 6.2.8 would have it untouched.)
 */
export function normalisePassword(password: string): string {
  return password.toWellFormed().normalize('NFC')
}
