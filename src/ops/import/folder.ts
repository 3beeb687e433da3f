import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createImports, type AccountTarget } from '../../server/accounts/imports.ts'
import { sealOldAccounts } from '../../server/accounts/old-accounts.ts'
import { systemClock } from '../../server/platform/clock.ts'
import type { Config } from '../../server/platform/config.ts'
import { openDatabase } from '../../server/platform/database.ts'
import { lockFolder } from '../../server/platform/lock.ts'
import { createLog } from '../../server/platform/log.ts'
import { migrate } from '../../server/platform/migrations.ts'
import { startPostgres } from '../../server/platform/postgres/postgres.ts'
import { secretKey } from '../../server/platform/secrets.ts'
import { StartError } from '../../server/platform/start-error.ts'
import type { Database, Tables } from '../../server/tables.ts'
import type { AccountVault } from '../../server/vault/vault.ts'
import { chooseVault } from '../../server/vault/process/choose.ts'

export const MIGRATIONS = fileURLToPath(new URL('../../../migrations', import.meta.url))

/** A data folder that only the import works on. */
export interface ImportFolder extends AsyncDisposable {
  readonly target: AccountTarget
  readonly db: Database
  readonly vault: AccountVault
}

/**
 * Opens the data folder of a server that is stopped: takes its lock, starts its PostgreSQL and
 * brings its tables up to date, as the server does. Throws StartError while a server runs on it, and
 * where there never was one.
 */
export async function openFolder(config: Config): Promise<ImportFolder> {
  await requireFolder(config.data)
  await using parts = new AsyncDisposableStack()
  const log = createLog(config.log, process.stderr)
  parts.use(await lockFolder(config.data))
  const postgres = parts.use(await startPostgres(config, log))
  await migrate(postgres.login('migrate'), MIGRATIONS, log)
  const vault = parts.use(await chooseVault(config, { log }))
  // An account that is still in the clear would be imported a second time.
  await sealOldAccounts(postgres.login('migrate'), vault, log)
  const { db } = parts.use(openDatabase<Tables>(postgres.login('app'), log))
  const key = await secretKey(config.data, 'import')
  const target = createImports({ db, vault, clock: systemClock, key })
  const opened = parts.move()
  return { target, db, vault, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

/** Throws StartError unless a server was started on the folder once. */
export async function requireFolder(data: string): Promise<void> {
  const info = await stat(join(data, 'postgres')).catch(() => undefined)
  if (info?.isDirectory()) return
  throw new StartError(`There is no Pawpost in ${data}. Start it there once with pawpost serve.`)
}
