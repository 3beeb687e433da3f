import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Message } from '../../client/messages.ts'
import type { CloudPet } from '../../toy/cloudpets/cloudpets.ts'
import type { Slot } from '../../toy/cloudpets/commands.ts'
import { refusal, ToyState } from '../../toy/cloudpets/states.ts'
import type { Sleeper } from '../family/sleeping.ts'
import { fromTo } from '../messages/names.ts'
import { clockOf } from '../messages/times.ts'
import { Problem } from '../ui/problem.tsx'
import { Select } from '../ui/select.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { PAW_PLACE, playPlace, shelfOf, silence, SLOTS, type Shelf } from './places.ts'
import { Put } from './put.tsx'
import { toyPlaces as words } from './toy-texts.ts'

type Props = {
  readonly pet: CloudPet
  readonly state: ToyState
  readonly child: string
  readonly sleepers: readonly Sleeper[]
}

/** What lies in the toy's five places: play it there, once or again and again, or put a voice there. */
export function ToyShelf({ pet, state, child, sleepers }: Props): JSX.Element | null {
  const [slot, setSlot] = useState<Slot>(PAW_PLACE)
  const { data } = useLive((client) => shelfOf(client, pet), ['messages'])
  if (!data) return null
  const lies = lyingIn(data, slot)
  return (
    <section class="toy-places">
      <h2>{words.title}</h2>
      <p class="small">{words.lead}</p>
      <fieldset class="ticks">
        <legend>{words.choose}</legend>
        {SLOTS.map((one) => (
          <label key={one} class="face-tick">
            <input
              type="radio"
              name="toy-place"
              checked={one === slot}
              onChange={() => setSlot(one)}
            />
            <span class="grow">
              <strong>{nameOf(one)}</strong>
              {one > 1 && <span class="small">{saysOf(data, one, child)}</span>}
            </span>
          </label>
        ))}
      </fieldset>
      <Playing key={slot} pet={pet} state={state} slot={slot} lies={lies} />
      {slot !== 1 && (
        <Put pet={pet} state={state} place={slot} shelf={data} child={child} sleepers={sleepers} />
      )}
    </section>
  )
}

function nameOf(slot: Slot): string {
  if (slot === 1) return words.recorded
  return slot === PAW_PLACE ? words.played : words.other(slot)
}

function lyingIn({ lying, known }: Shelf, slot: Slot): Message | undefined {
  const message = lying.get(slot)
  return message && known.get(message)
}

function saysOf(shelf: Shelf, slot: Slot, child: string): string {
  if (!shelf.lying.has(slot)) return words.unknown
  const message = lyingIn(shelf, slot)
  return message ? words.says(fromTo(message, child), clockOf(message.durationMs)) : words.gone
}

type PlayingProps = Pick<Props, 'pet' | 'state'> & {
  readonly slot: Slot
  /** What is known to lie there: only then is it known how long it is. */
  readonly lies: Message | undefined
}

const TIMES: readonly number[] = [1, 3, 10]

/** Lets the toy play a place. What is not known is played once: nobody knows when it ends. */
function Playing({ pet, state, slot, lies }: PlayingProps): JSX.Element {
  const [times, setTimes] = useState(1)
  const play = useAction(() =>
    playPlace(pet, slot, { times: lies ? times : 1, durationMs: lies?.durationMs ?? 0 }),
  )
  const stop = useAction(() => silence(pet))
  const isPlaying = state === ToyState.playing
  return (
    <>
      {lies && (
        <Select
          label={words.times}
          value={String(times)}
          options={TIMES.map((count) => ({ value: String(count), label: words.timesOf(count) }))}
          onChange={(value) => setTimes(Number(value))}
        />
      )}
      <Problem code={play.problem ?? stop.problem} />
      <div class="buttons">
        <button
          type="button"
          class="button"
          disabled={refusal('play', state) !== undefined}
          onClick={() => void play.run()}
        >
          {words.play}
        </button>
        <button type="button" class="button" disabled={!isPlaying} onClick={() => void stop.run()}>
          {words.stop}
        </button>
      </div>
    </>
  )
}
