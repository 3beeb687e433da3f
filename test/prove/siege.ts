import assert from 'node:assert/strict'
import { seeded } from '../codec/material.ts'
import { CONTROLS, laySiege, laySieges } from '../harness/siege/siege.ts'

const KILLS = Number(process.env['PAWPOST_SIEGE_KILLS'] ?? 2000)
/** Kills stop after so long, however many are left: the evidence says how many there were. */
const MINUTES = Number(process.env['PAWPOST_SIEGE_MINUTES'] ?? 240)
/** Sieges at once. */
const LANES = 2

/**
 * Families live while their apps, their server and its database are killed: 2,000 times, at every
 * named step of sending, uploading, acknowledging, approving, joining and rotating, and at any time,
 * behind a network that delays, doubles and reorders requests. All of them are processes. Throws
 * where a promise is broken, and where one of the controls breaks none.
 */
export async function prove(seed: number): Promise<Record<string, unknown>> {
  const random = seeded(seed)
  const until = Date.now() + MINUTES * 60_000
  const report = await laySieges({ kills: KILLS, random, until }, LANES)
  // Whoever looks for a broken promise needs the counts, too.
  if (report.violations.length > 0) console.error(JSON.stringify(report))
  assert.deepEqual(report.violations, [], `seed ${seed}`)
  const controls: Record<string, number> = {}
  for (const [name, plan] of Object.entries(CONTROLS)) {
    const { violations } = await laySiege({ ...plan, random })
    controls[name] = violations.filter(({ rule }) => rule === 'lost').length
    assert.ok(controls[name] > 0, `${name} lost nothing`)
  }
  return { asked: KILLS, ...report, lostByPlantedFaults: controls }
}
