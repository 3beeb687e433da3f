import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { join } from '../../client/joining.ts'
import { forgetInvitation } from '../platform/invitation.ts'
import { askToPersist } from '../platform/persistence.ts'
import { texts } from '../texts.ts'
import { useApp } from '../ui/context.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'

type Props = { readonly link: string; readonly onLeave: () => void }

const words = texts.join

/** Says who one is and asks to come in. */
export function Ask({ link, onLeave }: Props): JSX.Element {
  const { client } = useApp()
  const [name, setName] = useState('')
  const ask = useAction(async () => {
    await join(client, { link, name: name.trim() })
    forgetInvitation()
    await askToPersist()
  })
  const leave = (): void => {
    forgetInvitation()
    onLeave()
  }
  const dead = ask.problem === 'invite-dead' || ask.problem === 'link-invalid'
  return (
    <Screen title={words.title}>
      <p class="lead">{words.lead}</p>
      <Form
        submit={words.submit}
        busy={ask.busy}
        problem={ask.problem}
        onSubmit={() => void ask.run()}
      >
        <Field label={words.name} value={name} onInput={setName} maxLength={80} />
      </Form>
      {dead && (
        <button type="button" class="button wide" onClick={leave}>
          {words.forget}
        </button>
      )}
    </Screen>
  )
}
