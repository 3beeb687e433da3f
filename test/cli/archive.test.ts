import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'
import {
  mailedCode,
  pawpostServe,
  personAt,
  type Person,
  type Running,
} from '../harness/command.ts'
import { speak } from '../harness/speech.ts'

// A family takes everything along, begins anew with it, and ends, by the command line alone.

const PASSWORD = 'tea and biscuits at four'
type Exported = { page: string; files: string; identity: string; voices: number }

let folder = ''
let server: Running
let mum: Person
let anew: Person
let exported: Exported

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-taking-'))
  await chmod(folder, 0o711)
  await mkdir(join(folder, 'out'))
  await speak('Good night, little bear.', join(folder, 'night.wav'))
  server = await pawpostServe(join(folder, 'data'), 0)
  mum = await founder('mum')
  anew = await founder('anew')
})
after(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 20 })
})

async function founder(name: string): Promise<Person> {
  const person = personAt(join(folder, name))
  const email = `${name}@family.example`
  await person.says(PASSWORD, 'sign-up', '--server', server.found, '--email', email)
  await person.does('verify', await mailedCode(join(folder, 'data'), email))
  await person.does('household', 'create', '--child', 'Mia', '--name', name)
  return person
}

test('export writes a page and locked files, which age opens with the printed line', async () => {
  for (let each = 0; each < 2; each += 1) await mum.does('send', join(folder, 'night.wav'))
  exported = (await mum.does('export', '--out', join(folder, 'out'))) as Exported
  assert.equal(exported.voices, 2)
  assert.equal((await stat(exported.files)).mode & 0o777, 0o600)
  assert.match(await readFile(exported.page, 'utf8'), /<title>Voices for Mia · Pawpost/)
  const files = unzipSync(await readFile(exported.files))
  const [name = ''] = Object.keys(files).filter((each) => each.endsWith('.ogg.age'))
  await writeFile(join(folder, 'one.age'), files[name] ?? '')
  await writeFile(join(folder, 'identity.txt'), `# kept apart\n${exported.identity}\n`)
  const args = ['-d', '-i', join(folder, 'identity.txt'), join(folder, 'one.age')]
  const { stdout } = await promisify(execFile)('/usr/bin/age', args, { encoding: 'buffer' })
  assert.equal(stdout.subarray(0, 4).toString(), 'OggS')
})

test('import brings both forms, each voice once', async () => {
  assert.deepEqual(await anew.does('import', exported.page), { added: 2, known: 0 })
  const line = join(folder, 'identity.txt')
  const again = await anew.does('import', exported.files, '--identity', line)
  assert.deepEqual(again, { added: 0, known: 2 })
  const known = (await anew.does('keepsakes')) as { from: string; to: string }[]
  assert.deepEqual(
    known.map(({ from, to }) => [from, to]),
    [
      ['mum', 'Mia'],
      ['mum', 'Mia'],
    ],
  )
})

test('the end of the family is signed, and its commands say that it is over', async () => {
  const signed = (await mum.does('family', 'end')) as { statement: string; signature: string }
  assert.match(signed.statement, /"keysDestroyed": true/)
  assert.deepEqual(await mum.does('family', 'end'), signed, 'said again, it shows the same')
  assert.equal(((await mum.does('inbox')) as object[]).length, 2, 'what was received stays')
})
