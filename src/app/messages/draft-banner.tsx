import type { JSX } from 'preact'
import type { Client } from '../../client/client.ts'
import { Link } from '../ui/link.tsx'
import { useLive } from '../ui/use-live.ts'
import { drafts, recordingPath, sameAddress, type Address } from './drafts.ts'
import { messages as words } from './messages-texts.ts'
import { recording } from './recorder/recorder-texts.ts'
import { rescued } from './recorder/interrupted.ts'
import { circle, namesFor } from './recipients.ts'

type Props = {
  /** The address that the screen itself offers. */
  readonly except?: Address | undefined
}

/** Recordings that were stopped and not sent: nothing that was said is forgotten. */
export function DraftBanner({ except }: Props): JSX.Element | null {
  const { data = [] } = useLive(unsent, ['outbox', 'family'])
  const shown = data.filter(({ address }) => !except || !sameAddress(address, except))
  if (shown.length === 0) return null
  return (
    <section class="banner" role="status">
      <ul class="list">
        {shown.map(({ address, names, interrupted }) => (
          <li key={recordingPath(address)} class="row">
            <span class="grow">
              {interrupted ? recording.interruptedFor(names) : words.draft(names)}
            </span>
            <Link to={recordingPath(address)} class="button">
              {words.draftOpen}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

type Unsent = {
  readonly address: Address
  readonly names: string
  readonly interrupted: boolean
}

async function unsent(client: Client): Promise<readonly Unsent[]> {
  await rescued(client)
  const [around, waiting] = await Promise.all([circle(client), drafts(client)])
  return waiting.map(({ author, to, re, interrupted = false }) => {
    const address = { author, to, re }
    return { address, names: namesFor(address, around), interrupted }
  })
}
