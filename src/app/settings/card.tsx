import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { hasCard, replaceCard } from '../../client/cards.ts'
import { TypedCardToPasskey } from '../family/card-passkey.tsx'
import { texts } from '../texts.ts'
import { Confirm } from '../ui/confirm.tsx'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'

const words = texts.card

/**
 * A guardian's recovery card: whether there is one, and a way to a new one, which is then shown before
 * all else. Nothing for a relative.
 */
export function Card(): JSX.Element | null {
  const { client } = useApp()
  const { data: has } = useLive(hasCard, ['family'])
  const [asking, setAsking] = useState(false)
  const make = useAction(() => replaceCard(client))
  if (has === undefined) return null
  const label = has ? words.replace : words.make
  return (
    <section>
      <h2>{words.settings}</h2>
      <p>{has ? words.there : words.none}</p>
      {has && <p class="small">{words.replaceHint}</p>}
      <Problem code={make.problem} />
      <button
        type="button"
        class="button"
        aria-disabled={make.busy}
        onClick={() => (has ? setAsking(true) : void make.run())}
      >
        {make.busy ? texts.app.moment : label}
      </button>
      {has && <TypedCardToPasskey />}
      {asking && (
        <Confirm
          question={words.replaceSure}
          detail={words.replaceDetail}
          yes={words.replaceYes}
          onYes={() => void make.run()}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}
