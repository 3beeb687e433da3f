import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { isForChild, type Message } from '../../client/messages.ts'
import type { MessageId } from '../../protocol/ids.ts'
import type { CloudPet } from '../../toy/cloudpets/cloudpets.ts'
import { asleep } from '../family/children-texts.ts'
import { clockAt } from '../family/clock.ts'
import { sleeperOf, type Sleeper } from '../family/sleeping.ts'
import { Row } from '../messages/row.tsx'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { Confirm } from '../ui/confirm.tsx'
import { useApp } from '../ui/context.ts'
import { codeOf, Problem, type Trouble } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import { sendToToy } from './transfer.ts'
import { useStayOnPage } from './use-stay-on-page.ts'

const words = texts.toy

type Props = {
  readonly messages: readonly Message[]
  readonly child: string
  readonly pet: CloudPet | undefined
  readonly sleepers: readonly Sleeper[]
}

/** Kept here: a toy that went out of reach takes its button away, not what went wrong. */
type Failure = { readonly message: MessageId; readonly code: Trouble }

/** What was approved and is not in the toy yet. */
export function Ready({ messages, child, pet, sleepers }: Props): JSX.Element {
  const [done, setDone] = useState('')
  const [failed, setFailed] = useState<Failure | undefined>(undefined)
  const fail = (message: MessageId, code: Trouble | undefined): void =>
    setFailed(code && { message, code })
  const ready = messages.filter((message) => isForChild(message) && message.state === 'approved')
  const sent = (lit: boolean): void => {
    const said = lit ? words.sent : words.unlit
    setDone(said)
    announce(said)
  }
  return (
    <section>
      <h2>{words.ready}</h2>
      {done !== '' && <p class="good">{done}</p>}
      <p class="small">{ready.length === 0 ? words.none : words.keeps}</p>
      <ul class="messages">
        {ready.map((message) => (
          <Row key={message.message} message={message} child={child} reader="guardian">
            {message.message === failed?.message && <Problem code={failed.code} />}
            {pet && (
              <Send
                message={message}
                pet={pet}
                sleeper={sleeperOf(message, sleepers)}
                onSent={sent}
                onFailed={fail}
              />
            )}
          </Row>
        ))}
      </ul>
    </section>
  )
}

type SendProps = {
  readonly message: Message
  readonly pet: CloudPet
  /** For whom it is, while they sleep. */
  readonly sleeper: Sleeper | undefined
  readonly onSent: (lit: boolean) => void
  readonly onFailed: (message: MessageId, code: Trouble | undefined) => void
}

function Send({ message: voice, pet, sleeper, onSent, onFailed }: SendProps): JSX.Element {
  const { message } = voice
  const { client } = useApp()
  const [percent, setPercent] = useState(0)
  const stopping = useRef(new AbortController())
  const send = useAction(async () => {
    stopping.current = new AbortController()
    onFailed(message, undefined)
    const options = { onPercent: setPercent, signal: stopping.current.signal }
    try {
      onSent(await sendToToy(client, pet, voice, options))
    } catch (error) {
      // Stopped by the person: nothing went wrong.
      if (!stopping.current.signal.aborted) onFailed(message, codeOf(error))
    }
  })
  useStayOnPage(send.busy)
  if (!send.busy && sleeper) return <Asleep sleeper={sleeper} onSend={() => void send.run()} />
  if (!send.busy) {
    return (
      <button type="button" class="button primary" onClick={() => void send.run()}>
        {words.send}
      </button>
    )
  }
  return (
    <div class="progress">
      <progress max="100" value={percent} aria-label={words.send} />
      <span class="small">{words.sending(percent)}</span>
      <button type="button" class="button" onClick={() => stopping.current.abort()}>
        {words.stop}
      </button>
    </div>
  )
}

type AsleepProps = { readonly sleeper: Sleeper; readonly onSend: () => void }

/** While the child sleeps it is asked whether the morning is not early enough. */
function Asleep({ sleeper: { name, until, zone }, onSend }: AsleepProps): JSX.Element {
  const called = name || texts.family.child
  const [asking, setAsking] = useState(false)
  return (
    <div class="asleep">
      <p>
        <strong>{asleep.until(called, clockAt(until, zone))}</strong> {asleep.morning}
      </p>
      <p class="small">{asleep.hint}</p>
      <button type="button" class="button quiet" onClick={() => setAsking(true)}>
        {asleep.anyway}
      </button>
      {asking && (
        <Confirm
          question={asleep.sure(called)}
          detail={asleep.detail}
          yes={asleep.yes}
          onYes={onSend}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}
