import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { PawpostError } from '../../protocol/errors.ts'
import { openDatabase } from './database.ts'
import { openProfile } from './profile.ts'

let folder = ''
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'pawpost-profile-'))))
after(() => rm(folder, { recursive: true, force: true }))

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const is = (code: string) => (error: unknown) =>
  error instanceof PawpostError && error.code === code

test('what is written is there after it is opened again, in the order of its keys', async () => {
  const path = join(folder, 'again.db')
  {
    using database = openDatabase(path)
    await database.write(['b/2', 'a/1', 'b/1', 'b', 'c'].map((key) => ({ key, value: bytes(key) })))
    await database.write([{ key: 'c', value: undefined }])
  }
  using database = openDatabase(path)
  assert.deepEqual(
    (await database.list('b/')).map(({ key }) => key),
    ['b/1', 'b/2'],
  )
  assert.deepEqual((await database.list('')).length, 4)
  assert.deepEqual(Uint8Array.from((await database.get('a/1')) ?? []), bytes('a/1'))
  assert.equal(await database.get('c'), undefined)
})

test('a batch is written whole or not at all', async () => {
  using database = openDatabase(join(folder, 'whole.db'))
  await database.write([{ key: 'old', value: bytes('old') }])
  const unusable = 'no bytes' as unknown as Uint8Array
  const batch = [
    { key: 'old', value: undefined },
    { key: 'new', value: bytes('new') },
    { key: 'wrong', value: unusable },
  ]
  await assert.rejects(database.write(batch), is('storage-failed'))
  assert.deepEqual(
    (await database.list('')).map(({ key }) => key),
    ['old'],
  )
  await database.write([{ key: 'new', value: bytes('new') }])
  assert.equal((await database.list('')).length, 2)
})

/** Another process that has a profile's store open, until it is killed. */
async function holder(path: string) {
  const program = `
    const { openDatabase } = await import(${JSON.stringify(import.meta.resolve('./database.ts'))})
    const database = openDatabase(${JSON.stringify(path)})
    await database.write([{ key: 'held', value: Uint8Array.of(1) }])
    console.log('open')
    setInterval(() => database, 1000)`
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return {
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

test('a second process waits, then learns that the profile is busy; a kill frees it', async () => {
  const path = join(folder, 'busy.db')
  {
    await using _ = await holder(path)
    assert.throws(() => openDatabase(path, 300), is('profile-busy'))
  }
  using database = openDatabase(path, 300)
  assert.equal((await database.get('held'))?.[0], 1)
})

test('a file that is no database, and one that cannot be opened, are not called busy', async () => {
  const path = join(folder, 'garbage.db')
  await writeFile(
    path,
    'this is not a database, and it is long enough to be read as one'.repeat(99),
  )
  assert.throws(() => openDatabase(path), is('storage-failed'))
  assert.throws(() => openDatabase(join(folder, 'no/such/folder.db')), is('storage-failed'))
})

test('a profile keeps its secrets to itself, and is the same device every time', async () => {
  const profile = join(folder, 'profile')
  const ids: string[] = []
  for (const server of ['http://localhost:1/', undefined]) {
    using opened = await openProfile(profile, server)
    assert.equal(opened.client.origin, 'http://localhost:1')
    ids.push((await opened.client.keeper.device()).id)
    await opened.client.store.write([{ key: 'name', value: 'Zebulon' }])
  }
  assert.equal(new Set(ids).size, 1)
  assert.equal((await stat(join(profile, 'device.json'))).mode & 0o777, 0o600)
  assert.equal((await stat(profile)).mode & 0o777, 0o700)
  const { stdout } = await promisify(execFile)('grep', ['-rc', 'Zebulon', profile]).catch(
    (error: { stdout: string }) => error,
  )
  assert.match(stdout, /client\.db:0/)
})

test('a device file that was damaged is said to be, and not replaced', async () => {
  const profile = join(folder, 'damaged')
  {
    using _ = await openProfile(profile, 'http://localhost:1')
  }
  await writeFile(join(profile, 'device.json'), '{"sign":')
  await assert.rejects(openProfile(profile), is('storage-failed'))
})
