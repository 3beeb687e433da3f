import { createCipheriv } from 'node:crypto'
import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFilter } from '../../src/server/passwords/breached/filter.ts'
import { openSorted } from '../../src/server/passwords/breached/sorted.ts'
import { createBloom } from '../harness/bloom.ts'
import { pawpost } from '../harness/command.ts'
import type { Figure } from '../harness/timing.ts'

/** As many ranges as Have I Been Pwned has. */
const RANGES = 16 ** 5
const MILLION = 1_000_000
const STRANGERS = 4 * MILLION
/** A cache that keeps all pages: of a larger filter most look-ups would read from the disk. */
const WHOLE = 2 ** 30
/** What reads from the disk is asked less often: it is slower. */
const READ_ASKED = 20_000

/** The seed of the benchmark; a proof has its own. */
const SEED = 1

/**
 * The filter of breached passwords for 1 and 10 million synthetic hashes (`npm run bench -- pwned 100`
 * for 100 million instead), built by the command from a sorted list of `SHA1:COUNT` lines; beside it
 * a binary search in that list and a plain Bloom filter of the same false-positive rate. Look-ups
 * are by one caller, one after the other.
 */
export async function bench(): Promise<readonly Figure[]> {
  const asked = process.argv.slice(3).map(Number)
  return measure(asked.length > 0 ? asked : [1, 10], SEED)
}

/**
 * Measures at so many millions of hashes, drawn from a seed. The list lies in a temporary folder (45
 * bytes a hash, and 18 bytes more while the filter is built) that is removed; memory stays flat but
 * for the Bloom filter, which is all in memory (3 bytes a hash).
 */
export async function measure(sizes: readonly number[], seed: number): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const millions of sizes) {
    const folder = await mkdtemp(join(tmpdir(), 'pawpost-bench-'))
    try {
      figures.push(...(await measureAll(folder, millions, seed)))
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 20 })
    }
  }
  return figures
}

async function measureAll(
  folder: string,
  millions: number,
  seed: number,
): Promise<readonly Figure[]> {
  const list = join(folder, 'list')
  const plan = { entries: millions * MILLION, seed }
  const members = await writeList(list, plan)
  const strangers = stream('strangers', seed).update(Buffer.alloc(20 * STRANGERS))
  const whole = `${millions} M, 16 bits`
  const figures = await built(list, { name: whole, bits: 16 })
  await using filter = await openFilter(`${list}.16`, { cacheBytes: WHOLE })
  const find = await lookUps(members, (hash) => filter.has(hash))
  const miss = await lookUps(strangers, (hash) => filter.has(hash))
  if (find.hits * 20 !== members.length) throw new Error('a member was missed')
  await using page = await openFilter(`${list}.16`, { cacheBytes: 1 })
  const read = await lookUps(members.subarray(0, 20 * READ_ASKED), (hash) => page.has(hash))
  figures.push(
    { name: `${whole}: false positives`, value: miss.hits / STRANGERS, unit: 'of 1' },
    { name: `${whole}: look-ups, members`, value: find.perSecond, unit: '/s' },
    { name: `${whole}: look-ups, others`, value: miss.perSecond, unit: '/s' },
    { name: `${whole}: look-ups, nothing cached`, value: read.perSecond, unit: '/s' },
    ...(await built(list, { name: `${millions} M, 8 bits`, bits: 8 })),
    ...(await sortedFile(list, { members, millions })),
    ...(await bloom(plan, { members, strangers, millions })),
  )
  return figures
}

async function built(
  list: string,
  { name, bits }: { name: string; bits: 8 | 16 },
): Promise<Figure[]> {
  const args = [list, '--out', `${list}.${bits}`, '--bits', String(bits), '--confirm', list]
  const { code, stdout, stderr } = await pawpost(['pwned', 'build', ...args])
  if (code !== 0) throw new Error(stderr)
  const said = JSON.parse(stdout) as Record<string, number>
  const { entries = 0, seconds = 1, bitsPerEntry = 0, peakMemory = 0 } = said
  return [
    { name: `${name}: size`, value: bitsPerEntry, unit: 'bits per entry' },
    { name: `${name}: build`, value: entries / seconds, unit: 'entries/s' },
    { name: `${name}: peak memory of the build`, value: peakMemory / MILLION, unit: 'MB' },
  ]
}

async function sortedFile(
  list: string,
  { members, millions }: { members: Buffer; millions: number },
): Promise<readonly Figure[]> {
  const sorted = await openSorted(list)
  const some = members.subarray(0, 20 * READ_ASKED)
  const { perSecond } = await lookUps(some, async (hash) => (await sorted.count(hash)) > 0)
  await sorted.close()
  const bits = ((await stat(list)).size * 8) / (millions * MILLION)
  return [
    { name: `${millions} M, sorted file: size`, value: bits, unit: 'bits per entry' },
    { name: `${millions} M, sorted file: look-ups, members`, value: perSecond, unit: '/s' },
  ]
}

type Asked = {
  readonly members: Buffer
  readonly strangers: Buffer
  readonly millions: number
}

async function bloom(plan: Plan, asked: Asked): Promise<readonly Figure[]> {
  const name = `${asked.millions} M, Bloom filter`
  const started = performance.now()
  const filter = createBloom(plan.entries, 16)
  for (const hashes of rangesOf(plan)) {
    for (let at = 0; at < hashes.length; at += 20) filter.add(hashes.subarray(at, at + 20))
  }
  const seconds = (performance.now() - started) / 1000
  const find = await lookUps(asked.members, async (hash) => filter.has(hash))
  const miss = await lookUps(asked.strangers, async (hash) => filter.has(hash))
  if (find.hits * 20 !== asked.members.length) throw new Error('the Bloom filter missed a member')
  return [
    { name: `${name}: size`, value: (filter.bytes * 8) / plan.entries, unit: 'bits per entry' },
    { name: `${name}: build`, value: plan.entries / seconds, unit: 'entries/s' },
    { name: `${name}: false positives`, value: miss.hits / STRANGERS, unit: 'of 1' },
    { name: `${name}: look-ups, members`, value: find.perSecond, unit: '/s' },
    { name: `${name}: look-ups, others`, value: miss.perSecond, unit: '/s' },
  ]
}

async function lookUps(
  hashes: Buffer,
  has: (hash: Uint8Array) => Promise<boolean>,
): Promise<{ hits: number; perSecond: number }> {
  const started = performance.now()
  let hits = 0
  for (let at = 0; at < hashes.length; at += 20) {
    if (await has(hashes.subarray(at, at + 20))) hits += 1
  }
  const seconds = (performance.now() - started) / 1000
  return { hits, perSecond: hashes.length / 20 / seconds }
}

/** The key stream of a cipher: the same random bytes each time. */
function stream(name: string, seed: number): ReturnType<typeof createCipheriv> {
  const key = Buffer.from(name.padEnd(16))
  key.writeUInt32BE(seed % 2 ** 32, 12)
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16))
}

/** How many hashes are drawn, and from which seed. */
type Plan = { readonly entries: number; readonly seed: number }

/** The hashes of each range in turn, in no order within it. */
function* rangesOf({ entries, seed }: Plan): Generator<Buffer> {
  const random = stream('members', seed)
  let written = 0
  for (let range = 0; range < RANGES; range += 1) {
    const until = Math.round((entries * (range + 1)) / RANGES)
    const hashes = random.update(Buffer.alloc(20 * (until - written)))
    for (let at = 0; at < hashes.length; at += 20) {
      hashes.writeUInt16BE(range >>> 4, at)
      hashes[at + 2] = ((range & 15) << 4) | ((hashes[at + 2] ?? 0) & 15)
    }
    written = until
    yield hashes
  }
}

/** Writes a sorted list; gives about half a million of its hashes, spread evenly. */
async function writeList(path: string, plan: Plan): Promise<Buffer> {
  const kept: Buffer[] = []
  await using file = await open(path, 'w')
  let text = ''
  let ranges = 0
  for (const hashes of rangesOf(plan)) {
    ranges += 1
    // A copy: otherwise all hashes would be kept.
    if (ranges % 2 === 0) kept.push(Buffer.from(hashes.subarray(0, 20)))
    text += linesOf(hashes)
    if (text.length < 1 << 20 && ranges < RANGES) continue
    await file.write(text)
    text = ''
  }
  return Buffer.concat(kept)
}

function linesOf(hashes: Buffer): string {
  const hex = hashes.toString('hex').toUpperCase()
  const lines: string[] = []
  for (let at = 0; at < hex.length; at += 40) lines.push(`${hex.slice(at, at + 40)}:1\n`)
  return lines.sort().join('')
}
