import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { proposePolicy, proposeShred } from '../../src/keys/governing.ts'
import { proposeRotate } from '../../src/keys/links.ts'
import { readWraps } from '../../src/protocol/api/households.ts'
import { toHex } from '../../src/protocol/bytes.ts'
import { deviceId, householdId, principalId } from '../../src/protocol/ids.ts'
import * as households from '../../src/server/households/households.ts'
import { sealOldWraps } from '../../src/server/households/old-wraps.ts'
import { createLog } from '../../src/server/platform/log.ts'
import type { WrapVault } from '../../src/server/vault/wraps.ts'
import { append, foundFamily, invite, NOW, standing, type Family } from '../harness/family.ts'
import { byteNeedles, createHunter, type Hit } from '../harness/hunt.ts'
import { appendTo, familyClock, upload, visit, type Visitor } from '../harness/key-plane.ts'
import { keptEpochs, stolenKeys } from '../harness/rings.ts'
import { secondProcess, type SecondProcess } from '../harness/second-process.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { asOwner, ownerLogin, stolenFiles, stolenTables, type Loot } from '../harness/stolen.ts'

const DAY = 86_400_000
const clock = familyClock()
const log = createLog('silent', { write: () => {} })
let server: TestServer
let visitor: Visitor
let other: SecondProcess

before(async () => {
  // Families are founded in the past, so that an epoch of theirs is old enough to be closed.
  clock.advance(3 * DAY)
  server = await startTestServer({ clock })
  visitor = await visit(server, clock)
  other = await secondProcess(server.data, clock)
})
after(async () => {
  await other[Symbol.asyncDispose]()
  await server.close()
})

/** What a restart cuts off. */
async function restart(): Promise<void> {
  await other[Symbol.asyncDispose]()
  await server.restart()
  other = await secondProcess(server.data, clock)
}

type Home = Awaited<ReturnType<typeof foundFamily>>

/** A family on the server whose household is at its second epoch. */
async function settled(): Promise<Home> {
  const home = await foundFamily()
  const { family, guardian } = home
  append(family, await proposeRotate(standing(family, guardian.device), family.household.principal))
  const policy = { ...family.household.policy, retention: 1 }
  append(family, await proposePolicy(standing(family, guardian.device), policy))
  await upload(visitor, family, guardian.device)
  return home
}

/** Signs, a few days later, that the household's first epoch is closed. */
async function closeFirst({ family, guardian }: Home): Promise<void> {
  const later = standing(family, guardian.device, NOW + 3 * DAY)
  append(family, await proposeShred(later, family.household.principal, 2))
}

/** The epochs of the household that the server gives a device. */
async function given({ family }: Home, device: Home['card']): Promise<number[]> {
  const { id, principal } = family.household
  const { wraps } = await visitor.api.call(readWraps, { params: { household: id } }, device)
  return wraps.filter(({ of }) => of === principal).map(({ epoch }) => epoch)
}

async function rowsOf({ household }: Family): Promise<{ epoch: number; sealed: Uint8Array }[]> {
  const { rows } = await sql<{ epoch: number; sealed: Uint8Array }>`
    SELECT epoch, sealed FROM wraps WHERE household = ${householdId.bytes(household.id)}`.execute(
    other.db,
  )
  return rows
}

async function isDestroyed({ household }: Family): Promise<boolean | undefined> {
  const { rows } = await sql<{ destroyed: boolean }>`SELECT destroyed FROM closed_epochs
    WHERE household = ${householdId.bytes(household.id)}`.execute(other.db)
  return rows[0]?.destroyed
}

async function hunt(secrets: readonly Uint8Array[], loot: readonly Loot[]): Promise<Hit[]> {
  const needles = secrets.flatMap((bytes) => byteNeedles('secret', bytes))
  const hunter = createHunter(needles)
  const hits: Hit[] = []
  for (const { place, pieces } of loot) hits.push(...(await hunter.hunt(place, pieces)))
  return hits
}

function byNumber(one: number, other: number): number {
  return one - other
}

test('no key of the vault and no bare wrap lies in the database, its journal or the log', async () => {
  const { family } = await settled()
  const keys = await stolenKeys(server.data, family.household.id)
  assert.ok(keys.length >= 4, 'a master key, the guardian, two epochs of the household')
  const middles = [...family.wraps.values()].map((wrap) => wrap.subarray(200, 240))
  const spoken: Loot = { place: 'log', pieces: [Buffer.from(server.lines.join('\n'))] }
  const loot = [
    ...(await stolenTables(server.data)),
    ...(await stolenFiles(join(server.data, 'postgres/pg_wal'))),
    spoken,
  ]
  assert.deepEqual(await hunt([...keys, ...middles], loot), [])
  const vault = await stolenFiles(join(server.data, 'vault'))
  const hits = await hunt(keys.slice(0, 1), vault)
  assert.deepEqual(
    hits.map(({ place }) => place).toSorted(),
    ['file master.a', 'file master.b'],
    'control: the hunter knows a key when it sees one',
  )
  assert.deepEqual(await hunt(keys.slice(1), vault), [], 'shred keys are sealed')
  const sealed = (await rowsOf(family)).map((row) => row.sealed.subarray(40, 80))
  assert.ok((await hunt(sealed, await stolenTables(server.data))).length > 0)
})

test('a family closes an epoch: its wraps and its shred key are gone, the rest is not', async () => {
  const home = await settled()
  const { family, guardian, card } = home
  const { id, principal } = family.household
  assert.deepEqual(await given(home, card), [1, 2])
  assert.deepEqual(await keptEpochs(server.data, id, principal), [1, 2])
  await closeFirst(home)
  assert.equal(await appendTo(visitor, family, guardian.device), 4)
  assert.deepEqual(await given(home, card), [2])
  assert.deepEqual(await keptEpochs(server.data, id, principal), [2])
  assert.deepEqual(await keptEpochs(server.data, id, guardian.person), [1])
  const epochs = (await rowsOf(family)).map(({ epoch }) => epoch)
  assert.deepEqual(epochs.toSorted(byNumber), [1, 1, 2, 2], 'two of the person, two of the home')
  assert.equal(await isDestroyed(family), true)
})

/** Two vaults that die at a bad moment. */
const DYING: Record<string, (vault: WrapVault) => WrapVault> = {
  'before the keys are destroyed': (vault) => ({
    ...vault,
    closeEpochs: () => Promise.reject(new Error('killed')),
  }),
  'after the keys are destroyed': (vault) => ({
    ...vault,
    async closeEpochs(household, closed) {
      await vault.closeEpochs(household, closed)
      throw new Error('killed')
    },
  }),
}

for (const [moment, dying] of Object.entries(DYING)) {
  for (const repeat of ['restart', 'link'] as const) {
    test(`killed after the commit and ${moment}: a ${repeat} ends it`, async () => {
      const home = await settled()
      const { family, guardian, card } = home
      const { id, principal } = family.household
      await closeFirst(home)
      const registry = { ...other.registry, vault: dying(other.registry.vault) }
      const at = { household: id, signer: guardian.device.id }
      const link = family.links.at(-1) ?? new Uint8Array()
      await assert.rejects(households.appendLink(registry, at, { link, wraps: [] }), /killed/)
      assert.deepEqual(await given(home, card), [2], 'the commit is there')
      assert.equal(await isDestroyed(family), false)
      if (moment.startsWith('before')) {
        assert.deepEqual(await keptEpochs(server.data, id, principal), [1, 2])
      }
      if (repeat === 'restart') await restart()
      else assert.equal(await appendTo(visitor, family, guardian.device), 4)
      assert.deepEqual(await keptEpochs(server.data, id, principal), [2])
      assert.equal(await isDestroyed(family), true)
      assert.deepEqual(await given(home, card), [2])
    })
  }
}

test('a link that is refused, or loses a race, closes and destroys nothing', async () => {
  const home = await settled()
  const { family, guardian } = home
  const { id, principal } = family.household
  await closeFirst(home)
  const [shred] = family.links.splice(-1)
  const at = { household: id, signer: guardian.device.id }
  const posts = { link: shred ?? new Uint8Array(), wraps: [randomBytes(40)] }
  await assert.rejects(households.appendLink(other.registry, at, posts), { code: 'log-refused' })
  assert.deepEqual(await keptEpochs(server.data, id, principal), [1, 2])
  assert.equal(await isDestroyed(family), undefined)
})

test('keys are destroyed by order of the log alone, not of whoever writes to the database', async () => {
  const { family, guardian } = await settled()
  const { id, principal } = family.household
  const [home, whose] = [householdId.bytes(id), principalId.bytes(principal)]
  await sql`SELECT close_epochs(${home}, ${whose}, 3)`.execute(other.db)
  await invite(family, guardian, 'relative')
  await appendTo(visitor, family, guardian.device)
  await restart()
  assert.deepEqual(await keptEpochs(server.data, id, principal), [1, 2])
  assert.equal(await isDestroyed(family), false)
})

test('swapped rows are not handed out, and the operator is told', async () => {
  const home = await settled()
  const { family, guardian, card } = home
  const { id, principal } = family.household
  const key = householdId.bytes(id)
  assert.deepEqual(await given(home, guardian.device), [1, 2])
  await asOwner(server.data, (client) =>
    client.query(
      `UPDATE wraps AS one SET sealed = other.sealed FROM wraps AS other
       WHERE one.household = $1 AND other.household = $1 AND one.epoch = 2 AND other.epoch = 2
         AND one.principal = other.principal AND one.device <> other.device`,
      [key],
    ),
  )
  const told = server.lines.length
  for (const device of [guardian.device, card]) assert.deepEqual(await given(home, device), [1])
  const errors = server.lines.slice(told).filter((line) => line.includes('"level":"error"'))
  assert.equal(errors.length, 2)
  assert.ok(errors.every((line) => line.includes(principal) && line.includes(id)))
})

test('wraps from before there was a vault are sealed at the start, and go on where they were', async () => {
  const homes = [await settled(), await settled(), await settled()]
  const before = await Promise.all(homes.map((home) => given(home, home.card)))
  const wraps = homes.flatMap(({ family }) => [...family.wraps.values()])
  const middles = wraps.map((wrap) => wrap.subarray(200, 240))
  await putBack(homes)
  assert.ok((await hunt(middles, await stolenTables(server.data))).length >= wraps.length)
  let households = 0
  const { vault } = other.registry
  const mortal: WrapVault = {
    ...vault,
    sealWraps(household, some) {
      households += 1
      return households === 3
        ? Promise.reject(new Error('killed'))
        : vault.sealWraps(household, some)
    },
  }
  await assert.rejects(sealOldWraps(ownerLogin(server.data), mortal, log), /killed/)
  await restart()
  const after = await Promise.all(homes.map((home) => given(home, home.card)))
  assert.deepEqual(after, before)
  assert.deepEqual(await hunt(middles, await stolenTables(server.data)), [])
  const { rows } = await sql<{ old: string | null }>`
    SELECT to_regclass('wraps_in_clear') AS old`.execute(other.db)
  assert.deepEqual(rows, [{ old: null }])
})

/** Moves what the server has of some families to where it was before there was a vault. */
async function putBack(homes: readonly Home[]): Promise<void> {
  await asOwner(server.data, async (client) => {
    await client.query('CREATE TABLE wraps_in_clear (LIKE wraps)')
    await client.query('ALTER TABLE wraps_in_clear RENAME COLUMN sealed TO wrap')
    for (const home of homes) {
      const rows = await client.query<Record<'device' | 'principal', Buffer> & { epoch: number }>(
        'DELETE FROM wraps WHERE household = $1 RETURNING device, principal, epoch',
        [householdId.bytes(home.family.household.id)],
      )
      for (const { device, principal, epoch } of rows.rows) {
        const wrap = bareWrap(home, { device, principal, epoch })
        await client.query('INSERT INTO wraps_in_clear VALUES ($1, $2, $3, $4, $5)', [
          householdId.bytes(home.family.household.id),
          device,
          principal,
          epoch,
          wrap,
        ])
      }
    }
  })
}

function bareWrap(
  { family }: Home,
  row: { device: Buffer; principal: Buffer; epoch: number },
): Uint8Array {
  const refs = [...family.household.principals.values()]
    .filter(({ id }) => row.principal.equals(principalId.bytes(id)))
    .flatMap(({ epochs }) => epochs[row.epoch - 1]?.wraps ?? [])
  const ref = refs.find(({ to }) => row.device.equals(deviceId.bytes(to)))
  return family.wraps.get(toHex(ref?.hash ?? new Uint8Array())) ?? assert.fail('no wrap')
}
