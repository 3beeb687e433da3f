import assert from 'node:assert/strict'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, before, test } from 'node:test'
import { createLog } from '../../src/server/platform/log.ts'
import { serveVault } from '../../src/server/vault/process/serve.ts'
import { openVault } from '../../src/server/vault/vault.ts'
import { carelessVault } from '../harness/careless-vault.ts'
import { mailsIn } from '../harness/command.ts'
import { createHunter, type Hunter } from '../harness/hunt.ts'
import { runImport } from '../harness/import-run.ts'
import { cheapPasswords } from '../harness/passwords.ts'
import { addressNeedles, liveOn, plant, writePlanted, type Planted } from '../harness/planted.ts'
import { startServerProcess } from '../harness/process.ts'
import { freshDataFolder } from '../harness/server.ts'
import { asOwner, stolenFiles, stolenTables, type Loot } from '../harness/stolen.ts'

// Sins 8 and 11: the addresses of 821,000 families lay in the first maker's database for everybody.
// Here a thousand are planted and then everything is stolen: dump, journal, logs, backups.

const COUNT = 1000

/** What is stolen, in the order in which it is told. */
const PLACES = [
  'dump',
  'tables',
  'write-ahead log',
  'other files',
  'outbox before sending',
  'log',
  'outbox after sending',
  'backup without the vault',
  'vault alone',
] as const
type Place = (typeof PLACES)[number]

/** In each place, which addresses were found, and how many bytes were searched. */
type Found = Record<Place, { readonly addresses: Set<string>; bytes: number }>

let folder = ''
let planted: Planted
let everybody: readonly string[]
let hunter: Hunter

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-planted-'))
  planted = plant(COUNT)
  everybody = Object.values(planted).flat()
  assert.equal(new Set(everybody).size, COUNT)
  hunter = createHunter(everybody.flatMap((address) => addressNeedles(address)))
  await writePlanted(join(folder, 'export'), planted)
})
after(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }))

type Theft = { readonly hunt: (place: Place, loot: readonly Loot[]) => Promise<void>; found: Found }

function beginTheft(): Theft {
  const found = Object.fromEntries(
    PLACES.map((place) => [place, { addresses: new Set<string>(), bytes: 0 }]),
  ) as Found
  return {
    found,
    async hunt(place, loot) {
      for (const { place: where, pieces } of loot) {
        for (const { name } of await hunter.hunt(where, counted(place, pieces))) {
          found[place].addresses.add(name)
        }
      }
    },
  }

  async function* counted(place: Place, pieces: Loot['pieces']): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      found[place].bytes += piece.length
      yield piece
    }
  }
}

/** Which place a file of the data folder is. */
function placeOf({ place }: Loot): Place {
  if (place.startsWith('file postgres/pg_wal/')) return 'write-ahead log'
  if (place.startsWith('file postgres/')) return 'tables'
  return place.startsWith('file outbox/') ? 'outbox before sending' : 'other files'
}

/** Of PostgreSQL: bytes of a page of the journal, and of the header that stands before its records. */
const PAGE = 8192
const HEADER = { first: 40, other: 24 } as const

/** A file of the journal without the headers of its pages: what lies across an edge is whole again. */
async function seamless(data: string, { place }: Loot): Promise<readonly Loot[]> {
  const bytes = await readFile(join(data, place.slice('file '.length)))
  const pages = Array.from({ length: Math.ceil(bytes.length / PAGE) }, (_, page) =>
    bytes.subarray(page * PAGE + (page === 0 ? HEADER.first : HEADER.other), (page + 1) * PAGE),
  )
  return [{ place, pieces: [Buffer.concat(pages)] }]
}

/** Imports, lives, and steals everything. `args` choose the vault; `more` is said by others. */
async function steal(args: readonly string[], more: () => string): Promise<Found> {
  const data = await freshDataFolder()
  const { hunt, found } = beginTheft()
  try {
    const { code, stdout, stderr } = await runImport(data, [join(folder, 'export'), ...args])
    assert.equal(code, 0, stdout + stderr)
    const serve = ['--data', data, '--port', '0', '--log', 'debug', '--answer-ms', '0', ...args]
    await using server = await startServerProcess(serve)
    await liveOn({ origin: server.origin, mails: () => mailsIn(data) }, planted)
    // Statistics of a table hold some of its values: a dump takes them along.
    await asOwner(data, (client) => client.query('ANALYZE'))
    await hunt('dump', await stolenTables(data))
    for (const loot of await stolenFiles(data)) {
      const place = placeOf(loot)
      await hunt(place, [loot])
      if (place === 'write-ahead log') await hunt(place, await seamless(data, loot))
    }
    await server.end('SIGTERM')
    const said = [stdout, stderr, server.said(), more()].map((text) => Buffer.from(text))
    await hunt('log', [{ place: 'log', pieces: [Buffer.concat(said)] }])
    await stealBackup(data, hunt)
    return found
  } finally {
    await rm(data, { recursive: true, force: true, maxRetries: 20 })
  }
}

/** After the mails were handed on: a copy of all files but the vault's, and of those alone. */
async function stealBackup(data: string, hunt: Theft['hunt']): Promise<void> {
  const [outbox, backup, vault] = [join(data, 'outbox'), join(data, 'backup'), join(data, 'vault')]
  for (const name of await readdir(outbox)) {
    if (name.endsWith('.eml')) await rm(join(outbox, name))
  }
  const left = { place: 'names', pieces: [Buffer.from((await readdir(outbox)).join('\n'))] }
  await hunt('outbox after sending', [left, ...(await stolenFiles(outbox))])
  const copied = (path: string): boolean =>
    !['vault', 'backup', 'socket'].includes(relative(data, path).split('/')[0] ?? '')
  await Promise.all(
    (await readdir(data))
      .filter((name) => copied(join(data, name)))
      .map((name) => cp(join(data, name), join(backup, name), { recursive: true })),
  )
  await hunt('backup without the vault', await stolenFiles(backup))
  await hunt('vault alone', await stolenFiles(vault))
}

function tell(found: Found): string {
  return PLACES.map((place) => {
    const { addresses, bytes } = found[place]
    return `${place} ${addresses.size} (${(bytes / 1e6).toFixed(1)} MB)`
  }).join(', ')
}

test('of a thousand addresses none is in the dump, the journal, the logs or the backups', async () => {
  const found = await steal([], () => '')
  console.log(`addresses found of ${COUNT}: ${tell(found)}`)
  for (const place of PLACES) {
    const { addresses } = found[place]
    // The one exception: a mail says to whom it goes, until somebody takes it from the outbox.
    if (place === 'outbox before sending') {
      for (const email of planted.living) assert.ok(addresses.has(email), 'the hunter was there')
      assert.ok(addresses.size < COUNT / 10)
    } else assert.deepEqual([...addresses], [], place)
    if (place !== 'outbox after sending') assert.ok(found[place].bytes > 1000, place)
  }
})

test('control: with a vault that seals no address all thousand are found', async () => {
  const home = join(folder, 'careless')
  const passwords = await cheapPasswords(folder)
  const said: string[] = []
  const log = createLog('info', { write: (line) => void said.push(line) })
  const vault = carelessVault(await openVault(home, { log, passwords }), log)
  const path = join(folder, 'socket')
  await using served = await serveVault(vault, { path, mode: 0o600 }, log)
  assert.ok(served)
  const found = await steal(['--vault', path], () => said.join(''))
  console.log(`control, found of ${COUNT}: ${tell(found)}`)
  assert.equal(found.log.addresses.size, COUNT)
  const stored = everybody.filter((address) => !planted.strangers.includes(address))
  for (const place of ['dump', 'write-ahead log', 'backup without the vault'] as const) {
    for (const address of stored) assert.ok(found[place].addresses.has(address), place)
  }
  // What was written last may lie in the journal alone as yet.
  assert.ok(found.tables.addresses.size > COUNT / 2)
})
