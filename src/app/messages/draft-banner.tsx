import type { JSX } from 'preact'
import type { Client } from '../../client/client.ts'
import { members } from '../../client/people.ts'
import { texts } from '../texts.ts'
import { Link } from '../ui/link.tsx'
import { useLive } from '../ui/use-live.ts'
import { drafts, type Address } from './drafts.ts'

type Props = {
  readonly child: string
  /** The address that the screen itself offers. */
  readonly except?: Address
}

/** Recordings that were stopped and not sent: nothing that was said is forgotten. */
export function DraftBanner({ child, except }: Props): JSX.Element | null {
  const { data = [] } = useLive(unsent, ['outbox', 'family'])
  const shown = data.filter(({ author, to }) => author !== except?.author || to !== except.to)
  if (shown.length === 0) return null
  return (
    <section class="banner" role="status">
      <ul class="list">
        {shown.map(({ author, to, name }) => (
          <li key={`${author}/${to}`} class="row">
            <span class="grow">{texts.messages.draft(to === 'child' ? child : name)}</span>
            <Link to={`/record/${author}/${to}`} class="button">
              {texts.messages.draftOpen}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

async function unsent(client: Client): Promise<readonly (Address & { name: string })[]> {
  const [people, waiting] = await Promise.all([members(client), drafts(client)])
  return waiting.map(({ author, to }) => {
    const name = people.find(({ person }) => person === to)?.name
    return { author, to, name: name || texts.record.parents }
  })
}
