import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Message } from '../../client/messages.ts'
import { messageId, type MessageId } from '../../protocol/ids.ts'
import { useValue } from '../platform/value.ts'
import { announce } from '../ui/announce.ts'
import { Face, WithFaces } from '../ui/face.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { byId, isNamed, isOn, passes, tabOf, type Filter, type Tab } from './choosing.ts'
import { Empty } from './empty.tsx'
import { Filters } from './filters.tsx'
import { hiding } from './hiding.ts'
import { MessageList } from './list.tsx'
import { mail, type Mail } from './mail.ts'
import { messages as words } from './messages-texts.ts'
import { usePlaylist } from './player/use-playlist.ts'
import { Tabs, type TabItem } from './tabs.tsx'
import { Undo } from './undo.tsx'
import { useMore } from './use-more.tsx'

/** From so many messages on it is worth typing a name. */
const MANY = 12

type Props = {
  /** A tab, `waiting`, or `at` with the message to go to. */
  readonly at: string | undefined
  readonly message: string | undefined
}

/** The message centre: everything that was said, one's own and each child's. */
export function Centre(props: Props): JSX.Element {
  const { data, problem } = useLive(mail, ['messages', 'outbox', 'family'])
  if (!data) return problem ? <Problem code={problem} /> : <Wait />
  return (
    <WithFaces>
      <Screen title={words.all} back="/">
        <Problem code={problem} />
        <Shown key="shown" {...props} mail={data} />
      </Screen>
    </WithFaces>
  )
}

type Chosen = {
  readonly tab: Tab
  readonly filter: Filter
  readonly typed: string
  readonly target?: { readonly message: MessageId } | undefined
}

function Shown({ mail: post, ...where }: Props & { mail: Mail }): JSX.Element {
  const { child, people } = post
  const { gone } = useValue(hiding)
  const all = useMemo(() => post.all.filter(({ message }) => !gone.has(message)), [post, gone])
  const known = useMemo(() => byId(all), [all])
  const [chosen, choose] = useState<Chosen>(() => firstOf(where, post, known))
  const { tab, filter, typed, target } = chosen
  useEffect(() => history.replaceState(null, '', `/messages/${tab}`), [tab])
  const onTab = useMemo(() => all.filter((one) => isOn(tab, one, post.me)), [all, tab])
  const shown = useMemo(
    () => onTab.filter((one) => passes(filter, one) && isNamed(one, typed)),
    [onTab, filter, typed],
  )
  usePlaylist(shown, 'people')
  const more = useMore(child, { reader: 'guardian', people })
  const jump = (message: MessageId): void => {
    const to = known.get(message)
    if (to) choose({ tab: tabOf(to, post.me), filter: 'all', typed: '', target: { message } })
  }
  const show = (change: Partial<Chosen>): void =>
    choose({ ...chosen, target: undefined, ...change })
  return (
    <>
      <Tabs
        label={words.whose}
        items={tabsOf(post, all)}
        chosen={tab}
        panel="messages"
        onChoose={(next) => show({ tab: next, filter: 'all' })}
      />
      <div id="messages" class="centre" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {onTab.length > MANY && <Find typed={typed} onType={(next) => show({ typed: next })} />}
        <Filters
          messages={onTab}
          chosen={filter}
          onChoose={(next) => {
            show({ filter: next })
            announce(words.shown(onTab.filter((one) => passes(next, one)).length))
          }}
        />
        {shown.length === 0 && (
          <Nothing
            tab={tab}
            post={post}
            left={onTab.length}
            onAll={() => show({ filter: 'all', typed: '' })}
          />
        )}
        <MessageList
          messages={shown}
          known={known}
          child={child}
          reader="guardian"
          target={target}
          onMore={more.open}
          onJump={jump}
        />
      </div>
      {more.sheet}
      <Undo />
    </>
  )
}

function firstOf(
  { at, message }: Props,
  post: Mail,
  known: ReadonlyMap<MessageId, Message>,
): Chosen {
  const target = message !== undefined && messageId.is(message) ? known.get(message) : undefined
  const all = { filter: 'all', typed: '' } as const
  if (target) return { ...all, tab: tabOf(target, post.me), target: { message: target.message } }
  if (at === 'waiting') return { ...all, tab: whereWaiting(post), filter: 'waiting' }
  const child = post.children.find(({ id }) => id === at)
  return { ...all, tab: child?.id ?? 'mine' }
}

/** The tab of the newest message that waits for a decision. */
function whereWaiting({ all, me }: Mail): Tab {
  const waiting = all.find(({ state }) => state === 'waiting')
  return waiting ? tabOf(waiting, me) : 'mine'
}

function tabsOf({ children, me }: Mail, all: readonly Message[]): readonly TabItem<Tab>[] {
  const fresh = (tab: Tab): number => all.filter((one) => !one.heard && isOn(tab, one, me)).length
  return [
    { key: 'mine', label: words.mine, fresh: fresh('mine') },
    ...children.map(({ id, name }) => ({
      key: id,
      label: name,
      fresh: fresh(id),
      picture: <Face of={id} name={name} />,
    })),
  ]
}

function Find({ typed, onType }: { typed: string; onType: (typed: string) => void }): JSX.Element {
  return (
    <div class="field">
      <label for="find">{words.find}</label>
      <input
        id="find"
        type="search"
        autocomplete="off"
        value={typed}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </div>
  )
}

type NothingProps = {
  readonly tab: Tab
  readonly post: Mail
  /** How many there are but for what was chosen and typed. */
  readonly left: number
  readonly onAll: () => void
}

function Nothing({ tab, post, left, onAll }: NothingProps): JSX.Element {
  if (left > 0) {
    return (
      <Empty says={words.noneFound}>
        <button type="button" class="button" onClick={onAll}>
          {words.showAll}
        </button>
      </Empty>
    )
  }
  const child = post.children.find(({ id }) => id === tab)
  return <Empty says={child ? words.noneChild(child.name) : words.noneMine} />
}
