import { domainToASCII } from 'node:url'
import { PawpostError } from '../../protocol/errors.ts'

/** RFC 5321: at most 64 octets before the @, 254 in all. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/** The one form of an address, as `parseAddress`. Throws `address-invalid`. */
export function normaliseAddress(text: string): string {
  const address = parseAddress(text)
  if (address === undefined) throw new PawpostError('address-invalid')
  return address
}

/**
 * The one form of an address: lower case (no mail service tells capitals apart), the domain in
 * ASCII. Undefined for what is none.
 */
export function parseAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at).trimStart().toLowerCase()
  const domain = domainToASCII(text.slice(at + 1).trimEnd())
  const address = `${local}@${domain}`
  const valid = at > 0 && local.length <= 64 && LOCAL.test(local) && DOMAIN.test(domain)
  return valid && address.length <= 254 ? address : undefined
}
