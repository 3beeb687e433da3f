import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { ChildId } from '../../protocol/ids.ts'
import { navigate } from '../platform/router.ts'
import { texts } from '../texts.ts'
import { Face, WithFaces } from '../ui/face.tsx'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { recordingPath, type Address } from './drafts.ts'
import { addressing as words } from './messages-texts.ts'
import { circle, reachable, type Circle } from './recipients.ts'
import { Ticks } from './ticks.tsx'

type Whom = Address['to'][number]

/** Chooses for whom a message is; for a child's answer also which child speaks. */
export function WhomScreen({ author }: { author: string | undefined }): JSX.Element {
  const { data, problem } = useLive(circle, ['family'])
  const isChilds = author !== undefined && author !== 'sender'
  return (
    <WithFaces>
      <Screen title={words.whom} back="/">
        <Problem code={problem} />
        {data ? <Choice around={data} isChilds={isChilds} /> : <Wait />}
      </Screen>
    </WithFaces>
  )
}

function Choice({ around, isChilds }: { around: Circle; isChilds: boolean }): JSX.Element {
  const { children } = around
  const people = reachable(around)
  const [to, setTo] = useState<readonly Whom[]>([])
  const [speaker, setSpeaker] = useState<ChildId | undefined>(children[0]?.id)
  const tick = (whom: Whom, on: boolean): void =>
    setTo(on ? [...to, whom] : to.filter((one) => one !== whom))
  if (isChilds && !speaker) return <p class="lead">{words.noChild}</p>
  if (people.length === 0 && (isChilds || children.length === 0)) return <Nobody />
  const go = (event: Event): void => {
    event.preventDefault()
    if (to.length === 0) return
    navigate(recordingPath({ author: isChilds && speaker ? speaker : 'sender', to }))
  }
  return (
    <form class="form" onSubmit={go}>
      {isChilds && children.length > 1 && (
        <Speakers around={around} chosen={speaker} onChoose={setSpeaker} />
      )}
      {!isChilds && children.length > 0 && (
        <Ticks legend={words.children} among={children} to={to} onTick={tick} />
      )}
      {people.length > 0 && (
        <Ticks
          legend={words.people}
          among={people.map(({ person: id, name }) => ({ id, name: name || texts.family.unnamed }))}
          to={to}
          onTick={tick}
        />
      )}
      <button type="submit" class="button primary" aria-disabled={to.length === 0}>
        {words.go}
      </button>
    </form>
  )
}

type SpeakersProps = {
  readonly around: Circle
  readonly chosen: ChildId | undefined
  readonly onChoose: (child: ChildId) => void
}

function Speakers({ around, chosen, onChoose }: SpeakersProps): JSX.Element {
  return (
    <fieldset class="ticks">
      <legend>{words.whose}</legend>
      {around.children.map(({ id, name }) => (
        <label key={id} class="face-tick">
          <input
            type="radio"
            name="speaker"
            checked={id === chosen}
            onChange={() => onChoose(id)}
          />
          <Face of={id} name={name} />
          <span class="grow">{name}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Nobody(): JSX.Element {
  return (
    <>
      <p class="lead">{words.noPeople}</p>
      <Link to="/family/invite" class="button primary">
        {texts.family.invite}
      </Link>
    </>
  )
}
