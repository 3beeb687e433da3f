import type { JSX } from 'preact'
import { player } from '../sound/player.ts'
import { useValue } from '../platform/value.ts'
import { texts } from '../texts.ts'
import { Problem } from '../ui/problem.tsx'
import { clockOf } from './times.ts'

const words = texts.messages

type Props = {
  readonly id: string
  /** Whose voice it is, for who cannot see it. */
  readonly label: string
  readonly durationMs: number
  readonly load: () => Promise<Uint8Array>
  readonly onPlay?: () => void
}

/** A voice: its length before it plays, a place to jump to, and a speed. */
export function Play({ id, label, durationMs, load, onPlay }: Props): JSX.Element {
  const now = useValue(player.now)
  const mine = now?.id === id ? now : undefined
  const on = mine?.step === 'playing' || mine?.step === 'loading'
  const toggle = (): void => {
    if (!mine) onPlay?.()
    void player.toggle(id, load)
  }
  return (
    <div class="play">
      <button
        type="button"
        class="play-button"
        aria-label={on ? words.pause(label) : words.play(label)}
        onClick={toggle}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          {on ? <path d="M7 5h4v14H7zM13 5h4v14h-4z" /> : <path d="M8 5v14l11-7z" />}
        </svg>
      </button>
      {mine ? (
        <Progress position={mine.position} durationMs={durationMs} />
      ) : (
        <span class="grow length">{clockOf(durationMs)}</span>
      )}
      {mine?.problem && <Problem code={mine.problem} />}
    </div>
  )
}

function Progress({ position, durationMs }: { position: number; durationMs: number }): JSX.Element {
  const speed = useValue(player.speed)
  return (
    <>
      <input
        class="slider"
        type="range"
        min="0"
        max={durationMs / 1000}
        step="0.1"
        value={position}
        aria-label={words.position}
        aria-valuetext={clockOf(position * 1000)}
        onInput={(event) => player.seek(event.currentTarget.valueAsNumber)}
      />
      <span class="length">{clockOf(position * 1000)}</span>
      <button
        type="button"
        class="button quiet speed"
        aria-label={words.speed(String(speed))}
        onClick={player.faster}
      >
        {`${speed}×`}
      </button>
    </>
  )
}
