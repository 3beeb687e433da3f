import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ensureDataFolder } from './data-folder.ts'

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-data-'))
  try {
    await use(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777

test('a folder of other things is refused, and stays as open as it was', () =>
  withFolder(async (folder) => {
    await chmod(folder, 0o755)
    await writeFile(join(folder, 'letters.txt'), 'not ours')
    await assert.rejects(ensureDataFolder(folder), /holds other things/)
    assert.equal(await modeOf(folder), 0o755)
  }))

test('a new folder, an empty one, and one of ours are closed to others', () =>
  withFolder(async (folder) => {
    const closed = process.getuid?.() === 0 ? 0o711 : 0o700
    const fresh = join(folder, 'a', 'b')
    await ensureDataFolder(fresh)
    assert.equal(await modeOf(fresh), closed)
    await chmod(fresh, 0o755)
    await ensureDataFolder(fresh)
    assert.equal(await modeOf(fresh), closed)
    await chmod(fresh, 0o755)
    await mkdir(join(fresh, 'secrets'))
    await writeFile(join(fresh, 'a-note-of-the-operator.txt'), '')
    await ensureDataFolder(fresh)
    assert.equal(await modeOf(fresh), closed)
  }))
