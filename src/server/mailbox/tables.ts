import type { Generated } from 'kysely'

export type MailboxTables = {
  messages: {
    household: Uint8Array
    message: Uint8Array
    /** The outer envelope as it came. */
    envelope: Uint8Array
    stored_at: Generated<Date>
  }
  mailboxes: {
    household: Uint8Array
    principal: Uint8Array
    /** The number of the newest entry. */
    latest: string
  }
  mailbox_entries: {
    household: Uint8Array
    principal: Uint8Array
    seq: string
    message: Uint8Array
  }
}
