import type { JSX } from 'preact'

/** The signs of the page and of the printed sheet: one each, large, without letters. */

export function Microphone(): JSX.Element {
  return (
    <svg viewBox="0 0 48 48" aria-hidden="true">
      <rect x="17" y="4" width="14" height="24" rx="7" />
      <path class="stroke" d="M11 22a13 13 0 0 0 26 0M24 35v8M16 43h16" />
    </svg>
  )
}

export function Square(): JSX.Element {
  return (
    <svg viewBox="0 0 48 48" aria-hidden="true">
      <rect x="11" y="11" width="26" height="26" rx="5" />
    </svg>
  )
}

export function Speaker({ on }: { on: boolean }): JSX.Element {
  return (
    <svg viewBox="0 0 48 48" aria-hidden="true">
      {on ? (
        <path d="M13 9h8v30h-8zM27 9h8v30h-8z" />
      ) : (
        <path d="M14 7v34l27-17z" stroke-linejoin="round" />
      )}
    </svg>
  )
}

export function Arrow(): JSX.Element {
  return (
    <svg viewBox="0 0 48 48" aria-hidden="true">
      <path class="stroke" d="M24 42V8M9 22 24 7l15 15" />
    </svg>
  )
}

export function Round(): JSX.Element {
  return (
    <svg viewBox="0 0 48 48" aria-hidden="true">
      <path class="stroke" d="M38 16a16.500 16.500 0 1 0 2.500 11M39 6v11H28" />
    </svg>
  )
}

export function Camera(): JSX.Element {
  return (
    <svg viewBox="0 0 96 72" aria-hidden="true">
      <rect class="stroke" x="6" y="4" width="38" height="64" rx="7" />
      <path class="stroke" d="M14 22v-6h6M36 22v-6h-6M14 50v6h6M36 50v6h-6M22 30h6v6h-6z" />
      <path d="M60 16h12v12H60zM80 16h12v12H80zM60 36h12v12H60zM80 36h5v5h-5zM87 43h5v5h-5z" />
    </svg>
  )
}

/** A heart that has left: it is on its way. */
export function Gone(): JSX.Element {
  return (
    <svg class="gone" viewBox="0 0 48 48" aria-hidden="true">
      <path d="M24 41C10 31 5 24 5 16.500 5 10 10 6 15 6c4 0 7 2 9 5.500C26 8 29 6 33 6c5 0 10 4 10 10.500C43 24 38 31 24 41z" />
    </svg>
  )
}
