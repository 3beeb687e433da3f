import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { changePassword } from '../../client/account.ts'
import { familyNames } from '../passwords/names.ts'
import { NewPassword } from '../passwords/new-password.tsx'
import { useProof } from '../proof/use-proof.tsx'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { account as words } from './account-texts.ts'

/** A new password in the place of the old one. */
export function Password(): JSX.Element {
  const [isDone, setDone] = useState(false)
  const done = (): void => {
    setDone(true)
    announce(words.passwordDone)
  }
  return (
    <Screen key={String(isDone)} title={words.passwordTitle} back="/settings">
      {isDone ? (
        <p class="good">{words.passwordDone}</p>
      ) : (
        <>
          <p class="lead">{words.passwordLead}</p>
          <Change onDone={done} />
        </>
      )}
    </Screen>
  )
}

function Change({ onDone }: { onDone: () => void }): JSX.Element {
  const { client } = useApp()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const { proven, dialogue } = useProof()
  const change = useAction(async () => {
    await proven(() => changePassword(client, { current, password }))
    onDone()
  })
  const isCurrentWrong = change.problem === 'password-wrong'
  return (
    <>
      <Form
        submit={words.passwordSave}
        busy={change.busy}
        problem={change.problem}
        onSubmit={() => void change.run()}
      >
        <Field
          label={words.current}
          type="password"
          autocomplete="current-password"
          value={current}
          onInput={setCurrent}
          wrong={isCurrentWrong}
        />
        <NewPassword
          label={words.password}
          address=""
          names={() => familyNames(client)}
          value={password}
          onInput={setPassword}
          wrong={!isCurrentWrong && (change.problem?.startsWith('password-') ?? false)}
        />
      </Form>
      {dialogue}
    </>
  )
}
