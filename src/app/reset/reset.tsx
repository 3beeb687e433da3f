import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { askReset, resetPassword } from '../../client/account.ts'
import type { Client } from '../../client/client.ts'
import { waysOf, type Way } from '../../client/second-step.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { familyNames } from '../passwords/names.ts'
import { NewPassword } from '../passwords/new-password.tsx'
import { navigate } from '../platform/router.ts'
import { SecondStep } from '../sign-in/second-step.tsx'
import { announce } from '../ui/announce.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { Done } from './done.tsx'
import { mailedCodeHere } from './mailed-code.ts'
import { reset as words } from './reset-texts.ts'

type Props = { readonly client: Promise<Client> }

const home = (): void => navigate('/', { replace: true })

/** A forgotten password: address, mailed code, new password, and the second step where there is one. */
export function Reset({ client }: Props): JSX.Element {
  const [code] = useState(mailedCodeHere)
  const [sentTo, setSentTo] = useState<string | undefined>(undefined)
  const [ways, setWays] = useState<readonly Way[] | undefined>(undefined)
  const [isDone, setDone] = useState(false)
  if (ways) {
    return <SecondStep client={client} ways={ways} onDone={home} onLate={home} onBack={home} />
  }
  if (isDone) {
    return (
      <Screen title={words.title}>
        <Done says={words.done} />
      </Screen>
    )
  }
  const choose = {
    client,
    code,
    address: sentTo ?? '',
    onWays: setWays,
    onDone: () => setDone(true),
  }
  const isAsked = sentTo !== undefined || code !== ''
  return (
    <Screen title={words.title} back="/">
      {isAsked ? <Choose {...choose} /> : <Ask client={client} onSent={setSentTo} />}
    </Screen>
  )
}

function Ask({ client, onSent }: Props & { onSent: (address: string) => void }): JSX.Element {
  const [email, setEmail] = useState('')
  const ask = useAction(async () => {
    await askReset(await client, email.trim())
    onSent(email.trim())
  })
  return (
    <>
      <p class="lead">{words.lead}</p>
      <Form
        submit={words.ask}
        busy={ask.busy}
        problem={ask.problem}
        onSubmit={() => void ask.run()}
      >
        <Field
          label={words.address}
          type="email"
          autocomplete="username"
          value={email}
          onInput={setEmail}
          wrong={ask.problem === 'address-invalid'}
        />
      </Form>
    </>
  )
}

/** The password is changed, and a mailbox alone signs nobody in here. */
function isSignIn(error: unknown): boolean {
  return error instanceof PawpostError && error.code === 'sign-in-needed'
}

type ChooseProps = Props & {
  /** Out of the link; empty when it is typed. */
  readonly code: string
  readonly address: string
  readonly onWays: (ways: readonly Way[]) => void
  readonly onDone: () => void
}

function Choose({ client, code, address, onWays, onDone }: ChooseProps): JSX.Element {
  const [typed, setTyped] = useState(code)
  const [password, setPassword] = useState('')
  const save = useAction(async () => {
    try {
      await resetPassword(await client, { code: typed, password })
      home()
    } catch (error) {
      if (isSignIn(error)) {
        announce(words.done)
        return onDone()
      }
      const ways = waysOf(error)
      if (!ways) throw error
      onWays(ways)
    }
  })
  return (
    <>
      <p class="lead">{code === '' ? words.sentLead : words.linkLead}</p>
      <Form
        submit={words.save}
        busy={save.busy}
        problem={save.problem}
        onSubmit={() => void save.run()}
      >
        <Field
          label={words.code}
          exact
          value={typed}
          onInput={setTyped}
          wrong={save.problem === 'code-wrong'}
        />
        <NewPassword
          label={words.password}
          address={address}
          names={async () => familyNames(await client)}
          value={password}
          onInput={setPassword}
          wrong={save.problem?.startsWith('password-') ?? false}
        />
      </Form>
    </>
  )
}
