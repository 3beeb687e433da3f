import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '../codec/material.ts'
import { CONTROLS, laySiege } from '../harness/siege/siege.ts'

// The short form of `npm run prove -- siege`: real commands, a real server, a real PostgreSQL, and
// SIGKILL for one of them at a named step or at any time, through a network that delays, doubles and
// reorders requests.

const KILLS = 100
const seed = Date.now() % 1_000_000

test(`${KILLS} kills: nothing acknowledged is lost, nothing is doubled, order is kept`, async (t) => {
  t.diagnostic(`seed ${seed}`)
  const { violations, kills, ...counts } = await laySiege({ kills: KILLS, random: seeded(seed) })
  t.diagnostic(JSON.stringify(counts))
  assert.deepEqual(violations, [])
  assert.equal(kills, KILLS)
  for (const victim of ['client', 'server', 'postgres']) {
    assert.ok((counts.victims[victim] ?? 0) > 0, `no ${victim} was killed`)
  }
  assert.ok((counts.acknowledged['send'] ?? 0) > 0)
  assert.ok(counts.network.doubled > 0 && counts.network.late > 0)
})

for (const [name, plan] of Object.entries(CONTROLS)) {
  test(`control: with a planted fault, "${name}", messages are found to be lost`, async () => {
    const { violations } = await laySiege({ ...plan, random: seeded(seed) })
    assert.ok(
      violations.some(({ rule }) => rule === 'lost'),
      JSON.stringify(violations),
    )
  })
}
