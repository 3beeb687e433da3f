import type { JSX } from 'preact'

/** The pictures on the child's screen that are no animals. Decoration: their buttons have the names. */

type Props = { readonly class?: string }

export function House(): JSX.Element {
  return (
    <svg viewBox="0 0 64 64" aria-hidden="true">
      <path
        d="M8 32 32 10l24 22"
        fill="none"
        stroke="#a8432a"
        stroke-width="7"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
      <path d="M15 31v23h34V31L32 16z" fill="#fbe3c8" />
      <path d="M27 54V41q0 -5 5 -5t5 5v13z" fill="#a8432a" />
    </svg>
  )
}

export function Padlock(): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M7.5 11V8a4.5 4.5 0 0 1 9 0v3" fill="none" stroke="currentColor" stroke-width="2" />
      <rect x="5" y="11" width="14" height="9" rx="2.5" />
    </svg>
  )
}

/** A heart that is a paw's ball, as on the toy: press it to speak. */
export function HeartPaw(props: Props): JSX.Element {
  return (
    <svg {...props} viewBox="60 80 392 370" aria-hidden="true">
      <ellipse cx="116" cy="226" rx="42" ry="55" transform="rotate(-26 116 226)" />
      <ellipse cx="202" cy="152" rx="45" ry="60" transform="rotate(-8 202 152)" />
      <ellipse cx="310" cy="152" rx="45" ry="60" transform="rotate(8 310 152)" />
      <ellipse cx="396" cy="226" rx="42" ry="55" transform="rotate(26 396 226)" />
      <path d="M256 440c-14 0-112-62-112-122 0-38 30-60 58-60 22 0 42 11 54 30 12-19 32-30 54-30 28 0 58 22 58 60 0 60-98 122-112 122z" />
    </svg>
  )
}

export function Heart(): JSX.Element {
  return (
    <svg class="heart" viewBox="0 0 100 92" aria-hidden="true">
      <path d="M50 90C44 90 3 62 3 31 3 13 16 3 29 3c9 0 17 5 21 13C54 8 62 3 71 3c13 0 26 10 26 28 0 31-41 59-47 59z" />
    </svg>
  )
}

export function Envelope(): JSX.Element {
  return (
    <svg class="envelope" viewBox="0 0 120 90" aria-hidden="true">
      <rect
        x="6"
        y="10"
        width="108"
        height="72"
        rx="10"
        fill="#fff6e8"
        stroke="#d9b48a"
        stroke-width="3"
      />
      <path
        d="M9 16l44 36q7 6 14 0l44-36"
        fill="none"
        stroke="#d9b48a"
        stroke-width="4"
        stroke-linejoin="round"
      />
      <path
        d="M60 66C57 66 45 58 45 49c0-5 4-8 8-8 3 0 6 2 7 4 1-2 4-4 7-4 4 0 8 3 8 8 0 9-12 17-15 17z"
        fill="#c4272c"
      />
    </svg>
  )
}

export function MoonFace(): JSX.Element {
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true">
      <circle cx="50" cy="50" r="49" fill="#34407a" />
      <path d="M62 17a35 35 0 1 0 21 47A29 29 0 0 1 62 17z" fill="#ffdf8e" />
      <path
        d="M37 52q4 4 8 0M42 65q5 4 9 0"
        fill="none"
        stroke="#8a6414"
        stroke-width="2.6"
        stroke-linecap="round"
      />
      <Star x={72} y={36} size={8} />
      <Star x={84} y={56} size={4.5} />
    </svg>
  )
}

export function Star({ x, y, size }: { x: number; y: number; size: number }): JSX.Element {
  const points = Array.from({ length: 10 }, (_, corner) => {
    const reach = corner % 2 === 0 ? size : size * 0.48
    const turn = (corner * Math.PI) / 5 - Math.PI / 2
    return `${(x + reach * Math.cos(turn)).toFixed(1)},${(y + reach * Math.sin(turn)).toFixed(1)}`
  })
  return (
    <polygon
      points={points.join(' ')}
      fill="#ffe9ae"
      stroke="#ffe9ae"
      stroke-width="1.5"
      stroke-linejoin="round"
    />
  )
}

/** The books that stand on the shelf, for the button that leads there. */
export function Books(): JSX.Element {
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true">
      <circle cx="50" cy="50" r="49" fill="#b9dcc0" />
      <rect x="24" y="27" width="15" height="48" rx="3" fill="#c75b3f" />
      <rect x="40" y="33" width="13" height="42" rx="3" fill="#3f7c8f" />
      <rect
        x="56"
        y="29"
        width="16"
        height="47"
        rx="3"
        fill="#e3a13a"
        transform="rotate(9 64 52)"
      />
      <path d="M24 37h15M24 65h15M40 42h13M40 67h13" stroke="#fff6e8" stroke-width="2.5" />
      <rect x="17" y="75" width="66" height="6" rx="3" fill="#7a5233" />
    </svg>
  )
}

/** Four paws, for the button that leads to the game. */
export function Paws(): JSX.Element {
  const places = [
    [30, 32, '#c75b3f'],
    [70, 32, '#3f7c8f'],
    [30, 70, '#6b9e3f'],
    [70, 70, '#8d5aa5'],
  ] as const
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true">
      <circle cx="50" cy="50" r="49" fill="#f6d9a8" />
      {places.map(([x, y, colour]) => (
        <g key={colour} fill={colour} transform={`translate(${x} ${y})`}>
          <ellipse cx="0" cy="5" rx="9" ry="7.5" />
          <ellipse cx="-10" cy="-4" rx="3.6" ry="4.6" />
          <ellipse cx="-3.6" cy="-9" rx="3.6" ry="4.8" />
          <ellipse cx="3.6" cy="-9" rx="3.6" ry="4.8" />
          <ellipse cx="10" cy="-4" rx="3.6" ry="4.6" />
        </g>
      ))}
    </svg>
  )
}

/** A box, something that leaves it, and an eye: a grown-up has copied the voices. */
export function CopiedOut(): JSX.Element {
  return (
    <svg viewBox="0 0 100 64" aria-hidden="true">
      <path d="M8 30h44v26q0 4 -4 4H12q-4 0 -4 -4z" fill="#c79256" />
      <path d="M4 24q0 -3 3 -3h46q3 0 3 3v7H4z" fill="#dba96b" />
      <path
        d="M30 40V10M20 18 30 7l10 11"
        fill="none"
        stroke="#2c6a3e"
        stroke-width="6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
      <path
        d="M60 40q17 -20 34 0 -17 20 -34 0z"
        fill="#fff"
        stroke="#3a2a22"
        stroke-width="3"
        stroke-linejoin="round"
      />
      <circle cx="77" cy="40" r="6.5" fill="#3f7c8f" />
      <circle cx="77" cy="40" r="3" fill="#3a2a22" />
    </svg>
  )
}

/** The sign of something one can listen to. */
export function SoundWaves({ level = 3 }: { level?: number }): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M4 9.500v5h3.500L12 19V5L7.5 9.500z" />
      <g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">
        {level > 1 && <path d="M15 9.500q2 2.5 0 5" />}
        {level > 2 && <path d="M18 7q4 5 0 10" />}
      </g>
    </svg>
  )
}

export function MoreArrow(): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path
        class="onward"
        d="M9 5l7 7 -7 7"
        fill="none"
        stroke="currentColor"
        stroke-width="3.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}
