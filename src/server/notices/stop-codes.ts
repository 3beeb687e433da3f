import { createHmac } from 'node:crypto'
import type { AccountId } from '../../protocol/ids.ts'
import type { MailName } from '../vault/vault.ts'

const BYTES = 16

/**
 * The code that ends the mails of an account for a person: the same in every mail, so that an old
 * one does as well. A signature that only this server makes, good for nothing else.
 */
export function stopCode(
  key: Uint8Array,
  { household, person }: MailName,
  account: AccountId,
): Uint8Array {
  return mac(key, `stop-code/v1\0${household}\0${person}\0${account}`)
}

/** What the database keeps of a code: with it alone, no mail is joined to its household. */
export function stopTag(key: Uint8Array, code: Uint8Array): Uint8Array {
  return mac(key, `stop-tag/v1\0${Buffer.from(code).toString('hex')}`)
}

function mac(key: Uint8Array, text: string): Uint8Array {
  return createHmac('sha256', key).update(text).digest().subarray(0, BYTES)
}
