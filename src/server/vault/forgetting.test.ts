import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { cheapPasswords } from '../../../test/harness/passwords.ts'
import { atRest, cutEverywhere, modelDisk, type Files } from '../../../test/harness/power.ts'
import { verifySignature } from '../../protocol/ed25519.ts'
import { deviceId, householdId, principalId } from '../../protocol/ids.ts'
import type { Passwords } from '../passwords/passwords.ts'
import { createLog } from '../platform/log.ts'
import { systemDisk, type Disk } from './disk.ts'
import { openVault, type Vault } from './vault.ts'
import type { OpenWrap } from './wraps.ts'

// The end of a household in the vault; and the key by which the server says so.

const HOME = householdId.from(randomBytes(16))
const OTHER = householdId.from(randomBytes(16))
const log = createLog('silent', { write: () => undefined })

let folder = ''
let passwords: Passwords

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-forgetting-'))
  passwords = await cheapPasswords(folder)
})
after(() => rm(folder, { recursive: true, force: true }))

function wrap(): OpenWrap {
  const [principal, device] = [principalId.from(randomBytes(16)), deviceId.from(randomBytes(16))]
  return { principal, epoch: 1, device, wrap: randomBytes(64) }
}

function openOn(path: string, disk: Disk): Promise<Vault> {
  return openVault(path, { log, passwords, disk })
}

function namesOf(files: Files, household: typeof HOME): string[] {
  const name = Buffer.from(householdId.bytes(household)).toString('hex')
  return [...files.keys()].filter((path) => path.includes(name))
}

test('a household that is forgotten leaves no key, no file and no name; others stay', async () => {
  const path = join(folder, 'vault')
  const vault = await openOn(path, systemDisk)
  const wraps = [wrap(), wrap()]
  const sealed = await vault.sealWraps(HOME, wraps)
  const others = await vault.sealWraps(OTHER, wraps)
  await vault.forgetHousehold(HOME)
  await vault.forgetHousehold(HOME)
  assert.deepEqual(await vault.openWraps(HOME, sealed), [])
  assert.equal((await vault.openWraps(OTHER, others)).length, 2)
  const names = (await readdir(path, { recursive: true })).join('\n')
  assert.equal(names.includes(Buffer.from(householdId.bytes(HOME)).toString('hex')), false)
  const again = await vault.sealWraps(HOME, wraps)
  assert.deepEqual(await vault.openWraps(HOME, sealed), [], 'a new key opens nothing old')
  assert.equal((await vault.openWraps(HOME, again)).length, 2)
})

test('the power is cut anywhere while it is forgotten: the next time forgets it for good', async () => {
  const peaceful = modelDisk()
  const sealed = await (await openOn('/vault', peaceful)).sealWraps(HOME, [wrap()])
  const act = async (disk: Disk): Promise<void> =>
    (await openOn('/vault', disk)).forgetHousehold(HOME)
  let wrecks = 0
  await cutEverywhere(atRest(peaceful), act, async (files) => {
    wrecks += 1
    const disk = modelDisk(files)
    const vault = await openOn('/vault', disk)
    await vault.forgetHousehold(HOME)
    assert.deepEqual(await vault.openWraps(HOME, sealed), [])
    assert.deepEqual(namesOf(atRest(disk), HOME), [])
    const nameless = disk.nameless().filter((bytes) => bytes.some((byte) => byte !== 0))
    assert.deepEqual(nameless, [], 'what had a name is zeros on the platter')
  })
  assert.ok(wrecks > 5, `${wrecks} wrecks`)
})

test('one key signs, also after a restart and a rotation', async () => {
  const path = join(folder, 'signing')
  const vault = await openOn(path, systemDisk)
  const key = await vault.signingKey('deletion')
  const what = randomBytes(50)
  assert.ok(verifySignature(await vault.sign('deletion', what), what, key))
  await vault.beginRotation()
  await vault.endRotation()
  const next = await openOn(path, systemDisk)
  assert.deepEqual(await next.signingKey('deletion'), key)
  assert.ok(verifySignature(await next.sign('deletion', what), what, key))
})
