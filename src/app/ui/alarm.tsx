import type { JSX } from 'preact'
import { unseenRefusals } from '../../client/alarms.ts'
import { texts } from '../texts.ts'
import { Link } from './link.tsx'
import { useLive } from './use-live.ts'

const words = texts.refused

/** Says that something was refused that nobody has looked at yet; nothing otherwise. */
export function Alarm(): JSX.Element | null {
  const { data = 0 } = useLive(unseenRefusals, ['alarms'])
  if (data === 0) return null
  return (
    <section class="banner alarm" role="alert">
      <h2>{words.banner}</h2>
      <p>{words.bannerSays}</p>
      <Link to="/settings/refused" class="button">
        {words.look}
      </Link>
    </section>
  )
}
