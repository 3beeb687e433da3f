import assert from 'node:assert/strict'
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Client } from 'pg'
import { startTestServer, type TestServer } from '../harness/server.ts'

let server: TestServer

before(async () => {
  server = await startTestServer()
})
after(() => server.close())

type Secrets = { app: string; migrate: string }

function secrets(): Secrets {
  return JSON.parse(readFileSync(join(server.data, 'secrets/database.json'), 'utf8')) as Secrets
}

async function as<T>(
  user: string,
  password: string,
  work: (client: Client) => Promise<T>,
  database = 'pawpost',
): Promise<T> {
  const host = join(server.data, 'socket')
  const client = new Client({ host, user, password, database })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const asApp = <T>(work: (client: Client) => Promise<T>): Promise<T> =>
  as('pawpost_app', secrets().app, work)

test('the database has no TCP port, and its socket opens for its user alone', async () => {
  const pid = Number(
    readFileSync(join(server.data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0],
  )
  const sockets = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => socketInode(pid, fd))
  const tcp = ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/)[9]),
  )
  assert.ok(sockets.length > 0 && tcp.length > 0)
  assert.deepEqual(
    sockets.filter((inode) => tcp.includes(inode)),
    [],
  )
  assert.equal(statSync(join(server.data, 'socket')).mode & 0o777, 0o700)
  const listening = await asApp((client) => client.query('SHOW listen_addresses'))
  assert.deepEqual(listening.rows, [{ listen_addresses: '' }])
})

function socketInode(pid: number, fd: string): string[] {
  try {
    return [/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []].flat()
  } catch {
    return []
  }
}

test('its processes know nothing of our environment, and run as nobody special', async () => {
  const pid = Number(
    readFileSync(join(server.data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0],
  )
  const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  const names = environment.map((entry) => entry.split('=')[0]).filter((name) => name !== '')
  const allowed = [
    'PATH',
    'LC_ALL',
    'TZ',
    'LD_LIBRARY_PATH',
    'PGLOCALEDIR',
    'PG_GRANDPARENT_PID',
    'PGSYSCONFDIR',
  ]
  assert.deepEqual(
    names.filter((name) => !allowed.includes(name ?? '')),
    [],
  )
  assert.notEqual(statSync(`/proc/${pid}`).uid, 0)
})

test('nobody is let in without the password, and the superuser not at all', async () => {
  const nothing = async (): Promise<void> => {}
  for (const password of ['', 'postgres', 'pawpost', secrets().migrate]) {
    await assert.rejects(as('pawpost_app', password, nothing), /password|SASL/)
  }
  for (const user of ['pawpost_superuser', 'pawpost_owner', 'postgres', 'root']) {
    await assert.rejects(as(user, secrets().app, nothing), /authentication failed|not permitted/)
  }
  await assert.rejects(as('pawpost_app', secrets().app, nothing, 'postgres'), { code: '42501' })
  const { rows } = await asApp((client) =>
    client.query(
      'SELECT rolname FROM pg_roles WHERE rolcanlogin AND (rolsuper OR rolcreaterole OR rolbypassrls OR rolreplication OR rolcreatedb)',
    ),
  )
  assert.deepEqual(rows, [])
})

test('the serving role can do its work and nothing beside it', async () => {
  const refused = [
    'CREATE TABLE x (y int)',
    'CREATE TEMP TABLE x (y int)',
    'CREATE SCHEMA x',
    'CREATE ROLE x',
    'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$SELECT 1$$',
    'ALTER TABLE accounts ADD COLUMN x int',
    'ALTER TABLE accounts DISABLE TRIGGER ALL',
    'DROP TABLE accounts',
    'TRUNCATE accounts',
    'DELETE FROM accounts',
    "UPDATE accounts SET account = 'x'",
    'UPDATE accounts SET created_at = now()',
    'SELECT * FROM migrations',
    'SET ROLE pawpost_owner',
    'SET ROLE pawpost_migrate',
    'SET SESSION AUTHORIZATION pawpost_superuser',
    'SELECT * FROM pg_authid',
    "SELECT pg_read_file('/etc/passwd')",
    "COPY accounts TO '/tmp/x'",
    "COPY accounts TO PROGRAM 'cat'",
    "SELECT lo_import('/etc/passwd')",
    "ALTER SYSTEM SET listen_addresses = '*'",
    'CREATE EXTENSION pg_trgm',
    'ALTER ROLE pawpost_app SUPERUSER',
    'GRANT pawpost_owner TO pawpost_app',
  ]
  await asApp(async (client) => {
    await client.query('SELECT account FROM accounts LIMIT 1')
    for (const statement of refused) {
      await assert.rejects(client.query(statement), { code: '42501' }, statement)
    }
    const { rows } = await client.query('SHOW statement_timeout')
    assert.deepEqual(rows, [{ statement_timeout: '15s' }])
  })
})

test('the cluster has checksums, and secrets are for our eyes', async () => {
  const checksums = await asApp((client) => client.query('SHOW data_checksums'))
  assert.deepEqual(checksums.rows, [{ data_checksums: 'on' }])
  for (const name of readdirSync(join(server.data, 'secrets'))) {
    assert.equal(statSync(join(server.data, 'secrets', name)).mode & 0o777, 0o600, name)
  }
  assert.equal(statSync(join(server.data, 'secrets')).mode & 0o777, 0o700)
  const hba = readFileSync(join(server.data, 'postgres/pg_hba.conf'), 'utf8')
  const methods = hba
    .split('\n')
    .filter((line) => /^(local|host)/.test(line))
    .map((line) => line.trim().split(/\s+/).at(-1))
  assert.deepEqual(new Set(methods), new Set(['scram-sha-256', 'reject']))
  assert.ok(!readdirSync(server.data).some((name) => name.endsWith('.password')))
})
