import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { hash as bcrypt } from '@node-rs/bcrypt'
import { createPasswords } from './passwords.ts'

const PASSWORD = 'tea and biscuits at four'

test('a password fits its own hash, and nothing fits no hash', async () => {
  const data = await mkdtemp(join(tmpdir(), 'pawpost-passwords-'))
  await writeFile(join(data, 'password-cost.json'), '{"memoryCost":19456,"timeCost":2}')
  const passwords = await createPasswords(data)
  const phc = await passwords.hash(PASSWORD)
  assert.match(phc, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal(await passwords.verify(phc, PASSWORD), true)
  assert.equal(await passwords.verify(phc, `${PASSWORD}!`), false)
  assert.equal(await passwords.verify(undefined, PASSWORD), false)
  assert.notEqual(await passwords.hash(PASSWORD), phc)
  await rm(data, { recursive: true })
})

test('the cost is measured once and never falls below the floor', async () => {
  const data = await mkdtemp(join(tmpdir(), 'pawpost-passwords-'))
  await createPasswords(data)
  const kept = JSON.parse(await readFile(join(data, 'password-cost.json'), 'utf8'))
  assert.ok(kept.memoryCost >= 19_456 && kept.timeCost >= 2)
  await writeFile(join(data, 'password-cost.json'), '{"memoryCost":8,"timeCost":1}')
  const passwords = await createPasswords(data)
  assert.match(await passwords.hash(PASSWORD), /m=19456,t=2/)
  await rm(data, { recursive: true })
})

const LONG = 'every byte after the seventy-second is as if it had never been typed by anybody!'

test('imported hashes of bcrypt fit, under each of their names, and are to be renewed', async () => {
  const data = await mkdtemp(join(tmpdir(), 'pawpost-passwords-'))
  await writeFile(join(data, 'password-cost.json'), '{"memoryCost":19456,"timeCost":2}')
  const passwords = await createPasswords(data)
  for (const version of ['2a', '2b', '2y'] as const) {
    const phc = (await bcrypt(LONG, 4)).replace(/^\$2[aby]\$/, `$${version}$`)
    assert.ok(phc.startsWith(`$${version}$04$`))
    assert.equal(await passwords.verify(phc, LONG), true)
    assert.equal(await passwords.verify(phc, LONG.slice(0, 71)), false)
    // The limit of every bcrypt hash, until it is renewed.
    assert.equal(await passwords.verify(phc, LONG.slice(0, 72)), true)
    assert.equal(passwords.needsRenewal(phc), true)
  }
  const phpMade = '$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi'
  assert.equal(await passwords.verify(phpMade, 'password'), true)
  assert.equal(await passwords.verify(phpMade, 'passwords'), false)
  await rm(data, { recursive: true })
})

test('of our own hashes the 73rd byte counts, and they are renewed when the cost went up', async () => {
  const data = await mkdtemp(join(tmpdir(), 'pawpost-passwords-'))
  await writeFile(join(data, 'password-cost.json'), '{"memoryCost":19456,"timeCost":2}')
  const passwords = await createPasswords(data)
  const phc = await passwords.hash(LONG.slice(0, 73))
  assert.equal(await passwords.verify(phc, LONG.slice(0, 73)), true)
  assert.equal(await passwords.verify(phc, LONG.slice(0, 72)), false)
  assert.equal(await passwords.verify(phc, `${LONG.slice(0, 72)}#`), false)
  assert.equal(passwords.needsRenewal(phc), false)
  await writeFile(join(data, 'password-cost.json'), '{"memoryCost":20000,"timeCost":2}')
  const dearer = await createPasswords(data)
  assert.equal(await dearer.verify(phc, LONG.slice(0, 73)), true)
  assert.equal(dearer.needsRenewal(phc), true)
  assert.equal(passwords.needsRenewal(await dearer.hash('x')), false)
  await rm(data, { recursive: true })
})

test('what is no hash, or one that would take days, fits nothing', async () => {
  const data = await mkdtemp(join(tmpdir(), 'pawpost-passwords-'))
  await writeFile(join(data, 'password-cost.json'), '{"memoryCost":19456,"timeCost":2}')
  const passwords = await createPasswords(data)
  const salted = 'N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'
  for (const phc of [
    `$2b$31$${salted}`,
    `$2b$17$${salted}`,
    '$2b$10$short',
    '$2b$',
    '$2a$99$x',
    'no hash',
  ]) {
    assert.equal(await passwords.verify(phc, PASSWORD), false, phc)
    assert.equal(passwords.needsRenewal(phc), true)
  }
  await rm(data, { recursive: true })
})

test('no hash of either kind holds up the event loop', async () => {
  const data = await mkdtemp(join(tmpdir(), 'pawpost-passwords-'))
  await writeFile(join(data, 'password-cost.json'), '{"memoryCost":65536,"timeCost":2}')
  const passwords = await createPasswords(data)
  const hashes = [await passwords.hash(PASSWORD), await bcrypt(PASSWORD, 10)]
  for (const phc of hashes) {
    let turns = 0
    const counting = setInterval(() => (turns += 1), 1)
    assert.equal(await passwords.verify(phc, PASSWORD), true)
    clearInterval(counting)
    assert.ok(turns >= 5, `${turns} turns`)
  }
  await rm(data, { recursive: true })
})
