import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { seeded } from '../codec/material.ts'
import { killCommands, killLoops, setScene, type Counts } from '../harness/kills.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// The short form of `npm run prove -- client-kill`: real processes, real SIGKILL.

let server: TestServer
const seed = Date.now()
before(async () => void (server = await startTestServer()))
after(() => server.close())

function demandExactlyOnce(counts: Counts): void {
  const { killed, lost, doubled, left, promised, arrived } = counts
  assert.deepEqual({ lost, doubled, left }, { lost: 0, doubled: 0, left: 0 }, `seed ${seed}`)
  assert.ok(killed > 0, 'none was killed')
  assert.ok(promised > 0 && arrived >= promised, `${arrived} of ${promised}`)
}

test('commands that are killed at any moment lose nothing and double nothing', async () => {
  await using scene = await setScene(server)
  demandExactlyOnce(await killCommands(scene, { times: 8, random: seeded(seed) }))
})

test('a process that is killed while it sends one after the other does not either', async () => {
  await using scene = await setScene(server)
  demandExactlyOnce(await killLoops(scene, { times: 5, random: seeded(seed + 1) }))
})
