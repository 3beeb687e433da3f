import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFolder } from '../../src/ops/import/folder.ts'
import type { Report } from '../../src/ops/import/report.ts'
import { findAccount } from '../../src/server/accounts/store.ts'
import { readConfig } from '../../src/server/platform/config.ts'
import { seeded } from '../codec/material.ts'
import { type ExportPlan, sampleUsers, writeExport } from '../harness/cloudpets-export.ts'
import { countLeft, importAll, runImport } from '../harness/import-run.ts'
import { startServed } from '../harness/served.ts'
import { freshDataFolder } from '../harness/server.ts'

const USERS = Number(process.env['PAWPOST_IMPORT_USERS'] ?? 820_000)
const KILLS = Number(process.env['PAWPOST_IMPORT_KILLS'] ?? 12)
/** What ten times as many records may add to the memory of an import. */
const FLAT = 96 * 1024 * 1024
/** Accounts whose address is looked for and whose password is tried. */
const SAMPLES = 200

/** As many of everything as there were, in proportion to the users. */
function planOf(users: number, seed: number): Omit<ExportPlan, 'dialect'> {
  const part = (count: number): number => Math.round((count * users) / 821_296)
  const [friends, messages] = [part(371_970), part(2_182_337)]
  return { seed, users, friends, messages, profiles: part(400_000) }
}

/**
 * An export as large as the maker's is imported while the import is killed at random moments, after
 * a tenth of it in one go. Throws when an account is missing or doubled, or when memory grows with the
 * export.
 */
export async function prove(seed: number): Promise<Record<string, unknown>> {
  const home = await mkdtemp(join(tmpdir(), 'pawpost-import-'))
  try {
    const tenth = await bring(home, { ...planOf(Math.round(USERS / 10), seed), dialect: 'v2' }, 0)
    const packed = { dialect: 'bson', isPacked: true } as const
    const whole = await bring(home, { ...planOf(USERS, seed), ...packed }, KILLS)
    const grown = whole.peakMemory - tenth.peakMemory
    assert.ok(grown <= FLAT, `memory grew by ${grown} bytes`)
    return { tenth, whole }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

type Brought = {
  readonly users: number
  readonly format: string
  readonly exportBytes: number
  readonly accounts: number
  readonly waiting: number
  readonly kills: number
  /** From the first start to the last end, with every restart. */
  readonly seconds: number
  /** Of the last run, and how long it took. */
  readonly peakMemory: number
  readonly lastRunSeconds: number
  readonly samplesRight: number
}

/** Generates an export and imports it into a fresh data folder; checks all that is there then. */
async function bring(home: string, plan: ExportPlan, kills: number): Promise<Brought> {
  const place = await mkdtemp(join(home, 'export-'))
  const expected = await writeExport(place, plan)
  const exportBytes = await bytesIn(place)
  const data = await freshDataFolder()
  try {
    const started = performance.now()
    const killed = await killMany(data, place, { kills, seed: plan.seed })
    const report = await importAll(data, [place])
    const seconds = Math.round((performance.now() - started) / 1000)
    requireCounts(report, expected)
    const left = await countIn(data)
    const { accounts, waiting } = expected
    assert.deepEqual(left, {
      accounts,
      addresses: accounts,
      tags: accounts,
      waiting,
      buckets: left.buckets,
    })
    // Two batches may meet in one file of keys; a kill may not add one.
    assert.ok(left.buckets <= Math.ceil(plan.users / 1000), `${left.buckets} files of keys`)
    const samplesRight = await trySamples(data, plan)
    const format = plan.dialect === 'bson' ? 'bson.gz' : 'json'
    return {
      users: plan.users,
      format,
      exportBytes,
      accounts,
      waiting,
      kills: killed,
      seconds,
      peakMemory: report.peakMemory,
      lastRunSeconds: report.seconds,
      samplesRight,
    }
  } finally {
    await rm(data, { recursive: true, force: true, maxRetries: 20 })
    await rm(place, { recursive: true, force: true })
  }
}

async function killMany(
  data: string,
  place: string,
  { kills, seed }: { kills: number; seed: number },
): Promise<number> {
  const random = seeded(seed)
  let killed = 0
  for (let run = 0; run < kills; run++) {
    const { code } = await runImport(data, [place], 2000 + random() * 18_000)
    if (code === null) killed += 1
  }
  if (kills > 0) assert.ok(killed >= kills / 2, `killed ${killed} times only`)
  return killed
}

function requireCounts(
  { accounts, invitations, leftOut }: Report,
  expected: Awaited<ReturnType<typeof writeExport>>,
): void {
  const counts = (refused: Report['accounts']['refused']): Record<string, number> =>
    Object.fromEntries(Object.entries(refused).map(([reason, { count }]) => [reason, count]))
  assert.deepEqual(
    {
      accounts: accounts.imported,
      refused: counts(accounts.refused),
      waiting: invitations.imported,
      refusedInvitations: counts(invitations.refused),
      friendships: leftOut.friendships,
    },
    expected,
  )
}

async function countIn(data: string): ReturnType<typeof countLeft> {
  const served = await startServed(data)
  try {
    return await countLeft(data)
  } finally {
    await served.stop()
  }
}

/** Looks up some of the users, all over the export, and tries the password that each had. */
async function trySamples(data: string, plan: ExportPlan): Promise<number> {
  const config = readConfig(['--data', data], { PAWPOST_LOG: 'error' })
  await using folder = await openFolder(config)
  let right = 0
  for (const { address, password } of sampleUsers(plan, SAMPLES)) {
    const found = await findAccount(folder.db, await folder.vault.indexesOf(address))
    assert.ok(found, 'an account is missing')
    const kept = { account: found.account, sealed: found.password }
    const { matches } = await folder.vault.verifyPassword(kept, password)
    assert.ok(matches, 'a password does not fit')
    right += 1
  }
  return right
}

async function bytesIn(folder: string): Promise<number> {
  const files = await readdir(folder)
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(folder, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
