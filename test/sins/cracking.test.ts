import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { verify } from '@node-rs/argon2'
import { hash as bcrypt } from '@node-rs/bcrypt'
import { accountId } from '../../src/protocol/ids.ts'
import { createAccountKeys } from '../../src/server/vault/account-keys.ts'
import { open } from '../../src/server/vault/aead.ts'
import { systemDisk } from '../../src/server/vault/disk.ts'
import { openMaster } from '../../src/server/vault/master.ts'
import { post } from '../harness/account.ts'
import { findHashcat, runHashcat } from '../harness/hashcat.ts'
import { importAll } from '../harness/import-run.ts'
import { startServerProcess } from '../harness/process.ts'
import { freshDataFolder } from '../harness/server.ts'
import { asOwner, stolenFiles, stolenTables, type Loot } from '../harness/stolen.ts'

// Sin 11, no password policy: accounts of the first maker, imported with the passwords that people
// chose there, are stolen and given to real crackers: John the Ripper, and hashcat where it finds a
// device to work on.

const JOHN = '/usr/sbin/john'

/** What people chose: a cracker's first guesses. */
const WEAK = 'qwe password 123456 cloudpets qwerty bentley teddybear iloveyou'.split(' ')
/** The thief's list: forty words, the eight among them. */
const WORDS = [
  ...WEAK,
  ...'a 12345678 111111 abc123 dragon monkey letmein football baseball master'.split(' '),
  ...'sunshine princess shadow superman michael jennifer jordan hunter ranger buster'.split(' '),
  ...'soccer harley batman andrew tigger charlie robert thomas hockey daniel pepper zxcvbn'.split(
    ' ',
  ),
]

/** Whatever looks like a hash that a cracker can read. */
const HASH = /\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}|\$argon2id?\$[^\s"']+/g

let folder = ''
let data = ''
let hashes: readonly string[]
let server: Awaited<ReturnType<typeof startServerProcess>>

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-cracking-'))
  hashes = await Promise.all(WEAK.map((word) => bcrypt(word, 5)))
  await mkdir(join(folder, 'export'))
  const users = hashes.map((hash, number) => ({
    _id: { $oid: randomBytes(12).toString('hex') },
    email: addressOf(number),
    emailVerified: true,
    _hashed_password: hash,
  }))
  const lines = users.map((user) => `${JSON.stringify(user)}\n`)
  await writeFile(join(folder, 'export', '_User.json'), lines.join(''))
  data = await freshDataFolder()
  await importAll(data, [join(folder, 'export')])
  server = await startServerProcess(['--data', data, '--port', '0'])
})
after(async () => {
  await server.end('SIGTERM')
  for (const path of [folder, data]) await rm(path, { recursive: true, force: true })
})

function addressOf(number: number): string {
  return `weak-${number}@family.example`
}

type Cracked = { readonly words: readonly string[]; readonly said: string }

/** Runs the cracker with the forty words over lines `NAME:HASH`; gives what it found. */
async function crack(lines: readonly string[]): Promise<Cracked> {
  const name = randomBytes(4).toString('hex')
  const [loot, list] = [join(folder, `${name}.loot`), join(folder, 'words')]
  await writeFile(loot, lines.map((line, number) => `u${number}:${line}\n`).join(''))
  await writeFile(list, WORDS.map((word) => `${word}\n`).join(''))
  const said = await john([`--wordlist=${list}`, `--session=${join(folder, name)}`, loot])
  // Also what an earlier run found: John keeps that, and does not say it again.
  const shown = await john(['--show', loot])
  return { words: [...shown.matchAll(/^u\d+:(.+)$/gm)].map(([, word = '']) => word), said }
}

async function john(args: readonly string[]): Promise<string> {
  const program = spawn(JOHN, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = await Promise.all([text(program.stdout), text(program.stderr)])
  return said.join('')
}

/** The lines with which a thief would try who takes the sealed passwords for hashes. */
async function sealedLines(): Promise<string[]> {
  const sealed = await sealedPasswords()
  assert.equal(sealed.length, WEAK.length)
  const spellings = sealed.flatMap(({ password }) =>
    (['hex', 'base64', 'latin1'] as const).map((form) => password.toString(form)),
  )
  return spellings.filter((line) => !/[\n:]/.test(line))
}

async function hashesIn(loot: readonly Loot[]): Promise<string[]> {
  const found: string[] = []
  for (const { pieces } of loot) {
    let before = ''
    for await (const piece of pieces) {
      const now = before + Buffer.from(piece).toString('latin1')
      found.push(...(now.match(HASH) ?? []))
      before = now.slice(-200)
    }
  }
  return [...new Set(found)]
}

/** The sealed passwords, as they lie in the database. */
async function sealedPasswords(): Promise<{ account: string; password: Buffer }[]> {
  return asOwner(data, async (client) => {
    const { rows } = await client.query<{ account: string; password: Buffer }>(
      'SELECT account, password FROM accounts',
    )
    return rows
  })
}

/** What somebody reads who has the vault's folder, too. */
async function opened(): Promise<string[]> {
  const folderOfVault = join(data, 'vault')
  const master = await openMaster(systemDisk, folderOfVault, false)
  const keys = createAccountKeys(systemDisk, folderOfVault, master)
  const rows = await sealedPasswords()
  return Promise.all(
    rows.map(async ({ account, password }) => {
      const id = accountId.schema.parse(account)
      const place = ['account', 'password', accountId.bytes(id)]
      return Buffer.from(open(await keys.of(id), place, password) ?? assert.fail()).toString()
    }),
  )
}

test('control: the hashes as the first maker kept them fall to forty words', async () => {
  assert.equal(WORDS.length, 40)
  const { words } = await crack(hashes)
  assert.deepEqual(words.toSorted(), WEAK.toSorted())
})

test('in everything that is stolen without the vault there is no hash, and nothing falls', async () => {
  const loot = [...(await stolenTables(data)), ...(await stolenFiles(join(data, 'postgres')))]
  assert.deepEqual(await hashesIn(loot), [])
  const { words, said } = await crack(await sealedLines())
  assert.deepEqual(words, [])
  assert.match(said, /No password hashes loaded/)
  const planted = [{ place: 'planted', pieces: [Buffer.from(hashes.join('\n'))] }]
  assert.equal((await hashesIn(planted)).length, WEAK.length, 'control: the hunter knows hashes')
})

test('hashcat finds the same in bcrypt, and nothing in what is sealed', async () => {
  const reason = await findHashcat()
  if (reason !== undefined) return console.log(`hashcat was not tried: ${reason}`)
  const known = await runHashcat(folder, hashes, WORDS)
  assert.deepEqual(known.words.toSorted(), WEAK.toSorted(), known.said)
  const { words, said } = await runHashcat(folder, await sealedLines(), WORDS)
  assert.deepEqual(words, [])
  assert.match(said, /No hashes loaded/)
})

test('with the vault stolen, too, imported hashes fall until their owners sign in', async () => {
  const before = await opened()
  assert.deepEqual(before.toSorted(), hashes.toSorted())
  assert.equal((await crack(before)).words.length, WEAK.length)
  for (const [number, password] of WEAK.entries()) {
    await post(server, '/api/sessions', { email: addressOf(number), password })
  }
  const renewed = await opened()
  assert.ok(renewed.every((hash) => hash.startsWith('$argon2id$')))
  assert.match((await crack(renewed)).said, /No password hashes loaded/)
  console.log(
    `argon2id, one core: ${(await guessesPerSecond(renewed)).toFixed(1)} guesses a second`,
  )
})

/** How often a thief can guess at these hashes: eight guesses, one after the other. */
async function guessesPerSecond(phcs: readonly string[]): Promise<number> {
  const started = performance.now()
  for (const phc of phcs) await verify(phc, 'a guess')
  return (phcs.length * 1000) / (performance.now() - started)
}
