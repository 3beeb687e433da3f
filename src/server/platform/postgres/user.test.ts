import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { isReachable, requireReachable } from './user.ts'

const STRANGER = { uid: 54_321, gid: 54_321, name: 'stranger' }

test('the folder that keeps another user out is named', async () => {
  const closed = await mkdtemp(join(tmpdir(), 'pawpost-closed-'))
  const below = join(closed, 'below')
  await mkdir(below, { mode: 0o755 })
  assert.throws(
    () => requireReachable(below, STRANGER),
    new RegExp(`may not look into ${closed}\\.`),
  )
  assert.equal(isReachable(below, undefined), true)
  await chmod(closed, 0o711)
  assert.equal(isReachable(below, STRANGER), true)
  requireReachable(below, STRANGER)
  await rm(closed, { recursive: true })
})
