import type { JSX } from 'preact'
import type { Client } from '../../client/client.ts'
import { messages, type Message } from '../../client/messages.ts'
import { navigate } from '../platform/router.ts'
import { texts } from '../texts.ts'
import { WithFaces } from '../ui/face.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { readAddress, type Address } from './drafts.ts'
import { addressing as words } from './messages-texts.ts'
import { authorFor, circle, namesFor } from './recipients.ts'
import { Recorder } from './recorder/recorder.tsx'
import { Row } from './row.tsx'
import type { Reader } from './states.ts'

type Props = {
  readonly author: string
  readonly to: string
  /** The message that it answers. */
  readonly re?: string | undefined
  readonly reader: Reader
}

type Seen = {
  readonly address: Address
  readonly names: string
  readonly author: string | undefined
  readonly answered: Message | undefined
}

/** Records for one address: children, people, the parents; one's own voice or a child's. */
export function RecordScreen({ reader, ...parts }: Props): JSX.Element {
  const seen = useLive((client) => look(client, parts), ['family'])
  if (seen.problem) {
    return (
      <Screen title={texts.app.name} back="/">
        <Problem code={seen.problem} />
      </Screen>
    )
  }
  if (!seen.data) return <Wait />
  const { address, names, author, answered } = seen.data
  return (
    <WithFaces>
      <Screen
        title={author === undefined ? words.forNames(names) : words.answerFor(author, names)}
        back="/"
      >
        {author !== undefined && <p class="lead">{words.answerHint}</p>}
        {answered && (
          <section>
            <h2>{words.answered}</h2>
            <ul class="messages">
              <Row message={answered} child={texts.family.child} reader={reader} />
            </ul>
          </section>
        )}
        <Recorder address={address} name={names} onSent={() => navigate('/', { replace: true })} />
      </Screen>
    </WithFaces>
  )
}

async function look(client: Client, parts: Omit<Props, 'reader'>): Promise<Seen> {
  const address = readAddress(parts)
  const around = await circle(client)
  const all = address.re ? await messages(client) : []
  return {
    address,
    names: namesFor(address, around),
    author: authorFor(address, around),
    answered: all.find(({ message }) => message === address.re),
  }
}
