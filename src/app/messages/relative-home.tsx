import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { ChildId, MessageId } from '../../protocol/ids.ts'
import { Listed } from '../account/listed.tsx'
import { Suggest } from '../notices/suggest.tsx'
import { people } from '../family/people-texts.ts'
import { useValue } from '../platform/value.ts'
import { texts } from '../texts.ts'
import { Alarm } from '../ui/alarm.tsx'
import { WithFaces } from '../ui/face.tsx'
import { Link } from '../ui/link.tsx'
import { Paw } from '../ui/paw.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { DraftBanner } from './draft-banner.tsx'
import { byId } from './choosing.ts'
import type { Address } from './drafts.ts'
import { Empty } from './empty.tsx'
import { hiding } from './hiding.ts'
import { MessageList } from './list.tsx'
import { mail, type Mail, type Named } from './mail.ts'
import { addressing, messages as words } from './messages-texts.ts'
import { listed } from './names.ts'
import { usePlaylist } from './player/use-playlist.ts'
import { Recorder } from './recorder/recorder.tsx'
import { Ticks } from './ticks.tsx'
import { Undo } from './undo.tsx'
import { useMore } from './use-more.tsx'

/** A relative's one screen: the child's name, one big button, and what was said. */
export function RelativeHome(): JSX.Element {
  const { data, problem } = useLive(mail, ['messages', 'outbox', 'family'])
  if (!data) return problem ? <Problem code={problem} /> : <Wait />
  const { child, children, all } = data
  const names = children.length > 0 ? children.map(({ name }) => name) : [child]
  const isPaused = data.people.some(({ me, paused }) => me && paused)
  return (
    <WithFaces>
      <Screen title={words.title(listed(names))}>
        <Alarm />
        <Listed />
        {isPaused ? <Break /> : <ToChildren among={children} />}
        {all.length > 0 && <Suggest />}
        <Problem code={problem} />
        <Thread mail={data} />
        <footer class="foot">
          {!isPaused && (
            <Link to="/record/sender/household" class="button quiet">
              {addressing.toParents}
            </Link>
          )}
          <Link to="/settings" class="button quiet">
            {texts.menu.settings}
          </Link>
        </footer>
      </Screen>
    </WithFaces>
  )
}

/** While the guardians let this person take a break there is no button: it would only be refused. */
function Break(): JSX.Element {
  return (
    <section class="break" role="status">
      <Paw />
      <p class="lead">{people.onBreak}</p>
      <p class="small">{people.onBreakHint}</p>
    </section>
  )
}

/** The big button; where there are several children, for whom it is. */
function ToChildren({ among }: { among: readonly Named[] }): JSX.Element {
  const [without, setWithout] = useState<readonly ChildId[]>([])
  const chosen = among.filter(({ id }) => !without.includes(id))
  const to = chosen.map(({ id }) => id)
  const address: Address = { author: 'sender', to }
  const tick = (id: ChildId, on: boolean): void =>
    setWithout(on ? without.filter((one) => one !== id) : [...without, id])
  return (
    <>
      {among.length > 1 && (
        <Ticks legend={addressing.forWhom} among={among} to={to} onTick={tick} />
      )}
      {to.length > 0 && (
        <Recorder
          key={to.join(',')}
          address={address}
          name={listed(chosen.map(({ name }) => name))}
        />
      )}
      {among.length > 0 && to.length === 0 && <p class="small">{addressing.nobody}</p>}
      <DraftBanner except={address} />
    </>
  )
}

function Thread({ mail: post }: { mail: Mail }): JSX.Element {
  const { child, people } = post
  const { gone } = useValue(hiding)
  const all = useMemo(() => post.all.filter(({ message }) => !gone.has(message)), [post, gone])
  const known = useMemo(() => byId(all), [all])
  const [target, setTarget] = useState<{ message: MessageId } | undefined>(undefined)
  usePlaylist(all, 'people')
  const more = useMore(child, { reader: 'relative', people })
  return (
    <div class="centre">
      <h2>{words.thread}</h2>
      {all.length === 0 && <Empty says={words.none} />}
      <MessageList
        messages={all}
        known={known}
        child={child}
        reader="relative"
        target={target}
        onMore={more.open}
        onJump={(message) => setTarget({ message })}
      />
      {more.sheet}
      <Undo />
    </div>
  )
}
