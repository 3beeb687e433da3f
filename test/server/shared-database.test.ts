import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { readEvents } from '../../src/client/server-sent-events.ts'
import { proposeRevokeDevice } from '../../src/keys/links.ts'
import { readLog, readWraps } from '../../src/protocol/api/households.ts'
import { events, type HeadsEvent } from '../../src/protocol/api/messages.ts'
import { householdId } from '../../src/protocol/ids.ts'
import { appendLink, findHousehold } from '../../src/server/households/households.ts'
import { createStates } from '../../src/server/households/states.ts'
import { sendMessage } from '../../src/server/mailbox/mailbox.ts'
import { counted, addDevice, append, foundFamily, invite, standing } from '../harness/family.ts'
import {
  appendTo,
  familyClock,
  refuses,
  sealVoice,
  upload,
  visit,
  type Visitor,
} from '../harness/key-plane.ts'
import { secondProcess, type SecondProcess } from '../harness/second-process.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

/** Several server processes share one database: what one does, the others must know. */
const clock = familyClock()
let server: TestServer
let visitor: Visitor
let other: SecondProcess

before(async () => {
  server = await startTestServer({ clock })
  visitor = await visit(server, clock)
  other = await secondProcess(server.data, clock)
})
after(async () => {
  await other[Symbol.asyncDispose]()
  await server.close()
})

test('what another process stores is announced here', async () => {
  const { family, guardian } = await foundFamily()
  await upload(visitor, family, guardian.device)
  const { id: household, principal } = family.household
  await using leaving = new AsyncDisposableStack()
  const gone = new AbortController()
  leaving.defer(() => gone.abort())
  const options = { signer: guardian.device, signal: gone.signal }
  const stream = await visitor.api.stream(events, { params: { household } }, options)
  const voice = await sealVoice(family, guardian, [principal])
  const counts: (number | undefined)[] = []
  for await (const { data } of readEvents(stream)) {
    const heads = JSON.parse(data) as HeadsEvent
    counts.push(heads.mailboxes[principal])
    if (counts.length === 2) break
    const call = { household, message: voice.mid, signer: guardian.device.id }
    await sendMessage(other.registry, call, voice.frame)
  }
  assert.deepEqual(counts, [0, 1])
})

test('links appended by turns in two processes: each verifies on top of the other', async () => {
  const { family, guardian } = await foundFamily()
  await upload(visitor, family, guardian.device)
  const tablet = await addDevice(family, guardian.device)
  await appendTo(visitor, family, guardian.device)
  const at = { household: family.household.id, signer: guardian.device.id }
  for (let turn = 0; turn < 3; turn += 1) {
    await invite(family, guardian, 'relative')
    const link = family.links.at(-1) ?? new Uint8Array()
    await appendLink(other.registry, at, { link, wraps: [] })
    await invite(family, guardian, 'relative')
    await appendTo(visitor, family, guardian.device)
  }
  const input = { params: { household: family.household.id } }
  assert.equal((await visitor.api.call(readLog, input, tablet)).length, 8)

  const voice = await sealVoice(family, { device: tablet, person: guardian.person }, [
    family.household.principal,
  ])
  const revoke = await proposeRevokeDevice(standing(family, guardian.device), tablet.id, counted(0))
  append(family, revoke)
  await appendTo(visitor, family, guardian.device)
  const call = { household: at.household, message: voice.mid, signer: tablet.id }
  await refuses(sendMessage(other.registry, call, voice.frame), 'not-found')
  await refuses(visitor.api.call(readWraps, input, tablet), 'not-found')
})

test('a household that was forgotten is verified again', async () => {
  const registry = { ...other.registry, states: createStates(1) }
  const homes = [await foundFamily(), await foundFamily()]
  for (const { family, guardian } of homes) await upload(visitor, family, guardian.device)
  for (let turn = 0; turn < 2; turn += 1) {
    for (const { family } of homes) {
      const found = await findHousehold(registry, family.household.id)
      assert.deepEqual(found?.hashes, family.household.hashes)
    }
    const kept = homes.map(({ family }) => registry.states.lastKnown(family.household.id))
    assert.deepEqual(
      kept.map((household) => household !== undefined),
      [false, true],
    )
  }
})

test('a database that was put back, or whose head is wrong, is not trusted from memory', async () => {
  const { family, guardian } = await foundFamily()
  await upload(visitor, family, guardian.device)
  const { id } = family.household
  const first = { length: 1, head: Buffer.from(family.household.hashes[0] ?? []) }
  await invite(family, guardian, 'relative')
  await appendTo(visitor, family, guardian.device)
  const second = { length: 2, head: Buffer.from(family.household.hashes[1] ?? []) }
  const putBack = (standing: { length: number; head: Buffer }): Promise<unknown> =>
    other.db
      .updateTable('households')
      .set(standing)
      .where('household', '=', householdId.bytes(id))
      .execute()
  const request = { route: readLog, params: { household: id }, signer: guardian.device }
  for (const [standing, status] of [
    [first, 200],
    [{ ...second, head: Buffer.alloc(32) }, 500],
    [second, 200],
  ] as const) {
    await putBack(standing)
    assert.equal((await visitor.answer(request)).status, status)
    const found = await findHousehold(other.registry, id).catch(() => undefined)
    assert.equal(found?.hashes.length, status === 200 ? standing.length : undefined)
  }
})

test('hot paths are prepared once per connection', async () => {
  const { family, guardian } = await foundFamily()
  await upload(visitor, family, guardian.device)
  const { id: household, principal } = family.household
  await other.db.connection().execute(async (db) => {
    for (let count = 0; count < 2; count += 1) {
      const voice = await sealVoice(family, guardian, [principal])
      const call = { household, message: voice.mid, signer: guardian.device.id }
      await sendMessage({ ...other.registry, db }, call, voice.frame)
    }
    const { rows } = await sql<{
      name: string
    }>`SELECT name FROM pg_prepared_statements ORDER BY name`.execute(db)
    const names = rows.map(({ name }) => name)
    for (const name of ['envelope', 'insert-message', 'insert-recording']) {
      assert.ok(names.includes(name), `${name} of ${names.join(' ')}`)
    }
  })
})

const UNALTERABLE = ['links', 'wraps', 'messages', 'mailbox_entries', 'recordings']

test('the server may not delete or rewrite what families rely on', async () => {
  const denied = [
    ...UNALTERABLE.flatMap((table) => [
      `DELETE FROM ${table}`,
      `UPDATE ${table} SET household = household`,
      `TRUNCATE ${table}`,
    ]),
    'DELETE FROM households',
    'UPDATE households SET household = household',
    'DELETE FROM mailboxes',
    'DELETE FROM join_requests',
    'UPDATE join_requests SET bytes = bytes',
    'ALTER TABLE messages DISABLE TRIGGER ALL',
    'CREATE TABLE anything (anything text)',
  ]
  for (const statement of denied) {
    const error: unknown = await sql
      .raw(statement)
      .execute(other.db)
      .catch((cause: unknown) => cause)
    assert.equal((error as { code?: string }).code, '42501', statement)
  }
})

test('every key of a table of the key plane starts with the household', async () => {
  const { rows } = await sql<{ table: string; column: string }>`
    SELECT c.relname AS table, a.attname AS column
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND i.indisunique`.execute(other.db)
  const tables = ['households', 'join_requests', 'mailboxes', ...UNALTERABLE]
  for (const table of tables) {
    const columns = rows.filter((row) => row.table === table).map(({ column }) => column)
    assert.ok(columns.length > 0, table)
    assert.ok(
      columns.every((column) => column === 'household'),
      `${table}: ${columns.join(' ')}`,
    )
  }
})

test('recordings are stored as they are, outside their rows', async () => {
  const { family, guardian } = await foundFamily()
  await upload(visitor, family, guardian.device)
  const { id: household, principal } = family.household
  const voice = await sealVoice(family, guardian, [principal], { bytes: 200_000 })
  const call = { household, message: voice.mid, signer: guardian.device.id }
  await sendMessage(other.registry, call, voice.frame)
  const { rows } = await sql<{ kept: number; whole: number; start: Buffer }>`
    SELECT pg_column_size(ciphertext) AS kept, octet_length(ciphertext) AS whole,
      substring(ciphertext FOR 21) AS start
    FROM recordings WHERE octet_length(ciphertext) > 200000`.execute(other.db)
  assert.equal(rows.length, 1)
  assert.equal(rows[0]?.kept, rows[0]?.whole, 'not compressed')
  assert.equal(rows[0]?.start.toString(), 'age-encryption.org/v1')
})
