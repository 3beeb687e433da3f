import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pwnedPassword } from 'hibp'
import { pawpost, type Ran } from '../harness/command.ts'

/** Breached passwords on the command line, as an operator uses it. */

const LAUNCHER = join(import.meta.dirname, '../../bin/pawpost')
const WORDS = ['sunflower-1987', 'Grüße aus Köln', 'tea and biscuits at four']

let folder = ''
let ranges = ''
let sorted = ''
let filter = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-pwned-'))
  ranges = join(folder, 'ranges')
  sorted = join(folder, 'sorted.txt')
  filter = join(folder, 'filter')
  await mkdir(ranges)
  const hashes = WORDS.map((word) => createHash('sha1').update(word).digest('hex').toUpperCase())
  for (const hash of hashes) {
    await writeFile(join(ranges, `${hash.slice(0, 5)}.txt`), `${hash.slice(5)}:7\r\n`)
  }
  await writeFile(
    sorted,
    hashes
      .sort()
      .map((hash) => `${hash}:7\r\n`)
      .join(''),
  )
})
after(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }))

async function says(password: string, ...args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await pawpost(['pwned', 'check', ...args], `${password}\n`)
  assert.equal(code, 0, stderr)
  return JSON.parse(stdout)
}

function refused({ code, stdout, stderr }: Ran, status: number): string {
  assert.deepEqual({ code, stdout }, { code: status, stdout: '' }, stderr)
  return stderr
}

test('a folder of ranges becomes a filter that knows them', async () => {
  const { code, stdout, stderr } = await pawpost(['pwned', 'build', ranges, '--out', filter])
  assert.equal(code, 0, stderr)
  const built = JSON.parse(stdout) as Record<string, number>
  assert.deepEqual([built['entries'], built['files'], built['bits']], [3, 3, 16])
  const [word = ''] = WORDS
  assert.deepEqual(await says(word, '--filter', filter, '--json'), { breached: true })
  assert.deepEqual(await says(word, '--filter', filter, '--confirm', sorted), { breached: true })
  assert.deepEqual(await says('Gru\u0308ße aus Ko\u0308ln', '--filter', filter), { breached: true })
  assert.deepEqual(await says('cloudpets', '--filter', filter), { breached: false })
})

test('the filter that comes along knows what thieves try first', async () => {
  assert.deepEqual(await says('CLOUDPETS'), { breached: true })
  assert.deepEqual(await says('correct horse battery staple'), { breached: false })
})

test('with 8 bits nothing goes without a list that confirms', async () => {
  const small = join(folder, 'small')
  const build = ['pwned', 'build', ranges, '--out', small, '--bits', '8']
  assert.match(refused(await pawpost(build), 2), /--confirm/)
  const missing = await pawpost([...build, '--confirm', join(folder, 'missing')])
  assert.match(refused(missing, 1), /breach-list-unreadable/)
  assert.ok(!existsSync(small))
  assert.equal((await pawpost([...build, '--confirm', sorted])).code, 0)
  const unconfirmed = await pawpost(['pwned', 'check', '--filter', small], 'qwe\n')
  assert.match(refused(unconfirmed, 1), /breach-list-unconfirmed/)
  const [word = ''] = WORDS
  assert.deepEqual(await says(word, '--filter', small, '--confirm', sorted), { breached: true })
})

test('killed in the middle of a build, it leaves no filter, and the next build is whole', async () => {
  const home = join(folder, 'killed')
  await mkdir(home)
  const list = join(home, 'list')
  await writeFile(list, Array.from({ length: 400_000 }, (_, index) => line(index)).join(''))
  const out = join(home, 'filter')
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const child = spawn(LAUNCHER, ['pwned', 'build', list, '--out', out], { detached: true })
    const closed = once(child, 'close')
    // The last temporary file is there: it is reading, sorting or filling.
    while (!existsSync(join(`${out}.building`, 'keys-255'))) await sleep(2)
    assert.ok(child.pid !== undefined)
    process.kill(-child.pid, signal)
    await closed
    assert.ok(!existsSync(out), signal)
    const left = signal === 'SIGKILL' ? ['filter.building', 'list'] : ['list']
    assert.deepEqual((await readdir(home)).sort(), left, signal)
  }
  const { code, stderr } = await pawpost(['pwned', 'build', list, '--out', out])
  assert.equal(code, 0, stderr)
  assert.deepEqual((await readdir(home)).sort(), ['filter', 'list'])
  assert.deepEqual(await says('number 399999', '--filter', out), { breached: true })
})

function line(index: number): string {
  return `${createHash('sha1').update(`number ${index}`).digest('hex')}:1\n`
}

test('ranges are served on this machine only, to clients made by others', async () => {
  const child = spawn(LAUNCHER, ['pwned', 'serve', '--ranges', ranges, '--port', '0'])
  const closed = once(child, 'close') as Promise<[number | null]>
  let words = ''
  for await (const chunk of child.stdout) {
    words += String(chunk)
    if (words.includes('\n')) break
  }
  const baseUrl = /(http:\/\/127\.0\.0\.1:\d+)\/range\//.exec(words)?.[1] ?? words
  for (const addPadding of [false, true]) {
    for (const word of WORDS) assert.equal(await pwnedPassword(word, { baseUrl, addPadding }), 7)
    assert.equal(await pwnedPassword('nobody has this', { baseUrl, addPadding }), 0)
  }
  child.kill('SIGTERM')
  assert.deepEqual(await closed, [0, null])
})

test('wrong usage says how it is done', async () => {
  const wrong = [
    ['build'],
    ['build', ranges],
    ['build', sorted, '--out', sorted],
    ['build', ranges, '--out', filter, '--bits', '9'],
    ['build', ranges, '--out', filter, '--what'],
    ['check', '--what'],
    ['check', 'secret'],
    ['serve'],
    ['serve', '--ranges', ranges, '--port', 'many'],
  ]
  for (const args of wrong) {
    assert.match(refused(await pawpost(['pwned', ...args]), 2), /^pawpost pwned/, args.join(' '))
  }
  const broken = await pawpost(['pwned', 'check', '--filter', sorted], 'qwe\n')
  assert.match(refused(broken, 1), /"reason":"not a filter file"/)
})
