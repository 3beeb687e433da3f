import type { JSX } from 'preact'
import { waysIn, type WaysIn } from '../../client/ways.ts'
import { texts } from '../texts.ts'
import { Link } from '../ui/link.tsx'
import { useLive } from '../ui/use-live.ts'
import { phones as words } from './phones-texts.ts'

/**
 * A guardian's home says so while there is one way to everything, or no recovery card; nothing
 * otherwise.
 */
export function OneWay(): JSX.Element | null {
  const { data } = useLive(waysIn, ['family'])
  if (!data || !data.isGuardian || (data.hasCard && data.ways > 1)) return null
  return (
    <section class="banner">
      <p>{saidOf(data)}</p>
      <div class="buttons">
        {!data.hasCard && (
          <Link to="/settings" class="button">
            {texts.card.make}
          </Link>
        )}
        {data.ways === 1 && (
          <Link to="/settings/add-phone" class="button">
            {words.add}
          </Link>
        )}
      </div>
    </section>
  )
}

function saidOf({ ways }: WaysIn): string {
  return ways === 1 ? words.oneWay : texts.card.none
}

/** The settings' part about one's own phones. */
export function PhonesSection(): JSX.Element {
  const { data } = useLive(waysIn, ['family'])
  const isOnly = data?.isGuardian ? data.ways === 1 : data?.devices === 1
  return (
    <section>
      <h2>{words.settings}</h2>
      <p>{words.settingsSays}</p>
      {isOnly && <p class="warning">{data?.isGuardian ? words.oneWay : words.oneWayRelative}</p>}
      <Link to="/settings/phones" class="button">
        {words.open}
      </Link>
    </section>
  )
}
