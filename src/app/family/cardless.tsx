import type { JSX } from 'preact'
import { hasCard } from '../../client/cards.ts'
import { texts } from '../texts.ts'
import { Link } from '../ui/link.tsx'
import { useLive } from '../ui/use-live.ts'

/** Tells a guardian who has no recovery card that there could be one; nothing otherwise. */
export function Cardless(): JSX.Element | null {
  const { data } = useLive(hasCard, ['family'])
  if (data !== false) return null
  return (
    <section class="banner">
      <p>{texts.card.none}</p>
      <Link to="/settings" class="button">
        {texts.card.make}
      </Link>
    </section>
  )
}
