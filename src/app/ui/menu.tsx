import type { JSX } from 'preact'
import { texts } from '../texts.ts'
import { Link } from './link.tsx'
import { Paw } from './paw.tsx'

export type MenuItem = {
  readonly to: string
  readonly label: string
  /** How many wait there for a decision. */
  readonly waiting?: number
}

/** The main menu: at the thumb on a phone, on top elsewhere. */
export function Menu({ items, at }: { items: readonly MenuItem[]; at: string }): JSX.Element {
  return (
    <>
      <a href="#main" class="skip">
        {texts.app.skip}
      </a>
      <nav class="menu" aria-label={texts.app.menu}>
        <span class="brand">
          <Paw />
          {texts.app.name}
        </span>
        {items.map(({ to, label, waiting = 0 }) => (
          <Link key={to} to={to} class="menu-item" current={isAt(at, to)}>
            {label}
            {waiting > 0 && <span class="badge">{waiting}</span>}
          </Link>
        ))}
      </nav>
    </>
  )
}

function isAt(at: string, to: string): boolean {
  if (to !== '/') return at.startsWith(to)
  return at === '/' || /^\/(record|messages)\b/.test(at)
}
