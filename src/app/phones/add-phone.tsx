import type { JSX } from 'preact'
import { useEffect, useId, useState } from 'preact/hooks'
import {
  addPhone,
  cancelPhone,
  letPhoneIn,
  phonePairing,
  type PhonePairing,
} from '../../client/pairing.ts'
import { navigate } from '../platform/router.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Copy } from '../ui/copy.tsx'
import { Digits } from '../ui/digits.tsx'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { Qr } from '../ui/qr.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { phones as words } from './phones-texts.ts'
import { calledBy, labelOf } from './this-device.ts'

const POLL_MS = 2_000
const LIST = '/settings/phones'

/** Shows a code to another phone of one's own, and lets it in when the digits are the same. */
export function AddPhone(): JSX.Element {
  const { client } = useApp()
  const [isIn, setIn] = useState(false)
  const begin = useAction(() => addPhone(client, labelOf(navigator.userAgent)))
  const seen = useLive(phonePairing, [], POLL_MS)
  const start = (): void => void begin.run().then(() => seen.reload())
  useEffect(start, [])
  useEffect(() => {
    if (seen.data?.state === 'done') setIn(true)
  }, [seen.data])
  const problem = begin.problem ?? seen.problem
  if (isIn) return <Done key="done" />
  if (!seen.data && !problem) return <Wait />
  if (!seen.data || seen.data.state === 'over') {
    return <Over key="over" problem={problem} busy={begin.busy} onAgain={start} />
  }
  if (seen.data.state === 'open') return <Shown key="open" link={seen.data.link} />
  if (seen.data.state === 'done') return <Wait />
  return <Asks key="asks" {...seen.data} onIn={() => setIn(true)} />
}

function Shown({ link }: { link: string }): JSX.Element {
  const { client } = useApp()
  const id = useId()
  const stop = useAction(async () => {
    await cancelPhone(client)
    navigate(LIST, { replace: true })
  })
  return (
    <Screen title={words.addTitle} back={LIST}>
      <p class="lead">{words.addLead}</p>
      <ol class="steps">
        {words.addSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Qr text={link} label={words.qr} />
      <div class="invitation">
        <label for={id} class="small">
          {words.link}
        </label>
        <input id={id} readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        <Copy text={link} label={words.copy} done={words.copied} />
      </div>
      <p class="small">{words.minutes}</p>
      <Problem code={stop.problem} />
      <button type="button" class="button quiet wide" onClick={() => void stop.run()}>
        {words.stop}
      </button>
    </Screen>
  )
}

type AsksProps = Extract<PhonePairing, { state: 'asks' }> & { readonly onIn: () => void }

function Asks({ digits, label, onIn }: AsksProps): JSX.Element {
  const { client } = useApp()
  useEffect(() => announce(words.asksTitle), [])
  const letIn = useAction(async () => {
    await letPhoneIn(client, digits)
    onIn()
  })
  const stop = useAction(async () => {
    await cancelPhone(client)
    navigate(LIST, { replace: true })
  })
  return (
    <Screen title={words.asksTitle}>
      <p class="lead">{words.asks}</p>
      <Digits label={words.digits} digits={digits} />
      <p class="small">{words.asking(calledBy(label))}</p>
      <Problem code={letIn.problem ?? stop.problem} />
      <div class="buttons">
        <button
          type="button"
          class="button primary"
          aria-disabled={letIn.busy}
          onClick={() => void letIn.run()}
        >
          {letIn.busy ? texts.app.moment : words.letIn}
        </button>
        <button type="button" class="button" onClick={() => void stop.run()}>
          {words.notMine}
        </button>
      </div>
    </Screen>
  )
}

function Done(): JSX.Element {
  return (
    <Screen title={words.doneTitle}>
      <p class="lead">{words.done}</p>
      <Link to={LIST} class="button primary wide">
        {words.toList}
      </Link>
    </Screen>
  )
}

type OverProps = {
  readonly problem: Parameters<typeof Problem>[0]['code']
  readonly busy: boolean
  readonly onAgain: () => void
}

function Over({ problem, busy, onAgain }: OverProps): JSX.Element {
  return (
    <Screen title={words.overTitle} back={LIST}>
      {problem === undefined && <p class="lead">{words.over}</p>}
      <Problem code={problem} />
      <button type="button" class="button primary wide" aria-disabled={busy} onClick={onAgain}>
        {busy ? texts.app.moment : words.again}
      </button>
    </Screen>
  )
}
