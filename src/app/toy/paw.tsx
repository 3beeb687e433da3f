import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { ChildId, PrincipalId } from '../../protocol/ids.ts'
import type { CloudPet } from '../../toy/cloudpets/cloudpets.ts'
import { refusal, type ToyState } from '../../toy/cloudpets/states.ts'
import { Play } from '../messages/play.tsx'
import { circle, reachable, type Circle } from '../messages/recipients.ts'
import { Ticks } from '../messages/ticks.tsx'
import type { Take } from '../sound/recording.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { codeOf, Problem, type Trouble } from '../ui/problem.tsx'
import { Select } from '../ui/select.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { heardAs, sendPawRecording, usePawRecording, type Fetched } from './paw-recording.ts'
import { inToy } from './toy-texts.ts'

const words = inToy.paw

type Props = { readonly pet: CloudPet; readonly state: ToyState; readonly child: string }

/** What the child recorded with the paw, on its way to become the child's message. */
export function Paw({ pet, state, child }: Props): JSX.Element {
  const { found, fetch, forget } = usePawRecording(pet, state)
  const [done, setDone] = useState('')
  const { data } = useLive(circle, ['family'])
  const isHere = found !== undefined && found !== 'empty'
  useEffect(() => {
    if (fetch.busy) setDone('')
    if (fetch.busy) announce(words.fetching)
    else if (found) announce(isHere ? words.here : words.nothing)
  }, [fetch.busy, found])
  const sent = (): void => {
    forget()
    setDone(words.sent)
    announce(words.sent)
  }
  return (
    <section class="paw-recording">
      <h2>{words.title}</h2>
      <p class="small">{words.lead(child)}</p>
      {done !== '' && <p class="good">{done}</p>}
      {found === 'empty' && !fetch.busy && <p>{words.nothing}</p>}
      <Problem code={fetch.problem} />
      {!isHere && (
        <button
          type="button"
          class="button"
          disabled={!fetch.busy && refusal('download', state) !== undefined}
          aria-disabled={fetch.busy}
          onClick={() => void fetch.run()}
        >
          {fetch.busy ? words.fetching : words.fetch}
        </button>
      )}
      {isHere && data && (
        <Found key={found.at} found={found} around={data} onSent={sent} onDrop={forget} />
      )}
    </section>
  )
}

type FoundProps = {
  readonly found: Fetched
  readonly around: Circle
  readonly onSent: () => void
  readonly onDrop: () => void
}

/** Listen, find the way that sounds like a voice, say for whom, send. */
function Found({ found, around, onSent, onDrop }: FoundProps): JSX.Element {
  const { client } = useApp()
  const [way, setWay] = useState(0)
  const { take, problem } = useTake(found, way)
  const [speaker, setSpeaker] = useState<ChildId | undefined>(around.children[0]?.id)
  const [to, setTo] = useState<readonly PrincipalId[]>([])
  const named = around.children.find(({ id }) => id === speaker)
  const send = useAction(async () => {
    if (take && speaker) await sendPawRecording(client, found, take, { child: speaker, to })
  })
  return (
    <div class="unsent">
      <p>{words.here}</p>
      {take && (
        <Play
          key={way}
          id={`paw-${found.at}-${way}`}
          label={words.listen}
          durationMs={take.durationMs}
          load={() => Promise.resolve(take.sound)}
          big
        />
      )}
      <Problem code={problem} />
      <Ways way={way} count={found.ways.length} onWay={setWay} />
      <Speaker around={around} speaker={speaker} onSpeaker={setSpeaker} />
      <Whom around={around} to={to} onTo={setTo} />
      <Problem code={send.problem} />
      <button
        type="button"
        class="button primary wide"
        aria-disabled={!take || !speaker || send.busy}
        onClick={() => void (take && speaker && send.run().then((ok) => ok && onSent()))}
      >
        {send.busy ? texts.app.moment : words.send(named?.name ?? texts.family.child)}
      </button>
      <button type="button" class="button quiet" onClick={onDrop}>
        {words.drop}
      </button>
    </div>
  )
}

/** The recording as one of the ways has it, ready to be heard and sent. */
function useTake(
  { ways }: Fetched,
  way: number,
): { readonly take: Take | undefined; readonly problem: Trouble | undefined } {
  const [made, setMade] = useState<{ way: number; take?: Take; problem?: Trouble }>({ way })
  const hearing = useMemo(() => ways[way], [ways, way])
  useEffect(() => {
    let stale = false
    if (!hearing) return undefined
    heardAs(hearing).then(
      (take) => stale || setMade({ way, take }),
      (error: unknown) => stale || setMade({ way, problem: codeOf(error) }),
    )
    return () => {
      stale = true
    }
  }, [hearing])
  const current = made.way === way ? made : undefined
  return { take: current?.take, problem: current?.problem }
}

type WaysProps = {
  readonly way: number
  readonly count: number
  readonly onWay: (way: number) => void
}

function Ways({ way, count, onWay }: WaysProps): JSX.Element {
  const next = (): void => {
    const chosen = (way + 1) % count
    onWay(chosen)
    announce(words.way(chosen + 1, count))
  }
  return (
    <>
      <p class="small">{words.unsure}</p>
      <p class="small">{words.way(way + 1, count)}</p>
      <button type="button" class="button" onClick={next}>
        {words.next}
      </button>
      {way > 0 && <p class="small">{words.noise}</p>}
    </>
  )
}

type SpeakerProps = {
  readonly around: Circle
  readonly speaker: ChildId | undefined
  readonly onSpeaker: (child: ChildId) => void
}

/** Which child it was, where there are several. */
function Speaker({ around: { children }, speaker, onSpeaker }: SpeakerProps): JSX.Element | null {
  if (children.length < 2) return null
  return (
    <Select
      label={words.whose}
      value={speaker ?? ''}
      options={children.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(value) => {
        const chosen = children.find(({ id }) => id === value)
        if (chosen) onSpeaker(chosen.id)
      }}
    />
  )
}

type WhomProps = {
  readonly around: Circle
  readonly to: readonly PrincipalId[]
  readonly onTo: (to: readonly PrincipalId[]) => void
}

function Whom({ around, to, onTo }: WhomProps): JSX.Element | null {
  const people = reachable(around)
  if (people.length === 0) return <p class="small">{words.parentsToo}</p>
  return (
    <>
      <Ticks
        legend={words.whom}
        among={people.map(({ person: id, name }) => ({ id, name: name || texts.family.unnamed }))}
        to={to}
        onTick={(whom, on) => onTo(on ? [...to, whom] : to.filter((one) => one !== whom))}
      />
      <p class="small">{words.parentsToo}</p>
    </>
  )
}
