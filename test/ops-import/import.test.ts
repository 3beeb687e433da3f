import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Report } from '../../src/ops/import/report.ts'
import { post, signUpAt } from '../harness/account.ts'
import {
  addressOf,
  type ExportPlan,
  HASHES,
  SECRETS,
  writeExport,
} from '../harness/cloudpets-export.ts'
import { pawpost, pawpostUntil } from '../harness/command.ts'
import { createHunter } from '../harness/hunt.ts'
import { countLeft, importAll, runImport } from '../harness/import-run.ts'
import { freshDataFolder, startTestServer } from '../harness/server.ts'
import { stolenTables } from '../harness/stolen.ts'

/** Accounts of another system, brought to a real server by the command an operator types. */

const PLAN: ExportPlan = {
  seed: 4,
  users: 2500,
  friends: 900,
  profiles: 300,
  messages: 1500,
  dialect: 'v2',
}

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-import-'))
})
after(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }))

/** The counts of a report, without the places. */
function countsOf({ accounts, invitations, leftOut }: Report): Record<string, unknown> {
  const counts = (refused: Report['accounts']['refused']): Record<string, number> =>
    Object.fromEntries(Object.entries(refused).map(([reason, { count }]) => [reason, count]))
  return {
    accounts: accounts.imported,
    refused: counts(accounts.refused),
    waiting: invitations.imported,
    refusedInvitations: counts(invitations.refused),
    friendships: leftOut.friendships,
  }
}

test('an export becomes accounts and waiting invitations, once, and nothing in the clear', async () => {
  const place = join(folder, 'story')
  const expected = await writeExport(place, PLAN)
  await using server = await startTestServer()
  const running = await runImport(server.data, [place])
  assert.equal(running.code, 1)
  assert.match(running.stderr, /is running on .* Stop it first/)
  const taken = addressOf(PLAN.seed, 1)
  await signUpAt(server, taken)
  let report: Report | undefined
  let again: Report | undefined
  await server.restart(async () => {
    report = await importAll(server.data, [place])
    again = await importAll(server.data, [place])
  })
  assert.ok(report && again)
  const withTaken = {
    ...expected,
    accounts: expected.accounts - 1,
    refused: { ...expected.refused, 'account-exists': 1 },
  }
  assert.deepEqual(countsOf(report), withTaken)
  assert.deepEqual(
    { ...again, seconds: 0, peakMemory: 0 },
    { ...report, seconds: 0, peakMemory: 0 },
  )
  assert.deepEqual(report.accounts.refused.unverified?.records.slice(0, 3), [8, 24, 108])
  assert.doesNotMatch(JSON.stringify(report), /@|example/)
  const left = await countLeft(server.data)
  assert.equal(left.accounts, expected.accounts)
  assert.equal(left.tags, expected.accounts - 1)
  assert.equal(left.waiting, expected.waiting)

  const words = [...SECRETS, addressOf(PLAN.seed, 0), 'relative0@elsewhere', '$2a$05$', 'user-17']
  const needles = words.map((word) => ({ name: word, form: 'utf-8', bytes: Buffer.from(word) }))
  const hunter = createHunter(needles)
  for (const { place, pieces } of await stolenTables(server.data)) {
    assert.deepEqual(await hunter.hunt(place, pieces), [])
  }

  const [user, password] = await someUser()
  const signIn = (candidate: string): Promise<Response> =>
    post(server, '/api/sessions', { email: user, password: candidate })
  const wrong = (await (await signIn('not this one at all')).json()) as { code: string }
  assert.equal(wrong.code, 'sign-in-refused')
  const right = (await (await signIn(password)).json()) as { code?: string }
  assert.equal(right.code, 'password-must-change')
})

/** A user of the export and the password whose hash it has there. */
async function someUser(): Promise<[email: string, password: string]> {
  const lines = (await readFile(join(folder, 'story', '_User.json'), 'utf8')).split('\n')
  const user = JSON.parse(lines[2] ?? '') as Record<string, string>
  const [word = ''] = HASHES.find(([, hash]) => hash === user['_hashed_password']) ?? []
  return [user['email'] ?? '', word]
}

test('killed again and again, an import doubles nothing and loses nothing', async () => {
  const place = join(folder, 'killed')
  const plan: ExportPlan = { ...PLAN, users: 6500, dialect: 'bson', isPacked: true }
  const expected = await writeExport(place, plan)
  await using server = await startTestServer()
  let report: Report | undefined
  let kills = 0
  await server.restart(async () => {
    for (const killAfter of [900, 1600, 2300, 1200, 3000]) {
      const { code } = await runImport(server.data, [place], killAfter)
      if (code === null) kills += 1
    }
    report = await importAll(server.data, [place])
  })
  assert.ok(report)
  assert.ok(kills > 0, 'it was never killed')
  assert.deepEqual(countsOf(report), expected)
  const { accounts, waiting } = expected
  // A batch has one file of keys; a kill leaves none behind.
  const buckets = Math.ceil(plan.users / 1000)
  assert.deepEqual(await countLeft(server.data), {
    accounts,
    addresses: accounts,
    tags: accounts,
    waiting,
    buckets,
  })
})

test('it works with a vault in a process of its own', async () => {
  const place = join(folder, 'apart')
  const expected = await writeExport(place, { ...PLAN, users: 300, friends: 30, dialect: 'v1' })
  const keys = join(folder, 'keys')
  await mkdir(keys)
  const serveVault = ['vault', 'serve', '--data', keys]
  await using vault = await pawpostUntil(serveVault, /The vault is ready at (\S+)/)
  const data = await freshDataFolder()
  try {
    const report = await importAll(data, [place, '--vault', vault.found])
    assert.deepEqual(countsOf(report), expected)
  } finally {
    await rm(data, { recursive: true, force: true, maxRetries: 20 })
  }
})

test('a damaged file is imported as far as it can be read, and that is said', async () => {
  const place = join(folder, 'damaged')
  await writeExport(place, { ...PLAN, users: 300, friends: 3, dialect: 'bson' })
  const path = join(place, '_User.bson')
  const whole = await readFile(path)
  const first = whole.readInt32LE(0)
  const absurd = Buffer.alloc(4)
  absurd.writeInt32LE(0x7f_00_00_00)
  await writeFile(path, Buffer.concat([whole.subarray(0, first), absurd, whole.subarray(first)]))
  await using server = await startTestServer()
  await server.restart(async () => {
    const { code, stdout } = await runImport(server.data, [place])
    const { complete, accounts, files } = JSON.parse(stdout) as Report
    assert.equal(code, 1)
    assert.equal(complete, false)
    assert.equal(accounts.imported, 1)
    assert.deepEqual(accounts.refused, { 'length-absurd': { count: 1, records: [2] } })
    assert.equal(files[0]?.damaged, true)
  })
})

test('what is no export, or no data folder, is refused in words', async () => {
  const empty = join(folder, 'empty')
  await mkdir(empty)
  const array = join(folder, 'User.json')
  await writeFile(array, '[{}]\n')
  const lines = join(folder, 'Users.json')
  await writeFile(lines, '{}\n')
  const wrong: readonly (readonly [string[], RegExp])[] = [
    [[], /^pawpost import cloudpets/],
    [[empty], /Nothing to import/],
    [[join(folder, 'missing')], /cannot be read/],
    [[array], /--jsonArray/],
    [[array, lines], /Two files of User/],
    [[lines, '--what'], /^pawpost import cloudpets/],
  ]
  for (const [args, says] of wrong) {
    const { code, stderr } = await pawpost(['import', 'cloudpets', ...args, '--data', empty])
    assert.equal(code, 2, stderr)
    assert.match(stderr, says)
  }
  const { code, stderr } = await pawpost(['import', 'cloudpets', lines, '--data', empty])
  assert.equal(code, 1)
  assert.match(stderr, /There is no Pawpost in/)
})
