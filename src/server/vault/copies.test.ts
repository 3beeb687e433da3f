import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  atRest,
  cutEverywhere,
  modelDisk,
  PowerCut,
  type Files,
} from '../../../test/harness/power.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { readCopies, writeCopies, type Numbered } from './copies.ts'
import type { Disk } from './disk.ts'

const PATH = '/file'
const [A, B] = [`${PATH}.a`, `${PATH}.b`]

/** The number, and a last byte that says that nothing is missing. */
function bytesOf(n: number): Uint8Array {
  return Uint8Array.of(n, 7, 7, 7, 255)
}

function read(bytes: Uint8Array): Numbered | undefined {
  return bytes.length === 5 && bytes[4] === 255 ? { n: bytes[0] ?? 0 } : undefined
}

async function numberOn(disk: Disk): Promise<number | undefined> {
  return (await readCopies(disk, PATH, read))?.n
}

function copies(a: Uint8Array | undefined, b: Uint8Array | undefined): Files {
  const files = [[A, a] as const, [B, b] as const]
  return new Map(files.flatMap(([path, bytes]) => (bytes ? [[path, bytes]] : [])))
}

async function demandHealed(wreck: Files, numbers: readonly (number | undefined)[]): Promise<void> {
  const disk = modelDisk(wreck)
  const n = await numberOn(disk)
  assert.ok(numbers.includes(n), `found ${n}`)
  const { a, b } = { a: atRest(disk).get(A), b: atRest(disk).get(B) }
  assert.deepEqual([a, b], n === undefined ? [undefined, undefined] : [bytesOf(n), bytesOf(n)])
  await writeCopies(disk, PATH, bytesOf(9))
  assert.equal(await numberOn(modelDisk(atRest(disk))), 9)
}

test('the power is cut after every effect of a first write: all or nothing is there', async () => {
  const act = (disk: Disk): Promise<void> => writeCopies(disk, PATH, bytesOf(1))
  const effects = await cutEverywhere(new Map(), act, (wreck, isDone) =>
    demandHealed(wreck, isDone ? [1] : [undefined, 1]),
  )
  assert.equal(effects, 8, 'twice: write, sync, rename, sync the folder')
})

test('the power is cut after every effect of a change: the old or the new is there', async () => {
  const act = (disk: Disk): Promise<void> => writeCopies(disk, PATH, bytesOf(2))
  const start = copies(bytesOf(1), bytesOf(1))
  let olds = 0
  const effects = await cutEverywhere(start, act, async (wreck, isDone) => {
    await demandHealed(wreck, isDone ? [2] : [1, 2])
    if ((await numberOn(modelDisk(wreck))) === 1) olds += 1
  })
  assert.equal(effects, 12, 'as above, and what was there before is overwritten')
  assert.ok(olds > 5)
})

test('control: without syncing the file first, a cut leaves nothing', async () => {
  const act = (disk: Disk): Promise<void> =>
    writeCopies({ ...disk, sync: async () => undefined }, PATH, bytesOf(2))
  let lost = 0
  await cutEverywhere(copies(bytesOf(1), bytesOf(1)), act, async (wreck) => {
    await numberOn(modelDisk(wreck)).catch(() => (lost += 1))
  })
  assert.ok(lost > 0)
})

test('a cut while a copy is healed does no harm', async () => {
  const wrecks = [
    copies(bytesOf(3), bytesOf(2)),
    copies(bytesOf(2), bytesOf(3)),
    copies(undefined, bytesOf(3)),
    copies(bytesOf(3), undefined),
    copies(bytesOf(3), bytesOf(2).subarray(1)),
    copies(new Uint8Array(), bytesOf(3)),
    new Map([...copies(bytesOf(3), undefined), [`${B}.new`, bytesOf(3).subarray(3)]]),
  ]
  for (const start of wrecks) {
    await cutEverywhere(start, numberOn, (wreck) => demandHealed(wreck, [3]))
  }
})

test('reading what is whole changes nothing', async () => {
  assert.equal(await numberOn(modelDisk(copies(bytesOf(3), bytesOf(3)), 0)), 3)
  await assert.rejects(numberOn(modelDisk(copies(bytesOf(3), bytesOf(2)), 0)), PowerCut)
})

test('what no copy shows is an error, not nothing', async () => {
  const damaged = bytesOf(1).subarray(1)
  for (const files of [copies(damaged, damaged), copies(damaged, undefined)]) {
    await assert.rejects(numberOn(modelDisk(files)), (error: unknown) => {
      assert.ok(error instanceof PawpostError)
      assert.deepEqual([error.code, error.reason], ['internal', 'vault-damaged'])
      return true
    })
  }
})

test('what was there before is overwritten before it is given back', async () => {
  const disk = modelDisk()
  for (const n of [1, 2, 3]) await writeCopies(disk, PATH, bytesOf(n))
  const left = disk.nameless()
  assert.equal(left.length, 4)
  for (const bytes of left) assert.deepEqual(bytes, new Uint8Array(5))
})
