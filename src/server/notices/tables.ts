import type { Generated } from 'kysely'
import type { MailPace } from '../../protocol/api/notices.ts'

export type NoticesTables = {
  /** Browsers that are pushed to. */
  push_subscriptions: {
    household: Uint8Array
    device: Uint8Array
    sealed: Uint8Array
    /** When it is to be rung next; null while nothing is there for it. */
    due_at: Date | null
    rung_at: Date | null
    /** How often the push service was asked in vain. */
    tries: Generated<number>
  }
  /** People who are mailed. */
  mail_notices: {
    household: Uint8Array
    person: Uint8Array
    /** Which account is theirs. */
    sealed: Uint8Array
    /** HMAC of the code that ends it. */
    stop: Uint8Array
    pace: MailPace
    due_at: Date | null
    mailed_at: Date | null
  }
}
