import type { JSX } from 'preact'
import { clockOf } from '../times.ts'

type Props = {
  readonly levels: readonly number[]
  readonly elapsedMs: number
  readonly limitMs: number
  readonly on: boolean
}

const BARS = 48

/** How loud it is, and for how long; empty while nothing is recorded. */
export function Meter({ levels, elapsedMs, limitMs, on }: Props): JSX.Element {
  return (
    <div class="meter">
      <Bars levels={on ? levels : []} />
      <p class="clock" aria-hidden={!on}>
        {on ? `${clockOf(elapsedMs)} / ${clockOf(limitMs)}` : '\u00a0'}
      </p>
    </div>
  )
}

/** A picture of loudness, newest to the right. */
export function Bars({ levels }: { levels: readonly number[] }): JSX.Element {
  const first = BARS - levels.length
  return (
    <svg class="bars" viewBox={`0 0 ${BARS * 4} 40`} preserveAspectRatio="none" aria-hidden="true">
      {levels.map((level, index) => {
        const height = 2 + level * 36
        return (
          <rect
            key={index}
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
