import type { Config } from '../../server/platform/config.ts'
import { openDatabase } from '../../server/platform/database.ts'
import { lockFolder } from '../../server/platform/lock.ts'
import { createLog } from '../../server/platform/log.ts'
import { migrate } from '../../server/platform/migrations.ts'
import { findLogin, startPostgres } from '../../server/platform/postgres/postgres.ts'
import type { Database, Tables } from '../../server/tables.ts'
import { MIGRATIONS, requireFolder } from '../import/folder.ts'

/** The database of a data folder, until disposed. */
export interface OpenDatabase extends AsyncDisposable {
  readonly db: Database
}

/**
 * The database of a data folder, as the server itself logs in to it: beside a server that runs, or
 * with a PostgreSQL of our own while it is stopped. Throws StartError where there never was one.
 */
export async function openBeside(config: Config): Promise<OpenDatabase> {
  await requireFolder(config.data)
  await using parts = new AsyncDisposableStack()
  const log = createLog(config.log, process.stderr)
  let login = await findLogin(config.data, 'app')
  if (!login) {
    parts.use(await lockFolder(config.data))
    const postgres = parts.use(await startPostgres(config, log))
    await migrate(postgres.login('migrate'), MIGRATIONS, log)
    login = postgres.login('app')
  }
  const { db } = parts.use(openDatabase<Tables>(login, log))
  const opened = parts.move()
  return { db, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}
