import type { JSX } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Client } from '../../client/client.ts'
import { proveByPasskey, proveByPassword } from '../../client/factors.ts'
import { completeWithDigits, completeWithRecoveryCode, waysOf } from '../../client/second-step.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { askPasskey } from '../passkeys/passkeys.ts'
import { hasPasskeys } from '../passkeys/support.ts'
import { useApp } from '../ui/context.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { useAction } from '../ui/use-action.ts'
import { proof as words } from './proof-texts.ts'

type Props = {
  /** Whether the account has one and this browser could use it: it stands for both steps. */
  readonly hasPasskey: boolean
  readonly onProved: () => void
  readonly onClose: () => void
}

/** Digits and codes are the second step, after the password. */
type Way = 'passkey' | 'password' | 'totp' | 'recovery-code'
type Step = {
  readonly way: Way
  readonly others: readonly Way[]
  readonly lead: string
}
const USE: Readonly<Record<Way, string>> = {
  passkey: words.byPasskey,
  password: words.byPassword,
  totp: words.byDigits,
  'recovery-code': words.byCode,
}

/** Asks once more who it is, in a dialogue: all that signing in takes. Escape goes back. */
export function Prove({ hasPasskey, onProved, onClose }: Props): JSX.Element {
  const { client } = useApp()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const [step, setStep] = useState<Step>(() => firstStep(hasPasskey))
  useEffect(() => dialog.current?.showModal(), [])
  // The button that chose another way is gone then.
  useLayoutEffect(
    () => dialog.current?.querySelector<HTMLElement>('input, .primary')?.focus(),
    [step],
  )
  const prove = useAction(async (typed: string) => {
    const next = await proveBy(client, step.way, typed)
    if (next) return setStep(next)
    onProved()
    // Gives the focus back to where it was.
    dialog.current?.close()
  })
  const choose = (way: Way): void => {
    prove.clear()
    setStep(after(step, way))
  }
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby={title}>
      <h2 id={title}>{words.title}</h2>
      <p role="status">{step.lead}</p>
      <Proof key={step.way} way={step.way} prove={prove} />
      <div class="buttons">
        {step.others.map((other) => (
          <button key={other} type="button" class="button quiet" onClick={() => choose(other)}>
            {USE[other]}
          </button>
        ))}
        <button type="button" class="button quiet" onClick={() => dialog.current?.close()}>
          {words.no}
        </button>
      </div>
    </dialog>
  )
}

function firstStep(hasPasskey: boolean): Step {
  return hasPasskey
    ? { way: 'passkey', others: ['password'], lead: words.lead }
    : { way: 'password', others: [], lead: words.lead }
}

/** Another way of the same step. */
function after({ way, others, lead }: Step, next: Way): Step {
  return { way: next, others: [way, ...others.filter((other) => other !== next)], lead }
}

/** Gives the step that is still to come, if any. */
async function proveBy(client: Client, way: Way, typed: string): Promise<Step | undefined> {
  try {
    if (way === 'passkey') await proveByPasskey(client, askPasskey)
    if (way === 'password') await proveByPassword(client, typed)
    if (way === 'totp') await completeWithDigits(client, typed.replace(/\D/g, ''))
    if (way === 'recovery-code') await completeWithRecoveryCode(client, typed.trim())
    return undefined
  } catch (error) {
    const next = nextStep(error, way)
    if (!next) throw error
    return next
  }
}

/** The second step after the password; the first one when the second took too long. */
function nextStep(error: unknown, way: Way): Step | undefined {
  if (!(error instanceof PawpostError)) return undefined
  const isSecond = way === 'totp' || way === 'recovery-code'
  if (isSecond && error.code === 'sign-in-needed') {
    return { way: 'password', others: [], lead: words.late }
  }
  const open = waysOf(error)?.filter((each) => each !== 'passkey' || hasPasskeys()) ?? []
  // Who chose the password has no passkey at hand, perhaps.
  const [first, ...others] = open.toSorted(
    (a, b) => Number(a === 'passkey') - Number(b === 'passkey'),
  )
  return first && { way: first, others, lead: words.second }
}

type ProofProps = { readonly way: Way; readonly prove: ReturnType<typeof useAction<[string]>> }

function Proof({ way, prove }: ProofProps): JSX.Element {
  const [typed, setTyped] = useState('')
  const field = { value: typed, onInput: setTyped, wrong: prove.problem === 'factor-refused' }
  return (
    <Form
      submit={words.next}
      busy={prove.busy}
      problem={prove.problem}
      onSubmit={() => void prove.run(typed)}
    >
      {way === 'passkey' && <p>{words.passkey}</p>}
      {way === 'password' && (
        <Field {...field} label={words.password} type="password" autocomplete="current-password" />
      )}
      {way === 'totp' && (
        <Field {...field} label={words.digits} autocomplete="one-time-code" numeric maxLength={8} />
      )}
      {way === 'recovery-code' && <Field {...field} label={words.code} exact maxLength={64} />}
    </Form>
  )
}
