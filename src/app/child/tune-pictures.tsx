import type { JSX } from 'preact'
import { Star } from './pictures.tsx'
import type { Tune } from './tunes.ts'

/** A cradle, a star, and a moon with a lantern: what the tunes are about. */
export function TunePicture({ name }: Pick<Tune, 'name'>): JSX.Element {
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true">
      {name === 'star' && <Star x={50} y={52} size={38} />}
      {name === 'cradle' && <Cradle />}
      {name === 'moon' && <Sickle />}
    </svg>
  )
}

function Cradle(): JSX.Element {
  return (
    <>
      <path d="M18 40h64l-8 32H26z" fill="#c98f5a" />
      <path
        d="M14 78q36 18 72 0"
        fill="none"
        stroke="#8a5a33"
        stroke-width="6"
        stroke-linecap="round"
      />
      <path d="M30 72l-4 10M70 72l4 10" stroke="#8a5a33" stroke-width="5" stroke-linecap="round" />
      <path d="M24 44q26 -16 52 0l-3 12H27z" fill="#f4c8bd" />
      <circle cx="36" cy="37" r="10" fill="#f7dcc0" />
      <path
        d="M32 38q2 2 4 0M38 38q2 2 4 0"
        fill="none"
        stroke="#6b4a35"
        stroke-width="1.800"
        stroke-linecap="round"
      />
      <path
        d="M18 40Q16 18 34 20"
        fill="none"
        stroke="#c98f5a"
        stroke-width="7"
        stroke-linecap="round"
      />
    </>
  )
}

function Sickle(): JSX.Element {
  return (
    <>
      <path d="M64 14a38 38 0 1 0 22 50A31 31 0 0 1 64 14z" fill="#ffdf8e" />
      <Star x={76} y={30} size={10} />
      <path
        d="M38 52q4 4 8 0"
        fill="none"
        stroke="#8a6414"
        stroke-width="2.800"
        stroke-linecap="round"
      />
      <path
        d="M46 66q4 4 9 0"
        fill="none"
        stroke="#8a6414"
        stroke-width="2.800"
        stroke-linecap="round"
      />
    </>
  )
}
