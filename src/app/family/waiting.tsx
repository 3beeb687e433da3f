import type { JSX } from 'preact'
import type { WaitingRequest } from '../../client/requests.ts'
import { texts } from '../texts.ts'
import { Link } from '../ui/link.tsx'

const words = texts.requests

export type Requests = { readonly requests: readonly WaitingRequest[] }

/** Who opened an invitation and waits to be let in; nothing while nobody does. */
export function Waiting({ requests }: Requests): JSX.Element | null {
  if (requests.length === 0) return null
  return (
    <section class="banner" role="status">
      <h2>{words.banner(requests.length)}</h2>
      <ul class="list">
        {requests.map(({ request, name, invitedAs }) => (
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
