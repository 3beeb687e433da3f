import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { texts } from '../texts.ts'
import { Field } from '../ui/field.tsx'
import type { Names } from './judge.ts'
import { useVerdict, type Verdict } from './use-verdict.ts'

type Props = {
  readonly label?: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly wrong: boolean
  /** The address of the account, as far as it is typed. */
  readonly address: string
  /** The names that the app knows; asked for once, when somebody begins to type. */
  readonly names: Names
}

/** Where a new password is typed: says how good it is while it grows, and never stands in the way. */
export function NewPassword({ address, names, ...field }: Props): JSX.Element {
  const id = useId()
  const verdict = useVerdict({ password: field.value, address, names })
  return (
    <Field
      label={texts.signIn.password}
      hint={texts.signIn.passwordHint}
      {...field}
      type="password"
      autocomplete="new-password"
      describedBy={id}
      below={<Meter id={id} verdict={verdict} />}
    />
  )
}

function Meter({ id, verdict }: { id: string; verdict: Verdict | undefined }): JSX.Element {
  return (
    <div id={id} class="strength" data-level={verdict?.level}>
      {verdict && (
        <>
          <span class="strength-bar" aria-hidden="true">
            <span />
            <span />
            <span />
            <span />
          </span>
          <p>{verdict.says}</p>
        </>
      )}
    </div>
  )
}
