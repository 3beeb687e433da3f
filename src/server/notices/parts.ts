import type { Registry } from '../households/households.ts'
import type { Origins } from '../platform/http/origin.ts'
import type { Log } from '../platform/log.ts'
import type { Mailer } from '../platform/mail.ts'
import type { PushDoor } from '../platform/push.ts'
import type { Vault } from '../vault/vault.ts'

/** What people are told with that post came: by a push that holds nothing, or a mail that says no more. */
export type Notices = Pick<Registry, 'db' | 'clock'> & {
  readonly registry: Registry
  readonly vault: Vault
  readonly log: Log
  readonly door: PushDoor
  /** Whether there is any push service that may be called. */
  readonly pushes: boolean
  readonly mailer: Mailer
  readonly origins: () => Origins
  /** Signs the codes that end mails. */
  readonly stopKey: Uint8Array
}
