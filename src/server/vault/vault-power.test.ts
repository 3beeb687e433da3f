import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { cheapPasswords } from '../../../test/harness/passwords.ts'
import {
  atRest,
  cutEverywhere,
  modelDisk,
  PowerCut,
  type Files,
  type ModelDisk,
} from '../../../test/harness/power.ts'
import { ringsOn } from '../../../test/harness/rings.ts'
import { deviceId, householdId, principalId } from '../../protocol/ids.ts'
import type { Passwords } from '../passwords/passwords.ts'
import { createLog } from '../platform/log.ts'
import { systemDisk, type Disk } from './disk.ts'
import { openVault, type Vault } from './vault.ts'
import type { OpenWrap, SealedWrap } from './wraps.ts'

const HOME = householdId.from(randomBytes(16))
const FAMILY = principalId.from(randomBytes(16))

let folder = ''
let passwords: Passwords
const lines: string[] = []
const log = createLog('error', { write: (line) => void lines.push(line) })

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-vault-'))
  passwords = await cheapPasswords(folder)
})
after(() => rm(folder, { recursive: true, force: true }))

function wrapOf(epoch: number): OpenWrap {
  const device = deviceId.from(randomBytes(16))
  return { principal: FAMILY, epoch, device, wrap: randomBytes(64) }
}

function openOn(path: string, disk: Disk): Promise<Vault> {
  return openVault(path, { log, passwords, disk })
}

/** A vault on a disk in memory with two epochs that were sealed in a time of peace. */
async function peace(): Promise<{ files: Files; wraps: OpenWrap[]; sealed: SealedWrap[] }> {
  const disk = modelDisk()
  const vault = await openOn('/vault', disk)
  const wraps = [wrapOf(1), wrapOf(2)]
  const sealed = await vault.sealWraps(HOME, wraps)
  return { files: atRest(disk), wraps, sealed }
}

/** The closed epochs whose keys lie in any file of a disk. */
async function keysBelow(disk: ModelDisk, below: number): Promise<number[]> {
  const rings = await ringsOn(disk, '/vault', HOME)
  assert.ok(rings.length >= 2, 'both copies were read')
  const keys = rings.flatMap(({ principals }) => principals.flatMap((one) => one.keys))
  return keys.map(({ epoch }) => epoch).filter((epoch) => epoch < below)
}

test('the power is cut anywhere while an epoch gets its key: what was sealed before opens', async () => {
  const { files, wraps, sealed } = await peace()
  const next = wrapOf(3)
  let committed: SealedWrap[] = []
  const act = async (disk: Disk): Promise<void> => {
    committed = []
    committed = await (await openOn('/vault', disk)).sealWraps(HOME, [next])
  }
  await cutEverywhere(files, act, async (wreck, isDone) => {
    const vault = await openOn('/vault', modelDisk(wreck))
    const opened = await vault.openWraps(HOME, [...sealed, ...committed])
    assert.deepEqual(opened, isDone ? [...wraps, next] : wraps)
    const again = await vault.sealWraps(HOME, [next])
    assert.deepEqual(await vault.openWraps(HOME, again), [next])
  })
  assert.deepEqual(lines, [])
})

test('the power is cut anywhere while an epoch is closed: once repeated, no file holds its key', async () => {
  const { files, wraps, sealed } = await peace()
  const closed = [{ principal: FAMILY, below: 2 }]
  const control = modelDisk(files)
  assert.deepEqual(await keysBelow(control, 2), [1, 1])
  const act = async (disk: Disk): Promise<void> =>
    (await openOn('/vault', disk)).closeEpochs(HOME, closed)
  const effects = await cutEverywhere(files, act, async (wreck, isDone) => {
    const disk = modelDisk(wreck)
    const vault = await openOn('/vault', disk)
    const opened = await vault.openWraps(HOME, sealed)
    assert.ok([1, isDone ? 1 : 2].includes(opened.length))
    assert.deepEqual(opened.at(-1), wraps[1])
    await vault.closeEpochs(HOME, closed)
    assert.deepEqual(await vault.openWraps(HOME, sealed), wraps.slice(1))
    assert.deepEqual(await keysBelow(disk, 2), [])
  })
  assert.ok(effects >= 12)
})

test('what changes nothing writes nothing', async () => {
  const { files, wraps, sealed } = await peace()
  const disk = modelDisk(files)
  const vault = await openOn('/vault', disk)
  await vault.closeEpochs(HOME, [{ principal: FAMILY, below: 2 }])
  // Six effects: the folders, when a vault is opened.
  const quiet = await openOn('/vault', modelDisk(atRest(disk), 6))
  await quiet.closeEpochs(HOME, [{ principal: FAMILY, below: 2 }])
  assert.equal((await quiet.sealWraps(HOME, wraps)).length, 1)
  assert.equal((await quiet.openWraps(HOME, sealed)).length, 1)
  assert.deepEqual(await quiet.sealWraps(householdId.from(randomBytes(16)), []), [])
  await assert.rejects(quiet.closeEpochs(HOME, [{ principal: FAMILY, below: 3 }]), PowerCut)
})

test('the power is cut anywhere while a vault is made: the next start makes it', async () => {
  const act = (disk: Disk): Promise<Vault> => openOn('/vault', disk)
  await cutEverywhere(new Map(), act, async (wreck) => {
    const disk = modelDisk(wreck)
    const vault = await openOn('/vault', disk)
    const sealed = await vault.sealWraps(HOME, [wrapOf(1)])
    const again = await openOn('/vault', modelDisk(atRest(disk)))
    assert.equal((await again.openWraps(HOME, sealed)).length, 1)
  })
})

test('a file that is replaced is overwritten on a real disk, too', async () => {
  const file = join(folder, 'wiped')
  await writeFile(file, 'secret')
  await using grip = await systemDisk.grip(file)
  await grip?.wipe()
  assert.deepEqual(await readFile(file), Buffer.alloc(6))
})
