import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Client } from '../../client/client.ts'
import type { Way } from '../../client/second-step.ts'
import { hasPasskeys } from '../passkeys/support.ts'
import { requireLength } from '../passwords/length.ts'
import { NewPassword } from '../passwords/new-password.tsx'
import { LanguageChoice } from '../language/language-choice.tsx'
import { comeSignIn } from '../phones/come-texts.ts'
import { texts } from '../texts.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { lazy } from '../ui/lazy.tsx'
import { Link } from '../ui/link.tsx'
import { Paw } from '../ui/paw.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'

type Props = {
  /** Still opening while the first picture is shown. */
  readonly client: Promise<Client>
  readonly invited: boolean
  /** Whether this is to be another phone of somebody who has an account. */
  readonly isPhone: boolean
  /** Whether an account is known in this browser: then signing in comes first. */
  readonly known: boolean
}

const words = texts.signIn
const session = () => import('../../client/session.ts')
const secondStep = () => import('../../client/second-step.ts')
const SecondStep = lazy(async () => (await import('./second-step.tsx')).SecondStep)

/** Sign up or sign in, and the second step of it: the first screen of somebody new. */
export function SignIn(props: Props): JSX.Element {
  const [ways, setWays] = useState<readonly Way[] | undefined>(undefined)
  const [isLate, setLate] = useState(false)
  const again = (late: boolean): void => {
    setLate(late)
    setWays(undefined)
  }
  if (!ways)
    return <First {...props} known={props.known || isLate} isLate={isLate} onWays={setWays} />
  return (
    <SecondStep
      client={props.client}
      ways={ways}
      onLate={() => again(true)}
      onBack={() => again(false)}
    />
  )
}

type OnWays = (ways: readonly Way[]) => void

function First({
  client,
  invited,
  isPhone,
  known,
  isLate,
  onWays,
}: Props & { isLate: boolean; onWays: OnWays }): JSX.Element {
  const [isNew, setNew] = useState(!known)
  return (
    <Screen title={isNew && !invited ? words.welcome : titleOf(isNew)}>
      <div class="hero">
        <Paw />
        <p class="lead">{isPhone ? comeSignIn : invited ? words.invitedLead : words.lead}</p>
      </div>
      {isNew && !invited && <h2>{words.signUpTitle}</h2>}
      {isLate && <p class="banner">{words.late}</p>}
      <Credentials key={String(isNew)} client={client} isNew={isNew} onWays={onWays} />
      {!isNew && hasPasskeys() && <ByPasskey client={client} />}
      {!isNew && (
        <Link to="/reset" class="button quiet wide">
          {words.forgot}
        </Link>
      )}
      <button type="button" class="button quiet wide" onClick={() => setNew(!isNew)}>
        {isNew ? words.haveAccount : words.noAccount}
      </button>
      {isNew && !invited && <p class="small">{words.once}</p>}
      <footer class="foot">
        <Link to="/guide" class="button quiet">
          {words.guide}
        </Link>
        <LanguageChoice />
      </footer>
    </Screen>
  )
}

function titleOf(isNew: boolean): string {
  return isNew ? words.signUpTitle : words.signInTitle
}

/** A passkey needs neither address nor password. */
function ByPasskey({ client }: Pick<Props, 'client'>): JSX.Element {
  const enter = useAction(async () => {
    const [{ enterByPasskey }, { askPasskey }] = await Promise.all([
      secondStep(),
      import('../passkeys/passkeys.ts'),
    ])
    await enterByPasskey(await client, askPasskey)
  })
  return (
    <div class="form">
      <Problem code={enter.problem} />
      <button
        type="button"
        class="button"
        aria-disabled={enter.busy}
        onClick={() => void enter.run()}
      >
        {words.byPasskey}
      </button>
    </div>
  )
}

type CredentialsProps = Pick<Props, 'client'> & {
  readonly isNew: boolean
  readonly onWays: OnWays
}

function Credentials({ client, isNew, onWays }: CredentialsProps): JSX.Element {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const enter = useAction(async () => {
    if (isNew) requireLength(password)
    const { signIn, signUp } = await session()
    const credentials = { email: email.trim(), password }
    if (isNew) return signUp(await client, credentials)
    const [{ waysOf }, opened] = await Promise.all([secondStep(), client])
    return signIn(opened, credentials).catch(async (error: unknown) => {
      const ways = waysOf(error)
      if (!ways) throw error
      const { completeWithDevice } = await import('../../client/trusted-devices.ts')
      if (!(await completeWithDevice(opened))) onWays(ways)
    })
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
