import type { ComponentChildren, JSX } from 'preact'

/** What the drawn faces have in common. */

export const INK = '#3a2a22'
const BLUSH = '#f2a08a'

export type Mood = 'calm' | 'talking' | 'asleep'
export type FaceProps = { readonly mood: Mood }

export function Eyes({
  mood,
  x = 14,
  y = 50,
}: FaceProps & { x?: number; y?: number }): JSX.Element {
  const places = [50 - x, 50 + x]
  if (mood === 'asleep') {
    return (
      <g fill="none" stroke={INK} stroke-width="2.6" stroke-linecap="round">
        {places.map((at) => (
          <path key={at} d={`M${at - 5} ${y}q5 5 10 0`} />
        ))}
      </g>
    )
  }
  return (
    <g class="eyes">
      {places.map((at) => (
        <g key={at}>
          <ellipse cx={at} cy={y} rx="4.2" ry="5" fill={INK} />
          <circle cx={at + 1.5} cy={y - 1.8} r="1.5" fill="#fff" />
        </g>
      ))}
    </g>
  )
}

/** Closed, a smile; open while its person speaks. */
export function Mouth({ mood, y = 68 }: FaceProps & { y?: number }): JSX.Element {
  if (mood === 'talking') {
    return (
      <g class="muzzle">
        <path d={`M42 ${y}q8 14 16 0z`} fill="#7c2d25" />
        <path d={`M46 ${y + 5}q4 4 8 0q-4 -3.5 -8 0z`} fill="#f08a80" />
      </g>
    )
  }
  return (
    <path
      d={`M50 ${y - 3}v3M50 ${y}q-4 5 -8 1M50 ${y}q4 5 8 1`}
      fill="none"
      stroke={INK}
      stroke-width="2.2"
      stroke-linecap="round"
    />
  )
}

export function Cheeks({ y = 62, x = 23 }: { y?: number; x?: number }): JSX.Element {
  return (
    <g fill={BLUSH} opacity="0.55">
      <ellipse cx={50 - x} cy={y} rx="5" ry="3.6" />
      <ellipse cx={50 + x} cy={y} rx="5" ry="3.6" />
    </g>
  )
}

/** What is on both sides: drawn once, mirrored. */
export function Pair({ children }: { children: ComponentChildren }): JSX.Element {
  return (
    <>
      {children}
      <g transform="translate(100 0) scale(-1 1)">{children}</g>
    </>
  )
}
