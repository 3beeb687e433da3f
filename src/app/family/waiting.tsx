import type { JSX } from 'preact'
import { waitingRequests } from '../../client/requests.ts'
import { texts } from '../texts.ts'
import { Link } from '../ui/link.tsx'
import { useLive } from '../ui/use-live.ts'

const words = texts.requests

/** Who opened an invitation and waits to be let in; nothing while nobody does. */
export function Waiting(): JSX.Element | null {
  const { data } = useLive(waitingRequests, ['family'])
  if (!data || data.length === 0) return null
  return (
    <section class="banner" role="status">
      <h2>{words.banner(data.length)}</h2>
      <ul class="list">
        {data.map(({ request, name, invitedAs }) => (
          <li key={request} class="row">
            <span class="grow">
              <strong>{name}</strong>
              {invitedAs !== undefined && <span class="small">{words.invitedAs(invitedAs)}</span>}
            </span>
            <Link to={`/family/request/${request}`} class="button primary">
              {words.look}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
