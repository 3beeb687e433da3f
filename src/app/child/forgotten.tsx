import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { openLock, setCode } from '../../client/childs-lock.ts'
import { proveByPassword } from '../../client/factors.ts'
import { useApp } from '../ui/context.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { useAction } from '../ui/use-action.ts'
import { child } from './child-texts.ts'
import { takeBack } from './take-back.ts'

const words = child.gate

/** Who forgot their digits shows by their password who they are; the server counts the tries. */
export function Forgotten(): JSX.Element {
  const { client } = useApp()
  const [asked, setAsked] = useState(false)
  const [password, setPassword] = useState('')
  const open = useAction(async () => {
    await proveByPassword(client, password)
    await setCode(client, undefined)
    await openLock(client)
    takeBack()
  })
  if (!asked) {
    return (
      <button type="button" class="button quiet" onClick={() => setAsked(true)}>
        {words.forgot}
      </button>
    )
  }
  return (
    <Form
      submit={words.open}
      busy={open.busy}
      problem={open.problem}
      onSubmit={() => void open.run()}
    >
      <p>{words.forgotSays}</p>
      <Field
        label={words.password}
        type="password"
        autocomplete="current-password"
        value={password}
        onInput={setPassword}
      />
    </Form>
  )
}
