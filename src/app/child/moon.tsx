import type { JSX } from 'preact'

const RADIUS = 40

/** The moon with so much of it lit, 0 to 1: a sickle, a half, a full one. */
export function Phase({ part, asleep }: { part: number; asleep: boolean }): JSX.Element {
  return (
    <svg class="phase" viewBox="0 0 100 100" aria-hidden="true">
      <circle cx="50" cy="50" r={RADIUS} class="moon-dark" />
      <path d={litPath(Math.max(0.04, Math.min(1, part)))} class="moon-lit" />
      {asleep && (
        <path
          d="M40 54q4 4 8 0M56 54q4 4 8 0M46 66q6 4 11 0"
          fill="none"
          stroke="#8a6414"
          stroke-width="2.400"
          stroke-linecap="round"
          opacity="0.75"
        />
      )}
    </svg>
  )
}

/** The lit part: half a circle on the right, and half an ellipse that takes away from it or adds. */
function litPath(part: number): string {
  const width = Math.abs(1 - 2 * part) * RADIUS
  const isSickle = part < 0.5
  const [top, bottom] = [50 - RADIUS, 50 + RADIUS]
  const back = `A${width.toFixed(2)} ${RADIUS} 0 0 ${isSickle ? 0 : 1} 50 ${top}`
  return `M50 ${top}A${RADIUS} ${RADIUS} 0 0 1 50 ${bottom}${back}z`
}
