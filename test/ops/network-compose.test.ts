import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { zones } from '../../src/ops/network/zones.ts'
import { pawpost } from '../harness/command.ts'

/** The compose file against the schema that the program brings along. Nothing is started. */

const PROGRAM = '/usr/bin/docker-compose'
const skip = existsSync(PROGRAM) ? false : `there is no ${PROGRAM} on this machine`

const IMAGES = Object.fromEntries(
  zones().map((zone) => [`PAWPOST_${zone.toUpperCase()}_IMAGE`, `example.invalid/${zone}`]),
)

async function judged(file: string): Promise<{ code: unknown; stderr: string }> {
  const profiles = { COMPOSE_PROFILES: 'ops,staging' }
  const child = spawn(PROGRAM, ['-f', '-', 'config', '--quiet'], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, ...IMAGES, ...profiles },
  })
  child.stdin.end(file)
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
  return { code, stderr }
}

test('what pawpost compose prints is a compose file', { skip }, async () => {
  const { stdout } = await pawpost(['compose'])
  assert.deepEqual(await judged(stdout), { code: 0, stderr: '' })
})

test('control: one wrong word is noticed', { skip }, async () => {
  const { stdout } = await pawpost(['compose'])
  for (const [right, wrong] of [
    ['internal: true', 'internal: "perhaps"'],
    ['cap_drop:', 'cap_dropp:'],
  ] as const) {
    const { code, stderr } = await judged(stdout.replace(right, wrong))
    assert.notEqual(code, 0, wrong)
    assert.notEqual(stderr, '', wrong)
  }
})

test('wrong usage of pawpost compose', async () => {
  const { code, stdout } = await pawpost(['compose', 'what'])
  assert.deepEqual({ code, stdout }, { code: 2, stdout: '' })
})
