import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { parseHosts } from '../../src/ops/network/hosts.ts'
import { ruleset } from '../../src/ops/network/ruleset.ts'
import { pawpost } from '../harness/command.ts'

/** The command as an operator uses it. What its rules do is tried in network.test.ts. */

const HOSTS = '{"edge": ["192.0.2.10"], "app": ["192.0.2.10"], "database": ["2001:db8::12"]}'

let folder = ''
let file = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-firewall-'))
  file = join(folder, 'hosts.json')
  await writeFile(file, HOSTS)
})
after(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }))

test('a ruleset is printed, for one zone or for all that a host is', async () => {
  for (const zones of [['database'], ['edge', 'app']] as const) {
    const args = ['firewall', '--zone', zones.join(','), '--hosts', file]
    const { code, stdout, stderr } = await pawpost(args)
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
    assert.equal(stdout, ruleset(zones, parseHosts(HOSTS)))
  }
})

test('nothing is printed that could be loaded by mistake', async () => {
  const broken = join(folder, 'broken.json')
  await writeFile(broken, '{"edge": ["0.0.0.0/0"]}')
  const refused: readonly [code: number, says: RegExp, ...args: string[]][] = [
    [2, /^pawpost firewall/, '--zone', 'edge'],
    [2, /^pawpost firewall/, '--hosts', file],
    [2, /^pawpost firewall/, '--zone', 'kitchen', '--hosts', file],
    [2, /^pawpost firewall/, '--zone', 'toString', '--hosts', file],
    [2, /^pawpost firewall/, '--zone', '', '--hosts', file],
    [1, /Staging shares no host/, '--zone', 'staging,app', '--hosts', file],
    [1, /no file of hosts/, '--zone', 'app', '--hosts', join(folder, 'missing')],
    [1, /0\.0\.0\.0\/0/, '--zone', 'app', '--hosts', broken],
  ]
  for (const [status, says, ...args] of refused) {
    const { code, stdout, stderr } = await pawpost(['firewall', ...args])
    assert.deepEqual({ code, stdout }, { code: status, stdout: '' }, args.join(' '))
    assert.match(stderr, says)
  }
})
