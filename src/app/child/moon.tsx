import type { JSX } from 'preact'
import { Star } from './pictures.tsx'

const RADIUS = 44
const [TOP, BOTTOM] = [50 - RADIUS, 50 + RADIUS]

/** The moon with so much of it lit, 0 to 1: a sickle, a half, a full one. Large, it has a face. */
export function Phase({ part, face }: { part: number; face?: 'awake' | 'asleep' }): JSX.Element {
  return (
    <svg class="phase" viewBox="0 0 100 100" aria-hidden="true">
      <circle cx="50" cy="50" r={RADIUS} class="moon-lit" />
      {face && <Face asleep={face === 'asleep'} />}
      {part < 1 && <path d={darkPath(Math.max(0.05, part))} class="moon-dark" />}
      <circle cx="50" cy="50" r={RADIUS} class="moon-edge" />
    </svg>
  )
}

function Face({ asleep }: { asleep: boolean }): JSX.Element {
  return (
    <>
      <g fill="#f4bd6c" opacity="0.55">
        <circle cx="30" cy="60" r="6" />
        <circle cx="70" cy="60" r="6" />
      </g>
      <g fill="none" stroke="#7a5410" stroke-width="2.6" stroke-linecap="round">
        <path d={asleep ? 'M30 48q5 5 10 0M60 48q5 5 10 0' : 'M30 50q5 -5 10 0M60 50q5 -5 10 0'} />
        <path d={asleep ? 'M44 66q6 4 12 0' : 'M41 63q9 10 18 0'} />
      </g>
    </>
  )
}

/** The dark part: half a circle on the left, and half an ellipse that adds to it or takes away. */
function darkPath(part: number): string {
  const width = Math.abs(1 - 2 * part) * RADIUS
  const isSickle = part < 0.5
  const back = `A${width.toFixed(2)} ${RADIUS} 0 0 ${isSickle ? 0 : 1} 50 ${TOP}`
  return `M50 ${TOP}A${RADIUS} ${RADIUS} 0 0 0 50 ${BOTTOM}${back}z`
}

const STARS = [
  [12, 14, 2.2],
  [84, 10, 3],
  [92, 46, 1.8],
  [8, 62, 2.6],
  [24, 90, 1.8],
  [78, 86, 2.4],
  [48, 5, 1.6],
] as const

/** What twinkles around it. */
export function Stars(): JSX.Element {
  return (
    <svg class="stars" viewBox="0 0 100 100" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
      {STARS.map(([x, y, size]) => (
        <Star key={x} x={x} y={y} size={size} />
      ))}
    </svg>
  )
}
