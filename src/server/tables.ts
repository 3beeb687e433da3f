import type { Kysely } from 'kysely'
import type { AccountsTables } from './accounts/tables.ts'
import type { BoxesTables } from './boxes/tables.ts'
import type { BreachesTables } from './breaches/tables.ts'
import type { FactorsTables } from './factors/tables.ts'
import type { HouseholdsTables } from './households/tables.ts'
import type { JoiningTables } from './joining/tables.ts'
import type { MailboxTables } from './mailbox/tables.ts'
import type { NoticesTables } from './notices/tables.ts'
import type { PairingTables } from './pairing/tables.ts'
import type { RecordingsTables } from './recordings/tables.ts'
import type { SessionsTables } from './sessions/tables.ts'
import type { SpaceTables } from './space/tables.ts'
import type { WrappedCardsTables } from './wrapped-cards/tables.ts'

/** Every table of the database, each described by the feature that owns it. */
export type Tables = AccountsTables &
  BoxesTables &
  BreachesTables &
  FactorsTables &
  HouseholdsTables &
  JoiningTables &
  MailboxTables &
  NoticesTables &
  PairingTables &
  RecordingsTables &
  SessionsTables &
  SpaceTables &
  WrappedCardsTables

/** The database, or a transaction in it, as the features take it. */
export type Database = Kysely<Tables>
