import type { JSX } from 'preact'
import { Listed } from '../account/listed.tsx'
import { texts } from '../texts.ts'
import { Alarm } from '../ui/alarm.tsx'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { DraftBanner } from './draft-banner.tsx'
import { mail } from './mail.ts'
import { Recorder } from './recorder/recorder.tsx'
import { Row } from './row.tsx'

const TO_CHILD = { author: 'sender', to: 'child' } as const

/** A relative's one screen: the child's name, one big button, and what was said. */
export function RelativeHome(): JSX.Element {
  const { data, problem } = useLive(mail, ['messages', 'outbox', 'family'])
  if (!data) return problem ? <Problem code={problem} /> : <Wait />
  const { child, all } = data
  return (
    <Screen title={texts.messages.title(child)}>
      <Alarm />
      <Listed />
      <Recorder address={TO_CHILD} name={child} />
      <DraftBanner child={child} except={TO_CHILD} />
      <section>
        <h2>{texts.messages.thread}</h2>
        <Problem code={problem} />
        {all.length === 0 && <p class="small">{texts.messages.none}</p>}
        <ul class="messages">
          {all.map((message) => (
            <Row key={message.message} message={message} child={child} reader="relative" />
          ))}
        </ul>
      </section>
      <footer class="foot">
        <Link to="/record/sender/household" class="button quiet">
          {texts.record.toHousehold}
        </Link>
        <Link to="/settings" class="button quiet">
          {texts.menu.settings}
        </Link>
      </footer>
    </Screen>
  )
}
