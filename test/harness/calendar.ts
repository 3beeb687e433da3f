import type { Client } from '../../src/client/client.ts'
import { signIn } from '../../src/client/session.ts'
import { freshAddress, GOOD_PASSWORD } from './account.ts'
import type { TestClock } from './clock.ts'
import { enlist, startClient, type Installation, type Target } from './member.ts'

const DAYS = 24 * 60 * 60 * 1000

/** People who live through the days of one clock, which is the server's too. */
export type Calendar = {
  /** Somebody new, with an account and a phone of their own. */
  newcomer(): Promise<Installation>
  /** The app, started on a phone. */
  start(installation: Installation): Client
  /** Days go by; sessions end meanwhile, and everybody signs in again. */
  pass(days: number): Promise<void>
}

export function calendarOf(server: Target, clock: TestClock): Calendar {
  const people: { readonly email: string; readonly installation: Installation }[] = []
  const start = (installation: Installation): Client =>
    startClient(installation, { now: () => clock.now() })
  return {
    start,
    async newcomer() {
      const email = freshAddress()
      const installation = await enlist(server, { email })
      people.push({ email, installation })
      return installation
    },
    async pass(days) {
      clock.advance(days * DAYS)
      for (const { email, installation } of people) {
        await signIn(start(installation), { email, password: GOOD_PASSWORD })
      }
    },
  }
}
