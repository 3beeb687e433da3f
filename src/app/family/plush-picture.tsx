import type { JSX } from 'preact'
import type { Plush } from '../../protocol/message/kinds.ts'

const HEAD = 'M10 36a22 20 0 1 0 44 0a22 20 0 1 0-44 0'

type Drawn = { readonly ears: string; readonly inner?: string; readonly horn?: string }

const SHAPES: Readonly<Record<Plush, Drawn>> = {
  bear: {
    ears: 'M6 18a9 9 0 1 0 18 0a9 9 0 1 0-18 0M40 18a9 9 0 1 0 18 0a9 9 0 1 0-18 0',
    inner: 'M11 18a4 4 0 1 0 8 0a4 4 0 1 0-8 0M45 18a4 4 0 1 0 8 0a4 4 0 1 0-8 0',
  },
  cat: {
    ears: 'M11 32L10 8q0-2 2-1l17 12zM53 32L54 8q0-2-2-1L35 19z',
    inner: 'M14 22l-.6-9 7 5zM50 22l.6-9-7 5z',
  },
  dog: { ears: 'M17 20C4 15 0 30 3 45c1 6 9 4 11-2zM47 20c13-5 17 10 14 25-1 6-9 4-11-2z' },
  bunny: {
    ears: 'M22 22C12 14 12 0 18 0s11 10 10 20zM42 22C52 14 52 0 46 0s-11 10-10 20z',
    inner: 'M21 16c-4-5-4-11-2.5-11s4 5 4.5 10zM43 16c4-5 4-11 2.5-11s-4 5-4.5 10z',
  },
  unicorn: {
    ears: 'M12 30L9 13q0-2 2-1l12 8zM52 30l3-17q0-2-2-1l-12 8z',
    horn: 'M27 18L32 0l5 18z',
  },
}

/** A plush toy's face. Decoration: its name stands beside it. */
export function PlushPicture({ plush }: { plush: Plush }): JSX.Element {
  const { ears, inner, horn } = SHAPES[plush]
  return (
    <svg class={`plush plush-${plush}`} viewBox="0 0 64 60" aria-hidden="true">
      <path class="fur" d={ears} />
      {inner !== undefined && <path class="soft" d={inner} />}
      <path class="fur" d={HEAD} />
      {horn !== undefined && <path class="horn" d={horn} />}
      <ellipse class="soft" cx="32" cy="43" rx="11" ry="8.5" />
      <circle class="dark" cx="23" cy="33" r="2.6" />
      <circle class="dark" cx="41" cy="33" r="2.6" />
      <path class="dark" d="M28 39q4-2 8 0q-1 4-4 4t-4-4z" />
      <path class="line" d="M27 46q2.5 3 5 0q2.5 3 5 0" />
    </svg>
  )
}
