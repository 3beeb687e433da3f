import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { dropKeepsake, keepsakes, keepsakeSound, type Keepsake } from '../../client/keepsakes.ts'
import { Play } from '../messages/play.tsx'
import { dayOf } from '../messages/times.ts'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { Removal } from '../ui/removal.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'
import { archive as words } from './archive-texts.ts'

/** So many are drawn at first, and with every wish for more. */
const AT_ONCE = 50

/** The voices out of archives, apart from the family's messages. */
export function Keepsakes(): JSX.Element {
  const { data, problem } = useLive(keepsakes, ['messages', 'outbox'])
  const [shown, setShown] = useState(AT_ONCE)
  const all = data ?? []
  return (
    <Screen title={words.keepsakesTitle} back="/settings/data">
      <p class="lead">{data?.length === 0 ? words.keepsakesNone : words.keepsakesLead}</p>
      <Problem code={problem} />
      <ul class="messages">
        {all.slice(0, shown).map((one) => (
          <Row key={one.message} one={one} />
        ))}
      </ul>
      {all.length > shown && (
        <button type="button" class="button wide" onClick={() => setShown(shown + AT_ONCE)}>
          {words.keepsakesMore}
        </button>
      )}
    </Screen>
  )
}

function Row({ one }: { one: Keepsake }): JSX.Element {
  const { client } = useApp()
  const who = words.fromTo(one.from || words.somebody, one.to)
  return (
    <li class="message">
      <p class="who">
        <strong>{who}</strong>
      </p>
      <p class="small">{dayOf(one.at, Date.now())}</p>
      <Play
        id={one.message}
        label={who}
        durationMs={one.durationMs}
        load={async () => (await keepsakeSound(client, one.message)).sound}
      />
      <Removal
        label={words.drop}
        question={words.dropSure}
        detail={words.dropDetail}
        yes={words.dropYes}
        work={() => dropKeepsake(client, one.message)}
      />
    </li>
  )
}
