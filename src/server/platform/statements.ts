import { CompiledQuery, type Kysely } from 'kysely'

/** Whatever runs statements: the database, or a transaction in it. */
export type Executor = Pick<Kysely<unknown>, 'executeQuery'>

/** Runs a statement with the values of $1, $2 …, and hands out the rows. */
export type Statement<Row> = (on: Executor, ...values: readonly unknown[]) => Promise<Row[]>

/**
 * A named statement, for hot paths: PostgreSQL parses and plans it once per connection. The name
 * must be the statement's own; the types of the row are the caller's word.
 */
export function statement<Row>(name: string, text: string): Statement<Row> {
  return async (on, ...values) => {
    const query = CompiledQuery.raw(text, [...values])
    // Kysely hands `sql` on to pg as it is, and pg takes { name, text } there. pg writes into it.
    const sql = { name, text } as unknown as string
    const { rows } = await on.executeQuery<Row>({ ...query, sql } as CompiledQuery<Row>)
    return rows
  }
}
