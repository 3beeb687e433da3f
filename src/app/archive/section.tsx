import type { JSX } from 'preact'
import { Link } from '../ui/link.tsx'
import { archive as words } from './archive-texts.ts'

const PLACES = [
  ['/settings/archive', words.toTake],
  ['/settings/bring', words.toBring],
  ['/settings/keepsakes', words.toKeepsakes],
  ['/settings/leave', words.toLeave],
] as const

/** The ways to what belongs to the family: out, in, and away. */
export function VoicesSection(): JSX.Element {
  return (
    <section>
      <h2>{words.section}</h2>
      <p>{words.sectionSays}</p>
      <div class="places">
        {PLACES.map(([to, label]) => (
          <Link key={to} to={to} class="place">
            {label}
          </Link>
        ))}
      </div>
    </section>
  )
}
