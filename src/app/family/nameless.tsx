import type { JSX } from 'preact'
import { childName } from '../../client/children.ts'
import { texts } from '../texts.ts'
import { Link } from '../ui/link.tsx'
import { useLive } from '../ui/use-live.ts'

/** Asks a guardian for the names where a lost phone took them along; nothing otherwise. */
export function Nameless(): JSX.Element | null {
  const { data } = useLive(childName, ['family', 'messages'])
  if (data !== '') return null
  return (
    <section class="banner">
      <p>{texts.family.nameless}</p>
      <Link to="/family/names" class="button">
        {texts.family.rename}
      </Link>
    </section>
  )
}
