import type { ColumnType } from 'kysely'

export type BreachesTables = {
  breached_accounts: {
    account: string
    /** Whose list it is, as the operator calls it. */
    source: string
    found_at: ColumnType<Date, Date, never>
    /** When its owner was mailed. */
    told_at: Date | null
    /** The name of that mail while it is held back in the outbox. */
    mail: string | null
  }
  /** Lists that are being read. */
  breach_lists: {
    /** SHA-256. */
    file: Buffer
    source: string
    tally: unknown
    changed_at: Date
  }
}
