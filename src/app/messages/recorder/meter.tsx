import type { JSX } from 'preact'
import { clockOf } from '../times.ts'
import { recording as words } from './recorder-texts.ts'
import type { RecordingState } from './session.ts'

type Props = {
  readonly state: Pick<RecordingState, 'phase' | 'levels' | 'elapsedMs'>
  readonly limitMs: number
}

const BARS = 48

/** Whether it records, how loud it is, and for how long: what is recorded is seen. */
export function Meter({ state, limitMs }: Props): JSX.Element {
  const { phase, levels, elapsedMs } = state
  const isOn = phase === 'recording' || phase === 'paused' || phase === 'ending'
  return (
    <div class="meter">
      <p class="lamp">{lampOf(phase)}</p>
      <Bars levels={isOn ? levels : []} />
      <p class="clock">
        <strong>{clockOf(elapsedMs)}</strong> / {clockOf(limitMs)}
      </p>
    </div>
  )
}

function lampOf(phase: RecordingState['phase']): string {
  if (phase === 'recording') return words.on
  return phase === 'paused' ? words.paused : words.ready
}

/** A picture of loudness, newest at the end; quiet dots where nothing has been said yet. */
export function Bars({ levels }: { levels: readonly number[] }): JSX.Element {
  const first = BARS - levels.length
  return (
    <svg class="bars" viewBox={`0 0 ${BARS * 4} 40`} preserveAspectRatio="none" aria-hidden="true">
      {Array.from({ length: first }, (_, index) => (
        <rect key={index} class="quiet" x={index * 4} y="19" width="2.5" height="2" rx="1" />
      ))}
      {levels.map((level, index) => {
        const height = 2 + level * 36
        return (
          <rect
            key={first + index}
            x={(first + index) * 4}
            y={20 - height / 2}
            width="2.5"
            height={height}
            rx="1.2"
          />
        )
      })}
    </svg>
  )
}
