import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { recover } from '../../client/recovery.ts'
import { askToPersist } from '../platform/persistence.ts'
import { texts } from '../texts.ts'
import { useApp } from '../ui/context.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { RecoverByPasskey } from './recover-by-passkey.tsx'

const words = texts.recover

/** Comes back to a family with its recovery card. */
export function Recover({ onLeave }: { onLeave: () => void }): JSX.Element {
  const { client } = useApp()
  const [code, setCode] = useState('')
  const use = useAction(async () => {
    await recover(client, code)
    await askToPersist()
  })
  return (
    <Screen title={words.title}>
      <p class="lead">{words.lead}</p>
      <Form
        submit={words.submit}
        busy={use.busy}
        problem={use.problem}
        onSubmit={() => void use.run()}
      >
        <Field label={words.code} hint={words.codeHint} value={code} onInput={setCode} />
      </Form>
      <RecoverByPasskey />
      <button type="button" class="button quiet wide" onClick={onLeave}>
        {texts.app.back}
      </button>
    </Screen>
  )
}
