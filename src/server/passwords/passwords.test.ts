import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
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
