import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Client } from '../../client/client.ts'
import { requireLength } from '../passwords/length.ts'
import { NewPassword } from '../passwords/new-password.tsx'
import { texts } from '../texts.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Link } from '../ui/link.tsx'
import { Paw } from '../ui/paw.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'

type Props = {
  /** Still opening while the first picture is shown. */
  readonly client: Promise<Client>
  readonly invited: boolean
  /** Whether an account is known in this browser: then signing in comes first. */
  readonly known: boolean
}

const words = texts.signIn
const session = () => import('../../client/session.ts')

/** Sign up or sign in: the first screen of somebody new. */
export function SignIn({ client, invited, known }: Props): JSX.Element {
  const [isNew, setNew] = useState(!known)
  return (
    <Screen title={isNew && !invited ? words.welcome : titleOf(isNew)}>
      <div class="hero">
        <Paw />
        <p class="lead">{invited ? words.invitedLead : words.lead}</p>
      </div>
      {isNew && !invited && <h2>{words.signUpTitle}</h2>}
      <Credentials key={String(isNew)} client={client} isNew={isNew} />
      <button type="button" class="button quiet wide" onClick={() => setNew(!isNew)}>
        {isNew ? words.haveAccount : words.noAccount}
      </button>
      {isNew && !invited && <p class="small">{words.once}</p>}
      <footer class="foot">
        <Link to="/guide" class="button quiet">
          {words.guide}
        </Link>
      </footer>
    </Screen>
  )
}

function titleOf(isNew: boolean): string {
  return isNew ? words.signUpTitle : words.signInTitle
}

function Credentials({ client, isNew }: { client: Promise<Client>; isNew: boolean }): JSX.Element {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const enter = useAction(async () => {
    if (isNew) requireLength(password)
    const { signIn, signUp } = await session()
    const credentials = { email: email.trim(), password }
    await (isNew ? signUp : signIn)(await client, credentials)
  })
  const typed = {
    value: password,
    onInput: setPassword,
    wrong: enter.problem?.startsWith('password-') ?? false,
  }
  return (
    <Form
      submit={isNew ? words.signUp : words.signIn}
      busy={enter.busy}
      problem={enter.problem}
      onSubmit={() => void enter.run()}
    >
      <Field
        label={words.address}
        type="email"
        autocomplete="username"
        value={email}
        onInput={setEmail}
        wrong={enter.problem === 'address-invalid'}
      />
      {isNew ? (
        <NewPassword {...typed} address={email.trim()} names={() => namesOf(client)} />
      ) : (
        <Field {...typed} label={words.password} type="password" autocomplete="current-password" />
      )}
    </Form>
  )
}

/** Somebody who was in a family on this device before: its names make no good password. */
async function namesOf(client: Promise<Client>): Promise<readonly string[]> {
  const { familyNames } = await import('../passwords/names.ts')
  return familyNames(await client)
}
