import type { JSX } from 'preact'
import { texts } from '../texts.ts'
import { Link } from './link.tsx'
import { Paw } from './paw.tsx'

type Item = { readonly to: string; readonly label: string }

/** The main menu: at the thumb on a phone, on top elsewhere. */
export function Menu({ items, at }: { items: readonly Item[]; at: string }): JSX.Element {
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
        {items.map(({ to, label }) => (
          <Link key={to} to={to} class="menu-item" current={isAt(at, to)}>
            {label}
          </Link>
        ))}
      </nav>
    </>
  )
}

function isAt(at: string, to: string): boolean {
  return to === '/' ? at === '/' || at.startsWith('/record') : at.startsWith(to)
}
