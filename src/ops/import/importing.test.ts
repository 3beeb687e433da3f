import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { AccountTarget, Progress } from '../../server/accounts/imports.ts'
import { type ExportFile, findExport } from './export-files.ts'
import { type FileReport, importFile } from './importing.ts'

const HASH = `$2b$10$${'a'.repeat(53)}`
const POWER_CUT = new Error('power cut')

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-importing-'))
})
after(() => rm(folder, { recursive: true, force: true }))

/** Whatever was committed; a cut comes before or behind the commit of one batch. */
type Memory = AccountTarget & { readonly ids: string[]; cut: 'before' | 'behind' | undefined }

function createMemory(): Memory {
  const files = new Map<string, Progress>()
  const nameOf = (file: Uint8Array): string => Buffer.from(file).toString('hex')
  const memory: Memory = {
    ids: [],
    cut: undefined,
    begin: async (file) => files.get(nameOf(file)),
    async insertAccounts(file, batch, settle) {
      const { cut } = memory
      memory.cut = undefined
      if (cut === 'before') throw POWER_CUT
      files.set(nameOf(file), structuredClone(settle(batch.map(() => 'imported'))))
      memory.ids.push(...batch.map(({ id }) => id))
      if (cut === 'behind') throw POWER_CUT
    },
    async insertInvitations(file, batch, settle) {
      files.set(nameOf(file), structuredClone(settle(batch.map(() => 'imported'))))
    },
    async advance(file, progress) {
      files.set(nameOf(file), structuredClone(progress))
    },
  }
  return memory
}

function userLine(number: number): string {
  const user = { _id: `id${number}`, email: `u${number}@a.example`, emailVerified: true }
  return JSON.stringify({ ...user, _hashed_password: HASH })
}

async function fileOf(name: string, bytes: string | Uint8Array): Promise<ExportFile> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  const [file] = await findExport([path])
  return file ?? assert.fail()
}

function run(file: ExportFile, target: AccountTarget, stopAfter = Infinity): Promise<FileReport> {
  const stop = new AbortController()
  let batches = 0
  const onProgress = (): void => {
    batches += 1
    if (batches >= stopAfter) stop.abort()
  }
  return importFile(file, target, { signal: stop.signal, onProgress })
}

test('cut off at any batch, before or behind its commit, every record is taken once', async () => {
  const lines = Array.from({ length: 7500 }, (_, number) => userLine(number))
  // Blank lines count as places, not as records.
  lines.splice(1200, 0, '', '')
  const file = await fileOf('User.json', `${lines.join('\n')}\n`)
  const whole = createMemory()
  const { tally } = await run(file, whole)
  assert.deepEqual([tally.read, tally.imported, whole.ids.length], [7500, 7500, 7500])
  for (const cut of ['before', 'behind'] as const) {
    const memory = createMemory()
    for (let death = 0; death < 3; death++) {
      const stopped = await run(file, memory, 1)
      assert.equal(stopped.isDone, false)
      memory.cut = cut
      await assert.rejects(run(file, memory), POWER_CUT)
    }
    const last = await run(file, memory)
    assert.deepEqual([last.isDone, last.tally], [true, tally], cut)
    assert.deepEqual(memory.ids, whole.ids, cut)
    assert.deepEqual(await run(file, memory), last, 'once more, it only tells')
    assert.equal(memory.ids.length, 7500)
  }
})

test('a packed file that is cut off or damaged gives what can be read', async () => {
  const lines = Array.from({ length: 5000 }, (_, number) => userLine(number)).join('\n')
  const packed = gzipSync(lines, { level: 0 })
  const middle = packed.length >> 1
  const damaged = Buffer.from(packed)
  damaged.fill(0xff, middle, middle + 100_000)
  for (const bytes of [packed.subarray(0, middle), damaged]) {
    const file = await fileOf('_User.json.gz', bytes)
    const { tally, isDone } = await run(file, createMemory())
    assert.equal(isDone, true)
    assert.ok(tally.imported > 0 && tally.imported < 5000, `${tally.imported}`)
    assert.equal(tally.refused['file-damaged']?.count, 1)
  }
})
