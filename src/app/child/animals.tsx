import type { JSX } from 'preact'
import type { FaceProps, Mood } from './face-parts.tsx'
import { Cat, Fox, Owl, Rabbit } from './faces-of-the-wood.tsx'
import { Bear, Elephant, Frog, Lion, Panda } from './faces-from-afar.tsx'

/** Drawn faces: a child who cannot read knows grandma by her fox. All of them our own drawings. */

type Props = {
  /** The number of the animal; any other number stands for the bear, which is nobody's. */
  readonly kind: number
  readonly mood?: Mood
}

/** An animal's face, on a round ground of its own colour. Decoration: its button has the name. */
export function Animal({ kind, mood = 'calm' }: Props): JSX.Element {
  const Face = FACES[kind] ?? Bear
  return (
    <svg
      class={`animal ground-${FACES[kind] ? kind : 'bear'} ${mood}`}
      viewBox="0 0 100 100"
      aria-hidden="true"
    >
      <circle class="backdrop" cx="50" cy="50" r="49" />
      <g class="head">
        <Face mood={mood} />
      </g>
    </svg>
  )
}

const FACES: Readonly<Record<number, (props: FaceProps) => JSX.Element>> = {
  0: Fox,
  1: Rabbit,
  2: Owl,
  3: Cat,
  4: Lion,
  5: Frog,
  6: Panda,
  7: Elephant,
}
