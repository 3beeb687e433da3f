import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HouseholdId } from '../../src/protocol/ids.ts'
import { createHub, type Hub } from '../../src/server/events/hub.ts'
import { createRegistry, type Registry } from '../../src/server/households/households.ts'
import { createPasswords } from '../../src/server/passwords/passwords.ts'
import type { Clock } from '../../src/server/platform/clock.ts'
import { openDatabase } from '../../src/server/platform/database.ts'
import { createLog } from '../../src/server/platform/log.ts'
import { DATABASE, type Passwords } from '../../src/server/platform/postgres/cluster.ts'
import type { Login } from '../../src/server/platform/postgres/postgres.ts'
import { SOCKET_PORT, socketFolder } from '../../src/server/platform/postgres/socket.ts'
import { unprivilegedUser } from '../../src/server/platform/postgres/user.ts'
import { openVault } from '../../src/server/vault/vault.ts'
import type { Database, Tables } from '../../src/server/tables.ts'

/** What another server process on the same database is made of, without its HTTP. */
export type SecondProcess = AsyncDisposable & {
  readonly db: Database
  readonly hub: Hub
  readonly registry: Registry
}

/** Logs in to the database of a server that runs on `data`, as the server itself does. */
export async function secondProcess(data: string, clock: Clock): Promise<SecondProcess> {
  const log = createLog('silent', { write: () => {} })
  const { db, [Symbol.asyncDispose]: close } = openDatabase<Tables>(await appLogin(data), log)
  const hub = createHub(db, log)
  const passwords = await createPasswords(data)
  const vault = await openVault(join(data, 'vault'), { log, clock, passwords })
  const announce = (household: HouseholdId): void => hub.announce(household)
  const registry = createRegistry({ db, clock, vault, space: { bytes: 1e9 }, announce })
  return { db, hub, registry, [Symbol.asyncDispose]: close }
}

async function appLogin(data: string): Promise<Login> {
  const secrets = await readFile(join(data, 'secrets', 'database.json'), 'utf8')
  const { app } = JSON.parse(secrets) as Passwords
  const host = await socketFolder(data, unprivilegedUser())
  return { host, port: SOCKET_PORT, database: DATABASE, user: 'pawpost_app', password: app }
}
