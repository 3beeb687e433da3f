import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Client } from '../../client/client.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'

type Props = { readonly client: Promise<Client>; readonly onOther: () => void }

const words = texts.signIn
const session = () => import('../../client/session.ts')

/** The six digits out of the mail. */
export function ConfirmAddress({ client, onOther }: Props): JSX.Element {
  const [code, setCode] = useState('')
  const [resent, setResent] = useState(false)
  const confirm = useAction(async () => {
    const { confirmAddress } = await session()
    await confirmAddress(await client, code.replace(/\D/g, ''))
  })
  const resend = useAction(async () => {
    const { resendCode } = await session()
    await resendCode(await client)
    setResent(true)
    announce(words.resent)
  })
  return (
    <Screen title={words.codeTitle}>
      <p class="lead">{words.codeLead}</p>
      <Form
        submit={words.confirm}
        busy={confirm.busy}
        problem={confirm.problem}
        onSubmit={() => void confirm.run()}
      >
        <Field
          label={words.code}
          autocomplete="one-time-code"
          numeric
          maxLength={8}
          value={code}
          onInput={setCode}
          wrong={confirm.problem === 'code-wrong'}
        />
      </Form>
      <Problem code={resend.problem} />
      {resent && <p class="good">{words.resent}</p>}
      <div class="buttons">
        <button type="button" class="button quiet" onClick={() => void resend.run()}>
          {words.resend}
        </button>
        <button type="button" class="button quiet" onClick={onOther}>
          {words.otherAddress}
        </button>
      </div>
    </Screen>
  )
}
