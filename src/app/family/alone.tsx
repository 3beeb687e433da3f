import type { JSX } from 'preact'
import { openInvitations } from '../../client/invitations.ts'
import type { Client } from '../../client/client.ts'
import { members } from '../../client/people.ts'
import { messages } from '../messages/messages-texts.ts'
import { texts } from '../texts.ts'
import { Link } from '../ui/link.tsx'
import { useLive } from '../ui/use-live.ts'

/** The next step for a guardian who is alone and has invited nobody; nothing otherwise. */
export function Alone(): JSX.Element | null {
  const { data } = useLive(isAlone, ['family'])
  if (data !== true) return null
  return (
    <section>
      <p class="lead">{messages.alone}</p>
      <Link to="/family/invite" class="button">
        {texts.family.invite}
      </Link>
    </section>
  )
}

async function isAlone(client: Client): Promise<boolean> {
  const [people, invited] = await Promise.all([members(client), openInvitations(client)])
  return people.length <= 1 && invited.length === 0
}
