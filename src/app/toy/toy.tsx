import type { JSX } from 'preact'
import { loudestNow } from '../family/sleeping.ts'
import { useSleepers } from '../family/use-sleepers.ts'
import { mail } from '../messages/mail.ts'
import { useValue } from '../platform/value.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { connect, connection, disconnect, stateWords } from './connection.ts'
import { Controls } from './controls.tsx'
import { Paw } from './paw.tsx'
import { Ready } from './ready.tsx'
import { ToyShelf } from './shelf.tsx'

const words = texts.toy

/** The toy at hand: connect it, put messages into it, set its volume. */
export function ToyScreen(): JSX.Element {
  const now = useValue(connection)
  const { data } = useLive(mail, ['messages', 'outbox', 'family'])
  const child = data?.child ?? ''
  const sleepers = useSleepers()
  const pet = now.step === 'connected' ? now.pet : undefined
  return (
    <Screen title={words.title}>
      <Connect />
      {data && <Ready messages={data.all} child={child} pet={pet} sleepers={sleepers} />}
      {now.step === 'connected' && <Paw pet={now.pet} state={now.state} child={child} />}
      {now.step === 'connected' && (
        <Controls pet={now.pet} state={now.state} loudest={loudestNow(sleepers)} />
      )}
      {now.step === 'connected' && (
        <ToyShelf pet={now.pet} state={now.state} child={child} sleepers={sleepers} />
      )}
      <section>
        <Link to="/record/child" class="button wide">
          {words.answer(child)}
        </Link>
      </section>
      <p class="small">{words.warning}</p>
    </Screen>
  )
}

function Connect(): JSX.Element {
  const now = useValue(connection)
  const start = useAction(async () => {
    await connect()
    const reached = connection.get()
    if (reached.step === 'connected') announce(words.connected(reached.pet.name))
  })
  if (!('bluetooth' in navigator)) return <p class="lead">{words.missing}</p>
  if (now.step === 'connected') {
    return (
      <section class="banner">
        <p>
          <strong>{words.connected(now.pet.name)}</strong>
          <span class="small" role="status">
            {stateWords(now.state)}
          </span>
        </p>
        <button type="button" class="button" onClick={() => void disconnect()}>
          {words.disconnect}
        </button>
      </section>
    )
  }
  return (
    <section>
      <p class="lead">{words.lead}</p>
      {now.step === 'gone' && <p role="status">{words.gone}</p>}
      <Problem code={start.problem} />
      <button
        type="button"
        class="button primary wide"
        aria-disabled={start.busy}
        onClick={() => void start.run()}
      >
        {start.busy ? words.connecting : words.connect}
      </button>
    </section>
  )
}
