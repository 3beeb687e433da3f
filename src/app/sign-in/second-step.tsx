import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Client } from '../../client/client.ts'
import {
  completeWithDigits,
  completeWithPasskey,
  completeWithRecoveryCode,
  type Way,
} from '../../client/second-step.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { askPasskey } from '../passkeys/passkeys.ts'
import { hasPasskeys } from '../passkeys/support.ts'
import { announce } from '../ui/announce.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Screen } from '../ui/screen.tsx'
import { Tick } from '../ui/tick.tsx'
import { type Action, useAction } from '../ui/use-action.ts'
import { secondStep as words } from './second-step-texts.ts'

type Props = {
  readonly client: Promise<Client>
  /** What the server takes, the handiest first. */
  readonly ways: readonly Way[]
  /** The server waits no more: the password is asked for again. */
  readonly onLate: () => void
  readonly onBack: () => void
  /** Signed in. */
  readonly onDone?: () => void
}

/** How long the server waits for the second step. */
const PATIENCE_MS = 5 * 60_000
const USE = { totp: words.useDigits, passkey: words.usePasskey, 'recovery-code': words.useCode }

/** The second step of a sign-in: six digits, a passkey, or a recovery code. */
export function SecondStep({ client, ways, onLate, onBack, onDone }: Props): JSX.Element {
  const open = ways.filter((way) => way !== 'passkey' || hasPasskeys())
  const [way, setWay] = useState<Way>(open[0] ?? 'recovery-code')
  useEffect(() => {
    const timer = setTimeout(onLate, PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [])
  const enter = useAction(async (entry: Entry) => {
    try {
      await complete(await client, way, entry)
      onDone?.()
    } catch (error) {
      if (!isLate(error)) throw error
      onLate()
    }
  })
  const choose = (next: Way): void => {
    enter.clear()
    setWay(next)
  }
  return (
    // Each way is a screen of its own: the button that was pressed is gone, the heading takes the focus.
    <Screen key={way} title={words.title}>
      <p class="lead">{words.lead}</p>
      <Proof way={way} enter={enter} />
      <section>
        <h2>{words.other}</h2>
        <div class="buttons">
          {open
            .filter((other) => other !== way)
            .map((other) => (
              <button key={other} type="button" class="button" onClick={() => choose(other)}>
                {USE[other]}
              </button>
            ))}
          <button type="button" class="button quiet" onClick={onBack}>
            {words.back}
          </button>
        </div>
      </section>
    </Screen>
  )
}

/** What is typed, and whether this device is to be remembered. */
type Entry = { readonly typed: string; readonly remember: boolean }

async function complete(client: Client, way: Way, entry: Entry): Promise<void> {
  const { typed, remember } = entry
  if (way === 'passkey') return completeWithPasskey(client, askPasskey, { remember })
  if (way === 'totp') return completeWithDigits(client, typed.replace(/\D/g, ''), { remember })
  announce(words.left(await completeWithRecoveryCode(client, typed.trim(), { remember })))
}

function isLate(error: unknown): boolean {
  return error instanceof PawpostError && error.code === 'sign-in-needed'
}

function Proof({ way, enter }: { way: Way; enter: Action<[Entry]> }): JSX.Element {
  const [typed, setTyped] = useState('')
  const [remember, setRemember] = useState(false)
  const wrong = enter.problem === 'factor-refused'
  return (
    <Form
      submit={way === 'passkey' ? words.usePasskey : words.submit}
      busy={enter.busy}
      problem={enter.problem}
      onSubmit={() => void enter.run({ typed, remember })}
    >
      {way === 'totp' && (
        <Field
          label={words.digits}
          hint={words.digitsHint}
          autocomplete="one-time-code"
          numeric
          maxLength={8}
          value={typed}
          onInput={setTyped}
          wrong={wrong}
        />
      )}
      {way === 'recovery-code' && (
        <Field
          label={words.code}
          hint={words.codeHint}
          exact
          maxLength={64}
          value={typed}
          onInput={setTyped}
          wrong={wrong}
        />
      )}
      {way === 'passkey' && <p>{words.passkeyHint}</p>}
      <Tick
        label={way === 'totp' ? words.remember.totp : words.remember.other}
        hint={words.rememberHint}
        checked={remember}
        onChange={setRemember}
      />
    </Form>
  )
}
