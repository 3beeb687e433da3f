import assert from 'node:assert/strict'
import { systemClock } from '../../src/server/platform/clock.ts'
import { startTestServer } from '../harness/server.ts'
import { stuff } from '../harness/stuffing.ts'

const LOGINS = 10_000

/**
 * Leaked passwords are tried at release strength: 10,000 logins (or as many as the third argument
 * says) from 500 addresses, at a server with its deadline. Throws when one opens a session, or when
 * the owner of an account under fire is kept out of a browser that it knows.
 */
export async function prove(): Promise<Record<string, unknown>> {
  const logins = Number(process.argv[4] ?? LOGINS)
  const args = ['--forwarded', 'x-forwarded-for', '--answer-ms', '1000']
  await using server = await startTestServer({ args })
  const plan = { logins, sources: 500, atOnce: 64 }
  const stuffed = await stuff(server, systemClock, plan)
  assert.equal(stuffed.sessions, 0, JSON.stringify(stuffed))
  assert.equal(stuffed.ownerFailures, 0, JSON.stringify(stuffed))
  assert.ok(stuffed.stopped > 0, JSON.stringify(stuffed))
  return { ...plan, ...stuffed }
}
