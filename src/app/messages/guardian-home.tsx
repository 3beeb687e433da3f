import type { JSX } from 'preact'
import { Listed } from '../account/listed.tsx'
import { child as childsWords } from '../child/child-texts.ts'
import { Alone } from '../family/alone.tsx'
import { Nameless } from '../family/nameless.tsx'
import { Waiting, type Requests } from '../family/waiting.tsx'
import { OneWay } from '../phones/one-way.tsx'
import { texts } from '../texts.ts'
import { isForChild } from '../../client/messages.ts'
import { Alarm } from '../ui/alarm.tsx'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { DraftBanner } from './draft-banner.tsx'
import { Judge } from './judge.tsx'
import { mail } from './mail.ts'
import { Row } from './row.tsx'

const words = texts.messages

/** A guardian's home: what waits for a decision, what to say, and everything there is. */
export function GuardianHome({ requests }: Requests): JSX.Element {
  const { data, problem } = useLive(mail, ['messages', 'outbox', 'family'])
  if (!data) return problem ? <Problem code={problem} /> : <Wait />
  const { child, all } = data
  const waiting = all.filter(({ state }) => state === 'waiting')
  const rest = all.filter(({ state }) => state !== 'waiting')
  return (
    <Screen title={words.title(child)}>
      <Alarm />
      <Listed />
      <Waiting requests={requests} />
      <DraftBanner child={child} />
      <Nameless />
      <Alone />
      <OneWay />
      <Problem code={problem} />
      {waiting.length > 0 && (
        <section class="waiting">
          <h2>{words.waiting}</h2>
          <p class="small">{words.waitingHint(child)}</p>
          <ul class="messages">
            {waiting.map((message) => (
              <Row key={message.message} message={message} child={child} reader="guardian">
                <Judge message={message} />
              </Row>
            ))}
          </ul>
        </section>
      )}
      <Say child={child} />
      <section>
        <h2>{words.all}</h2>
        {rest.length === 0 && <p class="small">{words.none}</p>}
        <ul class="messages">
          {rest.map((message) => (
            <Row key={message.message} message={message} child={child} reader="guardian">
              {message.state === 'approved' && isForChild(message) && (
                <Link to="/toy" class="button">
                  {words.toToy}
                </Link>
              )}
            </Row>
          ))}
        </ul>
      </section>
    </Screen>
  )
}

function Say({ child }: { child: string }): JSX.Element {
  return (
    <section>
      <h2>{words.say}</h2>
      <div class="tiles">
        <Link to="/record/sender/child" class="tile main">
          {words.toChild(child)}
        </Link>
        <Link to="/record/child" class="tile">
          {words.answer(child)}
        </Link>
        <Link to="/record/sender" class="tile">
          {words.toPerson}
        </Link>
        <Link to="/child" class="tile">
          {childsWords.handOver.link}
        </Link>
      </div>
    </section>
  )
}
