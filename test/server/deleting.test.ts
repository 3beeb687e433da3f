import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Client } from '../../src/client/client.ts'
import { deletionOf, endFamily, mayEndFamily } from '../../src/client/ending.ts'
import { hasEnded, keptLinks, readFamily } from '../../src/client/family.ts'
import { leave, myEnding } from '../../src/client/leaving.ts'
import { step } from '../../src/client/live.ts'
import { sound, messages } from '../../src/client/messages.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { deletionKey, endHousehold, isSignedStatement } from '../../src/protocol/api/deletions.ts'
import { createHousehold, resubmitLinks } from '../../src/protocol/api/households.ts'
import { readMailbox } from '../../src/protocol/api/messages.ts'
import { fromBase64url, toBase64url, toHex } from '../../src/protocol/bytes.ts'
import { PawpostError, type ErrorCode } from '../../src/protocol/errors.ts'
import { deviceId, householdId, messageId, principalId } from '../../src/protocol/ids.ts'
import { headOf, type Household } from '../../src/protocol/log/household.ts'
import { readLink } from '../../src/protocol/log/link.ts'
import { byteNeedles, createHunter, textNeedles, type Hit, type Needle } from '../harness/hunt.ts'
import { enlist, familyAt, letIn, newRecording, startClient } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { asOwner, stolenFiles, stolenTables, type Loot } from '../harness/stolen.ts'

// The end of a family: who may, what the server signs, and that nothing of it is found afterwards.

let server: TestServer
let mum: Client
let dad: Client
let grandma: Client
let household: Household
let links: readonly Uint8Array[]
let needles: readonly Needle[]

before(async () => {
  server = await startTestServer()
  const family = await familyAt(server)
  mum = startClient(family.mum)
  grandma = startClient(family.grandma)
  const second = await enlist(server)
  dad = startClient(second)
  await letIn(mum, dad, 'Papa', 'guardian')
  await sendVoice(grandma, { ...newRecording(4000), to: 'child' })
  await step(grandma)
  await sendVoice(mum, { ...newRecording(4000), to: family.grandmaId })
  for (const client of [mum, dad, grandma]) await step(client)
  household = (await readFamily(mum)).household
  needles = needlesOf(household, await messages(mum))
})
after(() => server.close())

/** Every id and hash of a household, in any form it may lie in. */
function needlesOf(
  { id, devices, principals, hashes }: Household,
  said: readonly { readonly message: Parameters<typeof messageId.bytes>[0] }[],
): readonly Needle[] {
  const named = [
    { text: id, bytes: householdId.bytes(id) },
    ...[...devices.keys()].map((one) => ({ text: one, bytes: deviceId.bytes(one) })),
    ...[...principals.keys()].map((one) => ({ text: one, bytes: principalId.bytes(one) })),
    ...said.map(({ message }) => ({ text: message, bytes: messageId.bytes(message) })),
  ]
  return [
    ...named.flatMap(({ text, bytes }) => [
      ...textNeedles(text, text),
      ...byteNeedles(text, bytes),
    ]),
    ...hashes.flatMap((hash) => byteNeedles('link', hash)),
  ]
}

async function hunt(loot: readonly Loot[]): Promise<readonly Hit[]> {
  const hunter = createHunter(needles)
  const hits: Hit[] = []
  for (const { place, pieces } of loot) hits.push(...(await hunter.hunt(place, pieces)))
  return hits
}

function placesOf(hits: readonly Hit[]): readonly string[] {
  return [...new Set(hits.map(({ place }) => place))].sort()
}

async function refusal(work: Promise<unknown>): Promise<ErrorCode | undefined> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof PawpostError ? error.code : undefined
}

async function ask(client: Client, head = headOf(household).hash): Promise<unknown> {
  const { device } = await readFamily(client)
  const params = { household: household.id }
  return client.api.call(endHousehold, { params, body: { head: toBase64url(head) } }, device)
}

test('control: before, the household is found in the database and in the vault', async () => {
  const hits = await hunt(await stolenTables(server.data))
  for (const table of ['households', 'links', 'wraps', 'messages', 'recordings', 'mailboxes']) {
    assert.ok(placesOf(hits).includes(`table ${table} as binary`), table)
  }
  assert.ok((await readdir(join(server.data, 'vault/households'))).length > 0)
})

test('not by a relative, not by one of two guardians, not by who knows an older log', async () => {
  assert.equal(await refusal(ask(grandma)), 'device-refused')
  assert.equal(await refusal(ask(mum)), 'guardians-left')
  assert.equal(await refusal(ask(dad)), 'guardians-left')
  assert.equal(await mayEndFamily(mum), false)
  assert.equal(await refusal(endFamily(mum)), 'guardians-left')
  assert.equal((await messages(mum)).length, 2)
  await leave(dad)
  await step(mum)
  links = await keptLinks(mum)
  assert.equal(await mayEndFamily(mum), true)
  assert.equal(await refusal(ask(dad)), 'not-found')
  assert.equal(await refusal(ask(mum)), 'log-conflict')
  household = (await readFamily(mum)).household
  assert.equal(await refusal(ask(grandma)), 'device-refused')
})

test('the last guardian ends it, and the server signs what it deleted', async () => {
  const { certificate, statement } = await endFamily(mum)
  assert.equal(statement.household, household.id)
  assert.equal(statement.head, toHex(headOf(household).hash))
  assert.equal(statement.links, links.length)
  const { deleted } = statement
  assert.equal(deleted['households'], 1)
  assert.equal(deleted['links'], links.length)
  assert.ok((deleted['recordings'] ?? 0) >= 2)
  assert.ok((deleted['wraps'] ?? 0) >= 3)
  const { key } = await mum.api.call(deletionKey, {})
  assert.equal(certificate.key, key, 'the key that the server shows to everybody')
  const [signature, known] = [certificate.signature, key].map(fromBase64url)
  assert.ok(signature && known)
  assert.ok(isSignedStatement(certificate.statement, signature, known))
  const other = certificate.statement.replace('"links"', '"linkz"')
  assert.equal(isSignedStatement(other, signature, known), false)
  assert.deepEqual((await deletionOf(mum))?.statement, statement)
})

test('nothing of it is found: no row, no key, no name of a file', async () => {
  const hits = await hunt(await stolenTables(server.data))
  assert.deepEqual(placesOf(hits), [])
  const elsewhere = (await stolenFiles(server.data)).filter(
    ({ place }) => !place.startsWith('file postgres/'),
  )
  assert.deepEqual(placesOf(await hunt(elsewhere)), [])
  const names = (await readdir(server.data, { recursive: true })).join('\n')
  assert.deepEqual(placesOf(await hunt([{ place: 'names', pieces: [Buffer.from(names)] }])), [])
  await asOwner(server.data, async (client) => {
    const { rows } = await client.query('SELECT * FROM leaving_households')
    assert.deepEqual(rows, [])
  })
})

test('in the files of the database, what is left is written over when they are put in order', async () => {
  await asOwner(server.data, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT oid::regclass::text AS name FROM pg_class
       WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    )
    for (const { name } of rows) await client.query(`VACUUM FULL ${name}`)
    await client.query('RESET ROLE')
  })
  const files = (await stolenFiles(server.data)).filter(({ place }) =>
    place.startsWith('file postgres/base/'),
  )
  assert.ok(files.length > 100)
  assert.deepEqual(placesOf(await hunt(files)), [])
})

test('everybody is told, and keeps what they received', async () => {
  await assert.rejects(step(grandma), { code: 'household-ended' })
  for (const client of [mum, grandma]) {
    await step(client)
    assert.equal(await hasEnded(client), true)
    assert.equal(await myEnding(client), 'household')
    const [first] = await messages(client)
    assert.ok(first && (await sound(client, first.message)).sound.length > 0)
  }
})

test('it never comes back: not as it was, not link by link', async () => {
  const known = links.map(readLink)
  assert.ok(known.length > 3)
  const params = { household: household.id }
  const again = { from: 0, links: links.map(toBase64url), wraps: [] }
  assert.equal(
    await refusal(mum.api.call(resubmitLinks, { params, body: again })),
    'household-ended',
  )
  const body = { link: toBase64url(links[0] ?? new Uint8Array()), wraps: [] }
  const founding = await refusal(mum.api.call(createHousehold, { body }))
  assert.ok(founding === 'household-ended' || founding === 'log-refused', founding)
  const { device } = await readFamily(mum)
  const box = { params: { ...params, principal: household.principal }, query: { after: 0 } }
  assert.equal(await refusal(mum.api.call(readMailbox, box, device)), 'household-ended')
  assert.deepEqual(placesOf(await hunt(await stolenTables(server.data))), [])
})

test('a crash before the keys are destroyed is made good at the next start', async () => {
  const founder = await familyAt(server)
  const guardian = startClient(founder.mum)
  const { household: other } = await readFamily(guardian)
  const file = Buffer.from(householdId.bytes(other.id)).toString('hex')
  const inVault = async (): Promise<boolean> =>
    (await readdir(join(server.data, 'vault/households'), { recursive: true })).some((name) =>
      name.includes(file),
    )
  assert.equal(await inVault(), true)
  await asOwner(server.data, async (client) => {
    await client.query('SELECT delete_household($1)', [householdId.bytes(other.id)])
  })
  assert.equal(await inVault(), true)
  await server.restart(() => Promise.resolve())
  assert.equal(await inVault(), false)
})
