import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { MessageState } from '../../client/rulings.ts'
import { Play } from '../messages/play.tsx'
import { Meter } from '../messages/recorder/meter.tsx'
import { Pad } from '../messages/recorder/pad.tsx'
import { IDLE } from '../messages/recorder/session.ts'
import type { Control } from '../messages/recorder/use-recording.ts'
import { StateIcon } from '../messages/state-icon.tsx'
import { pictures } from '../sound/pictures.ts'
import { BARS } from '../sound/peaks.ts'
import { design as words } from './design-texts.ts'

const STATES: readonly MessageState[] = [
  'sending',
  'failed',
  'waiting',
  'approved',
  'rejected',
  'in-the-bear',
  'played',
  'delivered',
]

const VOICE = 'design'
const LIMIT_MS = 39_000

/** A voice as one might look: it swells and falls. */
const swell = (at: number): number => Math.abs(Math.sin(at / 3) * Math.sin(at / 11))

/** What a voice looks like: sent, played and recorded. */
export function Voices(): JSX.Element {
  return (
    <>
      <section>
        <h2>{words.states}</h2>
        <ul class="state-icons">
          {STATES.map((state) => (
            <li key={state}>
              <StateIcon state={state} />
              <code>{state}</code>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{words.player}</h2>
        <div class="row column">
          <Player />
        </div>
      </section>
      <section>
        <h2>{words.recorder}</h2>
        <Recorder />
      </section>
    </>
  )
}

function Player(): JSX.Element {
  useState(() =>
    pictures.set(
      VOICE,
      Uint8Array.from({ length: BARS }, (_, at) => 255 * swell(at)),
    ),
  )
  const load = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array())
  return <Play label={words.voice} id={VOICE} durationMs={21_000} load={load} />
}

/** It listens to nobody: a press shows the next state. */
function Recorder(): JSX.Element {
  const [phase, setPhase] = useState<'idle' | 'recording'>('recording')
  const levels = Array.from({ length: 30 }, (_, at) => swell(at + 2))
  const toggle = (): void => setPhase(phase === 'idle' ? 'recording' : 'idle')
  const nothing = (): void => undefined
  const isOn = phase === 'recording'
  const state = { ...IDLE, phase, ...(isOn && { levels, elapsedMs: 12_000 }) }
  const control: Control = {
    ...state,
    start: toggle,
    stop: toggle,
    cancel: toggle,
    pause: nothing,
    resume: nothing,
    giveUp: nothing,
  }
  return (
    <div class={`recorder ${phase}`}>
      <Meter state={state} limitMs={LIMIT_MS} />
      <Pad control={control} limitMs={LIMIT_MS} held={undefined} onHeld={nothing} />
    </div>
  )
}
