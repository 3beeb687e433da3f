import { proposeNotice } from '../keys/governing.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { PrincipalId } from '../protocol/ids.ts'
import { NOTICE_MS } from '../protocol/log/ending.ts'
import { append } from './append.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'

/** The announced removal of a guardian. */
export type StandingNotice = {
  /** Who is to be removed. */
  readonly person: PrincipalId
  /** Who announced it. */
  readonly by: PrincipalId
  readonly at: number
  /** From when on any guardian may carry it out, in milliseconds since 1970. */
  readonly from: number
}

/** The announcements that stand, by what the log says. */
export async function notices(client: Client): Promise<readonly StandingNotice[]> {
  const { household } = await readFamily(client)
  return [...household.notices].map(([person, { by, at }]) => ({
    person,
    by,
    at,
    from: at + NOTICE_MS,
  }))
}

/**
 * Announces the removal of another guardian: 72 hours later any guardian may remove them. One
 * announcement is enough: a second one changes nothing. Throws `log-refused` (`role-forbidden`,
 * `notice-needless`) and `not-found` for somebody who never was.
 */
export async function announceRemoval(client: Client, person: PrincipalId): Promise<void> {
  await say(client, person, true)
}

/**
 * Takes one's own announcement back. Throws `log-refused` with `role-forbidden` for somebody
 * else's; none at all is as good as one taken back.
 */
export async function withdrawNotice(client: Client, person: PrincipalId): Promise<void> {
  await say(client, person, false)
}

async function say(client: Client, person: PrincipalId, stands: boolean): Promise<void> {
  await client.exclusively(() =>
    append(client, async (standing) => {
      const known = standing.household.principals.get(person)
      if (!known) throw new PawpostError('not-found')
      const isSo = standing.household.notices.has(person) === stands || known.until !== undefined
      return isSo ? undefined : proposeNotice(standing, person, stands)
    }),
  )
  client.changed('family')
}
