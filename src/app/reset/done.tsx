import type { JSX } from 'preact'
import { Link } from '../ui/link.tsx'
import { reset as words } from './reset-texts.ts'

/** What was done behind a mailed link, and the way on: signing in. */
export function Done({ says }: { says: string }): JSX.Element {
  return (
    <>
      <p class="good">{says}</p>
      <Link to="/" class="button primary">
        {words.signIn}
      </Link>
    </>
  )
}
