import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pawpost, personAt } from '../harness/command.ts'

let folder = ''
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'pawpost-usage-'))))
after(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }))

const MESSAGE = `msg-${'A'.repeat(22)}`

/** Each of these is refused before anything is read, written or asked. */
const WRONG: readonly string[][] = [
  [],
  ['sing'],
  ['toString'],
  ['client'],
  ['client', '--profile', 'P', 'send'],
  ['toy'],
  ['toy', 'virtual', '--slots', '9'],
  ['codec'],
  ['serve', '--port', 'many'],
]

test('wrong usage exits with 2, says how it is done, and leaves nothing behind', async () => {
  const profile = join(folder, 'never')
  for (const args of WRONG) {
    const { code, stdout, stderr } = await pawpost(args.map((arg) => (arg === 'P' ? profile : arg)))
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' }, args.join(' '))
    assert.notEqual(stderr.trim(), '', args.join(' '))
    assert.ok(!existsSync(profile), args.join(' '))
  }
})

test('what cannot be done exits with 1 and one JSON document on standard error', async () => {
  const nobody = personAt(join(folder, 'nobody'))
  const wav = join(folder, 'no.wav')
  await writeFile(wav, 'no sound at all')
  const refusals: readonly [code: string, ...args: string[]][] = [
    ['sign-in-needed', 'inbox'],
    ['sign-in-needed', 'verify', '123456'],
    ['offline', 'sign-up', '--server', 'http://localhost:1', '--email', 'a@b.example'],
    ['household-missing', 'inbox'],
    ['household-missing', 'approve', MESSAGE],
    ['device-refused', 'card', 'new'],
    ['not-found', 'approve', 'msg-nonsense', '--json'],
    ['household-missing', 'toy', 'send', MESSAGE, '--virtual', join(folder, 'no.socket')],
    ['link-invalid', 'join', 'http://localhost/j/x', '--name', 'Ilse'],
    ['not-found', 'sas', 'nonsense'],
    ['sound-unreadable', 'send', wav],
    ['sound-unreadable', 'send', join(folder, 'missing.wav')],
  ]
  for (const [code, ...args] of refusals) {
    const error = await nobody.refused(...args)
    assert.equal(error.code, code, args.join(' '))
  }
})

test('help is no error', async () => {
  const { code, stdout } = await pawpost(['--help'])
  assert.equal(code, 0)
  assert.match(stdout, /serve/)
  assert.match(stdout, /client/)
})
