import type { Kysely } from 'kysely'

/** Every table of the database, each described by the feature that owns it. */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by the features below
export type Tables = {}

/** The database, or a transaction in it, as the features take it. */
export type Database = Kysely<Tables>
