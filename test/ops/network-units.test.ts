import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { hostFiles } from '../../src/ops/network/units.ts'
import { pawpost } from '../harness/command.ts'

/** The units as systemd itself reads and scores them, without starting anything. */

const run = promisify(execFile)
const ANALYZE = '/usr/bin/systemd-analyze'
const skip = existsSync(ANALYZE) ? false : `there is no ${ANALYZE} on this machine`

/** From 0 (walled in) to 10; systemd itself calls what is below 2 "OK". */
const WORST: Readonly<Record<string, number>> = {
  'pawpost.service': 1.3,
  'pawpost-vault.service': 0.4,
  'pawpost-firewall.service': 1.2,
}

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-units-'))
  for (const { path, text } of hostFiles(join(import.meta.dirname, '../..'))) {
    await writeFile(join(folder, basename(path)), text)
  }
})
after(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }))

async function score(path: string): Promise<number> {
  const { stdout } = await run(ANALYZE, ['security', '--offline=true', '--no-pager', path])
  return Number(/exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1])
}

test('systemd scores each unit as walled in', { skip }, async () => {
  for (const [name, worst] of Object.entries(WORST)) {
    const exposure = await score(join(folder, name))
    assert.ok(exposure <= worst, `${name}: ${exposure}`)
  }
})

test('control: a unit without walls is called so', { skip }, async () => {
  const bare = join(folder, 'bare.service')
  await writeFile(bare, '[Service]\nExecStart=/bin/true\n')
  assert.ok((await score(bare)) > 9)
})

test('systemd understands every line', { skip }, async () => {
  const env = { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` }
  for (const name of Object.keys(WORST)) {
    const args = ['verify', '--man=no', join(folder, name)]
    const { stderr } = await run(ANALYZE, args, { env })
    assert.equal(stderr, '', name)
  }
})

test('the command prints all files with their paths, or one', async () => {
  const all = await pawpost(['systemd'])
  const paths = hostFiles('/opt/pawpost').map(({ path }) => `# ${path}`)
  assert.deepEqual(all.stdout.match(/^# \/.*$/gm), paths)
  const one = await pawpost(['systemd', 'pawpost-vault.service', '--program', '/srv/pawpost'])
  assert.match(one.stdout, /^ExecStart=\/srv\/pawpost\/bin\/pawpost vault serve /m)
  for (const args of [['no.service'], ['--program', 'here'], ['--program', '/a b'], ['a', 'b']]) {
    const { code, stdout, stderr } = await pawpost(['systemd', ...args])
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' }, args.join(' '))
    assert.match(stderr, /^pawpost systemd/)
  }
})
