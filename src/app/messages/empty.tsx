import type { ComponentChildren, JSX } from 'preact'

/** A letter box with a paw on its flag, and nothing in it: with the words below. */
export function Empty({
  says,
  children,
}: {
  says: string
  children?: ComponentChildren
}): JSX.Element {
  return (
    <div class="empty">
      <svg viewBox="0 0 160 120" aria-hidden="true">
        <path class="ground" d="M12 112h136v3H12z" />
        <path class="post" d="M74 74h12v38H74z" />
        <path
          class="box"
          d="M48 26h64c13 0 22 10 22 22v26a4 4 0 0 1-4 4H30a4 4 0 0 1-4-4V48c0-12 9-22 22-22z"
        />
        <path class="mouth" d="M48 32c9 0 16 7 16 16v24H32V48c0-9 7-16 16-16z" />
        <path class="slit" d="M78 50h40v6H78z" />
        <path class="flag" d="M126 48V14h20v16h-14v18z" />
        <g class="pad">
          <ellipse cx="48" cy="58" rx="7" ry="6" />
          <circle cx="39" cy="50" r="3" />
          <circle cx="45" cy="45.5" r="3" />
          <circle cx="52" cy="45.5" r="3" />
          <circle cx="57.5" cy="50" r="3" />
        </g>
      </svg>
      <p>{says}</p>
      {children}
    </div>
  )
}
