import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { isForChild, type Message } from '../../client/messages.ts'
import type { MessageId } from '../../protocol/ids.ts'
import { Listed } from '../account/listed.tsx'
import { Alone } from '../family/alone.tsx'
import { Asked } from '../family/asked.tsx'
import { Nameless } from '../family/nameless.tsx'
import { Suggest } from '../notices/suggest.tsx'
import { Waiting, type Requests } from '../family/waiting.tsx'
import { OneWay } from '../phones/one-way.tsx'
import { useValue } from '../platform/value.ts'
import { navigate } from '../platform/router.ts'
import { Alarm } from '../ui/alarm.tsx'
import { WithFaces } from '../ui/face.tsx'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { DraftBanner } from './draft-banner.tsx'
import { byId } from './choosing.ts'
import { Empty } from './empty.tsx'
import { hiding } from './hiding.ts'
import { Judge } from './judge.tsx'
import { mail, type Mail } from './mail.ts'
import { messages as words } from './messages-texts.ts'
import { listed } from './names.ts'
import { usePlaylist } from './player/use-playlist.ts'
import { Row } from './row.tsx'
import { Say } from './say.tsx'
import { Undo } from './undo.tsx'
import { useMore } from './use-more.tsx'

/** So many that wait, and so many of the others, stand on the home; the rest is in the centre. */
const MOST_WAITING = 10
const MOST_NEWEST = 5

/** A guardian's home: what waits for a decision, what to say, and the newest of everything. */
export function GuardianHome({ requests }: Requests): JSX.Element {
  const { data, problem } = useLive(mail, ['messages', 'outbox', 'family'])
  if (!data) return problem ? <Problem code={problem} /> : <Wait />
  const { child, children } = data
  const names = children.length > 0 ? children.map(({ name }) => name) : [child]
  return (
    <WithFaces>
      <Screen title={words.title(listed(names))}>
        <Alarm />
        <Listed />
        <Waiting requests={requests} />
        <Asked brief />
        <DraftBanner />
        <Nameless />
        <Alone />
        <OneWay />
        <Problem code={problem} />
        <Post mail={data} />
      </Screen>
    </WithFaces>
  )
}

function Post({ mail: post }: { mail: Mail }): JSX.Element {
  const { child, children, people } = post
  const { gone } = useValue(hiding)
  const all = useMemo(() => post.all.filter(({ message }) => !gone.has(message)), [post, gone])
  usePlaylist(all, 'people')
  const known = useMemo(() => byId(post.all), [post])
  const more = useMore(child, { reader: 'guardian', people })
  const waiting = all.filter(({ state }) => state === 'waiting')
  const rest = all.filter(({ state }) => state !== 'waiting')
  const list = { known, child, onMore: more.open }
  return (
    <>
      {waiting.length > 0 && <Undecided {...list} messages={waiting} />}
      {post.all.length > 0 && <Suggest />}
      <Say named={children} />
      <Newest {...list} messages={rest} count={all.length} />
      {more.sheet}
      <Undo />
    </>
  )
}

type Shown = {
  readonly messages: readonly Message[]
  readonly known: ReadonlyMap<MessageId, Message>
  readonly child: string
  readonly onMore: (message: Message) => void
}

function Undecided({ messages, ...list }: Shown): JSX.Element {
  const left = messages.length - MOST_WAITING
  return (
    <section class="waiting">
      <h2>{words.waiting}</h2>
      <p class="small">{words.waitingHint(list.child)}</p>
      <ul class="messages">
        {messages.slice(0, MOST_WAITING).map((message) => (
          <Item key={message.message} {...list} message={message} />
        ))}
      </ul>
      {left > 0 && (
        <Link to="/messages/waiting" class="button">
          {words.moreWaiting(left)}
        </Link>
      )}
    </section>
  )
}

function Newest({ messages, count, ...list }: Shown & { count: number }): JSX.Element {
  return (
    <section>
      {(messages.length > 0 || count === 0) && <h2>{words.newest}</h2>}
      {count === 0 && (
        <Empty says={words.none}>
          <p class="small">{words.noneHint}</p>
        </Empty>
      )}
      <ul class="messages">
        {messages.slice(0, MOST_NEWEST).map((message) => (
          <Item key={message.message} {...list} message={message} />
        ))}
      </ul>
      {count > 0 && (
        <Link to="/messages" class="button wide">
          {words.allCount(count)}
        </Link>
      )}
    </section>
  )
}

type ItemProps = Omit<Shown, 'messages'> & { readonly message: Message }

function Item({ message, known, child, onMore }: ItemProps): JSX.Element {
  const isHere = message.state !== 'sending' && message.state !== 'failed'
  return (
    <Row
      message={message}
      child={child}
      reader="guardian"
      answered={message.re && known.get(message.re)}
      onJump={(to) => navigate(`/messages/at/${to}`)}
      onMore={isHere ? onMore : undefined}
    >
      <Next message={message} />
    </Row>
  )
}

/** What most people want to do next. */
function Next({ message }: { message: Message }): JSX.Element | null {
  if (message.state === 'waiting') return <Judge message={message} />
  if (message.state !== 'approved' || !isForChild(message)) return null
  return (
    <Link to="/toy" class="button slim">
      {words.toToy}
    </Link>
  )
}
