import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { Message } from '../../client/messages.ts'
import type { CloudPet } from '../../toy/cloudpets/cloudpets.ts'
import { refusal, type ToyState } from '../../toy/cloudpets/states.ts'
import { sleeperOf, type Sleeper } from '../family/sleeping.ts'
import { fromTo } from '../messages/names.ts'
import { clockOf, dayOf } from '../messages/times.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { Select } from '../ui/select.tsx'
import { useAction } from '../ui/use-action.ts'
import type { Place, Shelf } from './places.ts'
import { toyPlaces as words } from './toy-texts.ts'
import { sendToToy } from './transfer.ts'
import { useStayOnPage } from './use-stay-on-page.ts'

type Props = {
  readonly pet: CloudPet
  readonly state: ToyState
  readonly place: Place
  readonly shelf: Shelf
  readonly child: string
  readonly sleepers: readonly Sleeper[]
}

/** Puts one of the voices that were approved into a place of the toy. */
export function Put(props: Props): JSX.Element {
  const { pet, state, place, shelf, child, sleepers } = props
  const { client } = useApp()
  const [wanted, setWanted] = useState('')
  const [percent, setPercent] = useState(0)
  const [done, setDone] = useState<Place | undefined>(undefined)
  const stopping = useRef(new AbortController())
  const chosen = shelf.fit.find(({ message }) => message === wanted) ?? shelf.fit[0]
  const put = useAction(async (message: Message) => {
    stopping.current = new AbortController()
    const { signal } = stopping.current
    setDone(undefined)
    // While the child sleeps the heart stays dark: it would call.
    const quietly = sleeperOf(message, sleepers) !== undefined
    try {
      await sendToToy(client, pet, message, { onPercent: setPercent, signal, place, quietly })
    } catch (error) {
      if (signal.aborted) return
      throw error
    }
    setDone(place)
    announce(words.isThere)
  })
  useStayOnPage(put.busy)
  if (!chosen) return <p class="small">{words.nothing}</p>
  return (
    <>
      <Select
        label={words.which}
        value={chosen.message}
        options={shelf.fit.map((one) => ({ value: one.message, label: labelOf(one, child) }))}
        onChange={setWanted}
      />
      <Problem code={put.problem} />
      {done === place && <p class="good">{words.isThere}</p>}
      {put.busy ? (
        <div class="progress">
          <progress max="100" value={percent} aria-label={words.put} />
          <span class="small">{words.putting(percent)}</span>
          <button type="button" class="button" onClick={() => stopping.current.abort()}>
            {words.stopPutting}
          </button>
        </div>
      ) : (
        <button
          type="button"
          class="button"
          disabled={refusal('upload', state) !== undefined}
          onClick={() => void put.run(chosen)}
        >
          {words.put}
        </button>
      )}
    </>
  )
}

function labelOf(message: Message, child: string): string {
  const { at, durationMs } = message
  return words.offers(fromTo(message, child), dayOf(at, Date.now()), clockOf(durationMs))
}
