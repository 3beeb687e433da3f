import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { createPasswordRules } from '../../src/server/passwords/rules.ts'
import { readConfig, SETTINGS } from '../../src/server/platform/config.ts'
import { freshDataFolder } from '../harness/server.ts'

/** The commands of docs/passwords.md, typed by an operator who has downloaded ranges. */

const ROOT = join(import.meta.dirname, '../..')
const SERVE = 'pawpost serve '
const BREACH = 'pawpost breach '
const run = promisify(execFile)

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-docs-'))
  const hash = createHash('sha1').update('sunflower-1987').digest('hex').toUpperCase()
  await mkdir(join(folder, 'ranges'))
  await writeFile(join(folder, 'ranges', `${hash.slice(0, 5)}.txt`), `${hash.slice(5)}:7\r\n`)
  await writeFile(join(folder, 'sorted.txt'), `${hash}:7\n`)
})
after(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }))

const text = await readFile(join(ROOT, 'docs/passwords.md'), 'utf8')
const lines = [...text.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = '']) =>
  block.split('\n').filter((line) => line !== ''),
)

async function shell(line: string): Promise<string> {
  const env = { ...process.env, PATH: `${join(ROOT, 'bin')}:${process.env['PATH']}` }
  const { stdout } = await run('sh', ['-c', line], { cwd: folder, env })
  return stdout
}

test('the commands about lists do what is said', async () => {
  const said: string[] = []
  const others = lines.filter((line) => !line.startsWith(SERVE) && !line.startsWith(BREACH))
  for (const line of others) said.push(await shell(line))
  assert.equal(said.length, 3)
  assert.match(said[0] ?? '', /"entries":1,/)
  assert.equal(said[1], '{"breached":true}\n')
  assert.match(said[2] ?? '', /"bits":8,/)
})

test('a list of stolen addresses is read beside a stopped server', async () => {
  await writeFile(join(folder, 'stolen.txt'), 'ann@family.example:secret\n')
  const data = await freshDataFolder()
  const [line = '', ...more] = lines.filter((one) => one.startsWith(BREACH))
  assert.deepEqual(more, [])
  const said = await shell(line.replace('/var/lib/pawpost', data))
  await rm(data, { recursive: true })
  assert.match(said, / 1 records read.*\n +0 accounts found.*\n.*Toy Shop.*\nThe list is read\.\n$/)
})

test('the settings are read, and make rules', async () => {
  const serves = lines.filter((line) => line.startsWith(SERVE))
  assert.equal(serves.length, 4)
  for (const line of serves) {
    const config = readConfig(line.slice(SERVE.length).split(' '), {})
    const files = { breachFilter: config.breachFilter, breachSorted: config.breachSorted }
    const moved = Object.entries(files).map(([name, path]) => [name, path && inFolder(path)])
    await using rules = await createPasswordRules({ ...config, ...Object.fromEntries(moved) })
    assert.deepEqual([...rules.shields], config.breachShields)
  }
})

/** The operator's shell stands in another folder than this test. */
function inFolder(path: string): string {
  return join(folder, path.slice(process.cwd().length))
}

test('every setting about passwords is described', () => {
  const names = Object.keys(SETTINGS).filter((name) => /^(password|breach)/.test(name))
  assert.ok(names.length >= 6)
  for (const name of names) {
    const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    assert.ok(text.includes(flag), flag)
  }
})
