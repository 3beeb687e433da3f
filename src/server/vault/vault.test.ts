import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { modelDisk } from '../../../test/harness/power.ts'
import {
  deviceId,
  householdId,
  principalId,
  type HouseholdId,
  type PrincipalId,
} from '../../protocol/ids.ts'
import { ringsOn } from '../../../test/harness/rings.ts'
import { cheapPasswords } from '../../../test/harness/passwords.ts'
import type { Passwords } from '../passwords/passwords.ts'
import { createLog, type Log } from '../platform/log.ts'
import { StartError } from '../platform/start-error.ts'
import { newKey, open, versionOf } from './aead.ts'
import { copiesOf } from './copies.ts'
import { systemDisk } from './disk.ts'
import { masterOf } from './master.ts'
import { keysOf } from './ring.ts'
import { ringFile } from './rings.ts'
import { openVault, type Vault } from './vault.ts'
import type { OpenWrap } from './wraps.ts'

const HOME = newHousehold()
const MUM = newPrincipal()
const FAMILY = newPrincipal()

let folder = ''
let passwords: Passwords
let lines: string[] = []
const log: Log = createLog('error', { write: (line) => void lines.push(line) })

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-vault-'))
  passwords = await cheapPasswords(folder)
})
after(() => rm(folder, { recursive: true, force: true }))

function newHousehold(): HouseholdId {
  return householdId.from(randomBytes(16))
}

function newPrincipal(): PrincipalId {
  return principalId.from(randomBytes(16))
}

function wrapOf(principal = MUM, epoch = 1): OpenWrap {
  const device = deviceId.from(randomBytes(16))
  return { principal, epoch, device, wrap: randomBytes(64) }
}

function openOn(path: string, disk = systemDisk): Promise<Vault> {
  return openVault(path, { log, passwords, disk })
}

function newVault(): Promise<Vault> {
  return openOn(join(folder, randomBytes(4).toString('hex')))
}

/** The lines of the log since it was asked last. */
function said(): string[] {
  const now = lines.map((line) => (JSON.parse(line) as { msg: string }).msg)
  lines = []
  return now
}

test('wraps are sealed and opened, also after a restart; nothing of them is left in sight', async () => {
  const path = join(folder, 'restarted')
  const wraps = [wrapOf(), wrapOf(), wrapOf(FAMILY), wrapOf(FAMILY, 2)]
  const sealed = await (await openOn(path)).sealWraps(HOME, wraps)
  for (const [index, { sealed: bytes }] of sealed.entries()) {
    assert.ok(!Buffer.from(bytes).includes(Buffer.from(wraps[index]?.wrap ?? [])))
  }
  const again = await openOn(path)
  assert.deepEqual(await again.openWraps(HOME, sealed), wraps)
  const more = await again.sealWraps(HOME, [wrapOf(FAMILY, 2)])
  assert.deepEqual(await again.openWraps(HOME, [...sealed, ...more]), [
    ...wraps,
    ...(await again.openWraps(HOME, more)),
  ])
  assert.deepEqual(await again.sealWraps(HOME, []), [])
  assert.deepEqual(said(), [])
})

test('rows that changed places, or bytes, do not open; the others do, and the log says so', async () => {
  const vault = await newVault()
  const wraps = [wrapOf(MUM, 1), wrapOf(MUM, 2), wrapOf(FAMILY, 1), wrapOf(FAMILY, 1)]
  const sealed = await vault.sealWraps(HOME, wraps)
  for (const [one, other] of [
    [0, 1],
    [0, 2],
    [2, 3],
  ] as const) {
    const bytes = [sealed[one]?.sealed, sealed[other]?.sealed]
    const swapped = sealed
      .with(one, { ...(sealed[one] ?? assert.fail()), sealed: bytes[1] ?? assert.fail() })
      .with(other, { ...(sealed[other] ?? assert.fail()), sealed: bytes[0] ?? assert.fail() })
    const opened = await vault.openWraps(HOME, swapped)
    assert.deepEqual(
      opened,
      wraps.filter((_, index) => index !== one && index !== other),
    )
    assert.deepEqual(said(), ['a wrap is not as sealed', 'a wrap is not as sealed'])
  }
  const elsewhere = newHousehold()
  await vault.sealWraps(elsewhere, wraps)
  assert.deepEqual(await vault.openWraps(elsewhere, sealed), [])
  assert.ok(lines.every((line) => line.includes(`"household":"${elsewhere}"`)))
  assert.equal(said().length, 4)
})

test('a wrap is bound to table, household, principal, epoch, device and version of the key', async () => {
  const disk = modelDisk()
  const name = wrapOf(MUM, 3)
  const [row] = await (await openOn('/vault', disk)).sealWraps(HOME, [name])
  const [ring] = await ringsOn(disk, '/vault', HOME)
  const keys = ring ? keysOf(ring, name) : []
  assert.deepEqual(
    keys.map(({ kv }) => kv),
    [1],
  )
  const place = ['wraps', HOME, MUM, 3, name.device]
  const sealed = row?.sealed ?? new Uint8Array()
  assert.deepEqual(open(keys, place, sealed), name.wrap)
  for (const index of place.keys()) {
    assert.equal(open(keys, place.with(index, 'other'), sealed), undefined)
  }
})

test('closed epochs read as absent, take nothing any more, and leave the others alone', async () => {
  const vault = await newVault()
  const wraps = [wrapOf(FAMILY, 1), wrapOf(FAMILY, 2), wrapOf(FAMILY, 3), wrapOf(MUM, 1)]
  const sealed = await vault.sealWraps(HOME, wraps)
  const closed = [{ principal: FAMILY, below: 3 }]
  for (let count = 0; count < 2; count += 1) {
    await vault.closeEpochs(HOME, closed)
    assert.deepEqual(await vault.openWraps(HOME, sealed), wraps.slice(2))
  }
  const late = await vault.sealWraps(HOME, [
    wrapOf(FAMILY, 1),
    wrapOf(FAMILY, 2),
    wrapOf(FAMILY, 4),
  ])
  assert.deepEqual(
    late.map(({ epoch }) => epoch),
    [4],
  )
  await vault.closeEpochs(HOME, [{ principal: FAMILY, below: 2 }])
  assert.deepEqual(await vault.openWraps(HOME, sealed), wraps.slice(2), 'nothing opens again')
  assert.deepEqual(said(), [])
})

test('wraps move to newer keys once; those of closed epochs are left out', async () => {
  const vault = await newVault()
  const wraps = [wrapOf(), wrapOf(FAMILY)]
  const sealed = await vault.sealWraps(HOME, wraps)
  assert.deepEqual(await vault.resealWraps(HOME, sealed), sealed)
  await vault.renewShredKeys(HOME)
  const moved = await vault.resealWraps(HOME, sealed)
  assert.deepEqual(
    moved.map(({ sealed: bytes }) => versionOf(bytes)),
    [2, 2],
  )
  assert.deepEqual(await vault.resealWraps(HOME, moved), moved)
  assert.deepEqual(await vault.openWraps(HOME, [...sealed, ...moved]), [...wraps, ...wraps])
  const [fresh] = await vault.sealWraps(HOME, [wrapOf()])
  assert.equal(versionOf(fresh?.sealed ?? new Uint8Array()), 2)
  await vault.retireShredKeys(HOME)
  assert.deepEqual(await vault.openWraps(HOME, moved), wraps)
  assert.deepEqual(await vault.openWraps(HOME, sealed), [])
  said()
  await vault.closeEpochs(HOME, [{ principal: FAMILY, below: 2 }])
  assert.deepEqual(await vault.resealWraps(HOME, moved), moved.slice(0, 1))
})

test('an epoch can be closed before it ever had a key', async () => {
  const vault = await newVault()
  await vault.closeEpochs(HOME, [{ principal: MUM, below: 2 }])
  assert.deepEqual(await vault.sealWraps(HOME, [wrapOf(MUM, 1)]), [])
})

test('what happens at once to one household loses no key', async () => {
  const vault = await newVault()
  const wraps = Array.from({ length: 20 }, (_, index) => wrapOf(MUM, index + 1))
  const sealed = await Promise.all(wraps.map((wrap) => vault.sealWraps(HOME, [wrap])))
  assert.deepEqual(await vault.openWraps(HOME, sealed.flat()), wraps)
})

test('a lost key is not taken for a closed epoch', async () => {
  const sealed = await (await newVault()).sealWraps(HOME, [wrapOf()])
  assert.deepEqual(await (await newVault()).openWraps(HOME, sealed), [])
  assert.deepEqual(said(), ['the shred key of a wrap is lost'])
})

test('folders and files are for our eyes; a damaged or missing copy is made anew', async () => {
  const path = join(folder, 'healed')
  const vault = await openOn(path)
  const wraps = [wrapOf()]
  const sealed = await vault.sealWraps(HOME, wraps)
  const ring = copiesOf(ringFile(path, HOME))
  const master = copiesOf(join(path, 'master'))
  for (const file of [...ring, ...master]) assert.equal((await stat(file)).mode & 0o777, 0o600)
  for (const name of ['', 'households', `households/${ring[0]?.slice(-34, -32)}`]) {
    assert.equal((await stat(join(path, name))).mode & 0o777, 0o700, name)
  }
  for (const file of [...ring, ...master]) {
    const whole = await readFile(file)
    for (const harm of [
      () => rm(file),
      () => writeFile(file, whole.subarray(1)),
      () => writeFile(file, ''),
    ]) {
      await harm()
      assert.deepEqual(await (await openOn(path)).openWraps(HOME, sealed), wraps)
      assert.deepEqual(await readFile(file), whole)
    }
  }
})

test('a vault whose master keys are lost does not start over', async () => {
  const path = join(folder, 'masterless')
  await (await openOn(path)).sealWraps(HOME, [wrapOf()])
  const [first = '', second = ''] = copiesOf(join(path, 'master'))
  for (const file of [first, second]) await writeFile(file, 'gone')
  await assert.rejects(openOn(path), (error: unknown) => {
    assert.ok(error instanceof StartError)
    const advice = 'cannot be read: put one of them back from a backup.'
    return error.message === `${first} and ${second} ${advice}`
  })
  for (const file of copiesOf(join(path, 'master'))) await rm(file)
  await assert.rejects(openOn(path), StartError)
})

test('the newest master key seals, every one opens, for its owner only', () => {
  const keys = [newKey(1), newKey(2)]
  const [home, other] = [1, 2].map(() => ({ kind: 'household', id: randomBytes(16) }))
  assert.ok(home && other)
  const old = masterOf(keys.slice(0, 1)).seal(home, Buffer.from('old'))
  const fresh = masterOf(keys).seal(home, Buffer.from('new'))
  assert.deepEqual(masterOf(keys).open(home, old), Buffer.from('old'))
  assert.deepEqual(masterOf(keys).open(home, fresh), Buffer.from('new'))
  assert.equal(masterOf(keys.slice(0, 1)).open(home, fresh), undefined)
  assert.equal(masterOf(keys).open(other, fresh), undefined)
  assert.equal(masterOf(keys).open({ ...home, kind: 'account' }, fresh), undefined)
  const keyless = { code: 'internal', reason: 'vault-keyless' }
  assert.throws(() => masterOf([]).seal(home, Buffer.from('new')), keyless)
})
