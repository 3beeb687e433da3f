import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { Controls } from './player/controls.tsx'
import { useKeyed } from '../platform/keyed.ts'
import { memoryOf } from './player/memory.ts'
import { player, type Track } from '../sound/player.ts'
import { playing as words } from '../sound/player-texts.ts'
import { Wave } from './player/wave.tsx'
import { clockOf } from './times.ts'

type Props = Track & {
  /** Whose voice it is, for who cannot see it. */
  readonly label: string
  /** The only voice on its screen. */
  readonly big?: boolean
}

/** A voice: its length and its picture before it plays, a place to jump to, and a speed. */
export function Play({ label, big, ...track }: Props): JSX.Element {
  const { id, durationMs } = track
  const state = useKeyed(player.states, id)
  const left = usePlace(id)
  const step = state?.step
  const on = step === 'playing' || step === 'loading' || step === 'waiting'
  const position = state?.position ?? left
  const current = on || step === 'paused'
  return (
    <div class={`play ${step ?? ''} ${big ? 'large' : ''}`}>
      <button
        type="button"
        class="play-button"
        aria-label={on ? words.pause(label) : words.play(label)}
        onClick={() => void player.toggle(track)}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          {on ? <path d="M7 5h4v14H7zM13 5h4v14h-4z" /> : <path d="M8 5v14l11-7z" />}
        </svg>
      </button>
      <Wave track={track} position={position} current={current} />
      <span class="length">
        {position > 0 && <span class="position">{clockOf(position * 1000)}</span>}
        <span>{clockOf(durationMs)}</span>
      </span>
      {step === 'loading' && <p class="play-wait">{words.loading}</p>}
      {step === 'waiting' && <p class="play-wait">{words.waiting}</p>}
      {current && <Controls id={id} />}
      {state?.problem && <Problem code={state.problem} />}
    </div>
  )
}

/** Where one has stopped listening before, in seconds. */
function usePlace(id: string): number {
  const memory = memoryOf(useApp().client)
  const [, redraw] = useState({})
  useEffect(() => {
    player.remember(memory)
    const before = memory.placeOf(id)
    memory.ready.then(() => memory.placeOf(id) !== before && redraw({}), reportError)
  }, [id])
  return memory.placeOf(id)
}
