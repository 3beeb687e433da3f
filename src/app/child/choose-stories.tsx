import type { JSX } from 'preact'
import type { Client } from '../../client/client.ts'
import { messages, type Message } from '../../client/messages.ts'
import { canBeStory, putOnShelf, stories, takeOffShelf } from '../../client/stories.ts'
import type { MessageId } from '../../protocol/ids.ts'
import { childCalled } from '../family/child.ts'
import { Row } from '../messages/row.tsx'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { child } from './child-texts.ts'

const words = child.shelf

type Seen = {
  readonly name: string
  readonly there: ReadonlySet<MessageId>
  readonly candidates: readonly Message[]
}

/** A guardian chooses what stands on the child's bookshelf. */
export function ChooseStories(): JSX.Element {
  const { data, problem } = useLive(look, ['messages', 'outbox', 'family'])
  if (!data) return problem ? <Problem code={problem} /> : <Wait />
  const { name, there, candidates } = data
  return (
    <Screen title={words.title} back="/child">
      <p class="lead">{words.lead}</p>
      {candidates.length === 0 && <p>{words.none}</p>}
      <ul class="messages">
        {candidates.map((message) => (
          <Row key={message.message} message={message} child={name} reader="guardian">
            <Place message={message.message} there={there.has(message.message)} />
          </Row>
        ))}
      </ul>
    </Screen>
  )
}

async function look(client: Client): Promise<Seen> {
  const [all, shelf, name] = await Promise.all([
    messages(client),
    stories(client),
    childCalled(client),
  ])
  const there = new Set(shelf.map(({ message }) => message))
  return { name, there, candidates: all.filter(canBeStory) }
}

function Place({ message, there }: { message: MessageId; there: boolean }): JSX.Element {
  const { client } = useApp()
  const move = useAction(() =>
    there ? takeOffShelf(client, message) : putOnShelf(client, message),
  )
  return (
    <>
      <Problem code={move.problem} />
      {there && <p class="good">{words.there}</p>}
      <button type="button" class="button" onClick={() => void move.run()}>
        {there ? words.off : words.put}
      </button>
    </>
  )
}
