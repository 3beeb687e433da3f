import type { JSX } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Client } from '../../../client/client.ts'
import { proveByDigits, proveByPasskey, proveByPassword } from '../../../client/factors.ts'
import type { FactorList } from '../../../protocol/api/factors.ts'
import { askPasskey } from '../../passkeys/passkeys.ts'
import { hasPasskeys } from '../../passkeys/support.ts'
import { useApp } from '../../ui/context.ts'
import { Field } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { useAction } from '../../ui/use-action.ts'
import { signingIn as words } from './signing-in-texts.ts'

type Props = {
  readonly factors: FactorList | undefined
  readonly onProved: () => void
  readonly onClose: () => void
}

type Way = 'password' | 'digits' | 'passkey'
const USE: Readonly<Record<Way, string>> = {
  password: words.proveByPassword,
  digits: words.proveByDigits,
  passkey: words.proveByPasskey,
}

/** Asks once more who it is, in a dialogue. Escape goes back. */
export function Prove({ factors, onProved, onClose }: Props): JSX.Element {
  const { client } = useApp()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const [way, setWay] = useState<Way>('password')
  useEffect(() => dialog.current?.showModal(), [])
  // The button that chose another way is gone then.
  useLayoutEffect(
    () => dialog.current?.querySelector<HTMLElement>('input, .primary')?.focus(),
    [way],
  )
  const prove = useAction(async (typed: string) => {
    await proveBy(client, way, typed)
    onProved()
    // Gives the focus back to where it was.
    dialog.current?.close()
  })
  const choose = (next: Way): void => {
    prove.clear()
    setWay(next)
  }
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby={title}>
      <h2 id={title}>{words.proveTitle}</h2>
      <p>{words.proveLead}</p>
      <Proof key={way} way={way} prove={prove} />
      <div class="buttons">
        {waysOf(factors)
          .filter((other) => other !== way)
          .map((other) => (
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

function waysOf(factors: FactorList | undefined): readonly Way[] {
  const ways: Way[] = ['password']
  if (factors?.totp) ways.push('digits')
  if (factors && factors.passkeys.length > 0 && hasPasskeys()) ways.push('passkey')
  return ways
}

function proveBy(client: Client, way: Way, typed: string): Promise<void> {
  if (way === 'passkey') return proveByPasskey(client, askPasskey)
  if (way === 'digits') return proveByDigits(client, typed.replace(/\D/g, ''))
  return proveByPassword(client, typed)
}

type ProofProps = { readonly way: Way; readonly prove: ReturnType<typeof useAction<[string]>> }

function Proof({ way, prove }: ProofProps): JSX.Element {
  const [typed, setTyped] = useState('')
  const field = { value: typed, onInput: setTyped, wrong: prove.problem === 'factor-refused' }
  return (
    <Form
      submit={words.prove}
      busy={prove.busy}
      problem={prove.problem}
      onSubmit={() => void prove.run(typed)}
    >
      {way === 'password' && (
        <Field
          {...field}
          label={words.provePassword}
          type="password"
          autocomplete="current-password"
        />
      )}
      {way === 'digits' && (
        <Field
          {...field}
          label={words.proveDigits}
          autocomplete="one-time-code"
          numeric
          maxLength={8}
        />
      )}
    </Form>
  )
}
