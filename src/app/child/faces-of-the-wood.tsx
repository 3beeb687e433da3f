import type { JSX } from 'preact'
import { Cheeks, Eyes, INK, Mouth, Pair, type FaceProps } from './face-parts.tsx'

export function Fox({ mood }: FaceProps): JSX.Element {
  return (
    <>
      <Pair>
        <path d="M19 46 17 14q1 -3 4 -1l24 18z" fill="#e0752f" />
        <path d="M24 37 22 21l14 11z" fill="#5a3325" />
      </Pair>
      <path
        d="M50 28c19 0 34 12 35 26 0 6 -3 8 -8 12L56 84q-6 5 -12 0L23 66c-5 -4 -8 -6 -8 -12 1 -14 16 -26 35 -26z"
        fill="#ea8237"
      />
      <Pair>
        <path
          d="M15.5 55c8 -1 24 4 34.5 23v9q-3 0 -6 -3L23 66c-5 -4 -7.5 -6 -7.5 -11z"
          fill="#fff4e6"
        />
      </Pair>
      <Eyes mood={mood} />
      <ellipse cx="50" cy="70" rx="5.5" ry="4.2" fill={INK} />
      {mood === 'talking' && <path class="muzzle" d="M44 78q6 9 12 0z" fill="#7c2d25" />}
      <Cheeks y={60} x={25} />
    </>
  )
}

export function Rabbit({ mood }: FaceProps): JSX.Element {
  return (
    <>
      <Pair>
        <ellipse cx="36" cy="24" rx="9.5" ry="22" fill="#f3ebe6" transform="rotate(-8 36 24)" />
        <ellipse cx="36" cy="25" rx="4.6" ry="15" fill="#f4b3ab" transform="rotate(-8 36 25)" />
      </Pair>
      <ellipse cx="50" cy="60" rx="31" ry="28" fill="#fbf6f2" />
      <Eyes mood={mood} y={56} x={13} />
      <path
        d="M46 65h8l-4 4.500z"
        fill="#e98a86"
        stroke="#e98a86"
        stroke-width="2"
        stroke-linejoin="round"
      />
      <Mouth mood={mood} y={73} />
      {mood !== 'talking' && (
        <path d="M47 76h6v5.500q-3 1.5 -6 0z" fill="#fff" stroke="#d9ccc4" stroke-width="0.8" />
      )}
      <Cheeks y={68} x={21} />
    </>
  )
}

export function Owl({ mood }: FaceProps): JSX.Element {
  return (
    <>
      <path
        d="M50 22c8 0 12 -2 20 -9 3 8 13 18 13 40 0 20 -15 33 -33 33S17 73 17 53c0 -22 10 -32 13 -40 8 7 12 9 20 9z"
        fill="#8a5f45"
      />
      <path
        d="M50 58c10 0 20 6 20 14 -5 8 -12 12 -20 12s-15 -4 -20 -12c0 -8 10 -14 20 -14z"
        fill="#dcb790"
      />
      <Pair>
        <circle cx="35" cy="47" r="15.5" fill="#f8e9d3" />
      </Pair>
      <Eyes mood={mood} y={47} x={14} />
      <path
        d="M45 55h10l-5 9z"
        fill="#f2a33a"
        stroke="#f2a33a"
        stroke-width="2"
        stroke-linejoin="round"
      />
      {mood === 'talking' && <path class="muzzle" d="M46 66h8l-4 6z" fill="#c5762a" />}
      <path
        d="M42 73q3 3 6 0M52 73q3 3 6 0M47 79q3 3 6 0"
        fill="none"
        stroke="#8a5f45"
        stroke-width="2"
        stroke-linecap="round"
      />
    </>
  )
}

export function Cat({ mood }: FaceProps): JSX.Element {
  return (
    <>
      <Pair>
        <path d="M20 48 21 17q1 -3 4 -1l23 17z" fill="#7f8c9c" />
        <path d="M26 36l1 -12 11 9z" fill="#f0b6ae" />
      </Pair>
      <ellipse cx="50" cy="57" rx="33" ry="28" fill="#8f9cac" />
      <path
        d="M50 29v11M42 30l1.5 8M58 30l-1.5 8"
        stroke="#66727f"
        stroke-width="3.4"
        stroke-linecap="round"
      />
      <ellipse cx="50" cy="70" rx="16" ry="12" fill="#eef1f4" />
      <Eyes mood={mood} y={53} />
      <path
        d="M46 63h8l-4 4.500z"
        fill="#d9776f"
        stroke="#d9776f"
        stroke-width="2"
        stroke-linejoin="round"
      />
      <Mouth mood={mood} y={72} />
      <path
        d="M24 64l-13 -2M24 69l-12 3M76 64l13 -2M76 69l12 3"
        stroke={INK}
        stroke-width="1.5"
        stroke-linecap="round"
        opacity="0.6"
      />
      <Cheeks y={64} x={25} />
    </>
  )
}
