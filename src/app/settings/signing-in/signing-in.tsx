import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { factorsOf, renewRecoveryCodes } from '../../../client/factors.ts'
import { useProof } from '../../proof/use-proof.tsx'
import { useApp } from '../../ui/context.ts'
import { Problem } from '../../ui/problem.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useLive } from '../../ui/use-live.ts'
import { Wait } from '../../ui/wait.tsx'
import { AppPart, type AppSecret } from './app-part.tsx'
import { DevicesPart } from './devices-part.tsx'
import type { Parts } from './factors.ts'
import { NewApp } from './new-app.tsx'
import { NewCodes } from './new-codes.tsx'
import { PasskeysPart } from './passkeys-part.tsx'
import { Removal } from '../../ui/removal.tsx'
import { signingIn as words } from './signing-in-texts.ts'

type Props = {
  /** Everybody has to have a second step here, and this is the first: called when it is there. */
  readonly onFirst?: () => void
}

/** The second step of signing in: an authenticator app, passkeys, recovery codes. */
export function SigningIn({ onFirst }: Props): JSX.Element {
  const live = useLive(factorsOf, ['session'])
  const { data: factors, problem } = live
  const { proven, dialogue } = useProof()
  const [codes, setCodes] = useState<readonly string[] | undefined>(undefined)
  const [secret, setSecret] = useState<AppSecret | undefined>(undefined)
  const onChanged = (made?: readonly string[]): void => {
    setSecret(undefined)
    setCodes(made)
    live.reload()
  }
  const putAway = (): void => {
    setCodes(undefined)
    onFirst?.()
  }
  if (!factors && !problem) return <Wait />
  if (codes) return <NewCodes key="codes" codes={codes} onDone={putAway} />
  return (
    <>
      {secret ? (
        <NewApp
          key="app"
          {...secret}
          proven={proven}
          onAdded={onChanged}
          onCancel={() => setSecret(undefined)}
        />
      ) : (
        <Screen key="all" title={words.title} {...(!onFirst && { back: '/settings' })}>
          {onFirst && <p class="warning">{words.required}</p>}
          <Problem code={problem} />
          {factors && <All factors={factors} {...{ proven, onChanged }} onSecret={setSecret} />}
        </Screen>
      )}
      {dialogue}
    </>
  )
}

function All({
  onSecret,
  ...parts
}: Parts & { onSecret: (secret: AppSecret) => void }): JSX.Element {
  const { totp, passkeys } = parts.factors
  const has = totp !== undefined || passkeys.length > 0
  return (
    <>
      <p class="lead">{words.lead}</p>
      {!has && <p>{words.none}</p>}
      <p>{words.signsOut}</p>
      <AppPart {...parts} onSecret={onSecret} />
      <PasskeysPart {...parts} />
      {has && <Codes {...parts} />}
      {has && <DevicesPart factors={parts.factors} />}
    </>
  )
}

function Codes({ factors, proven, onChanged }: Parts): JSX.Element {
  const { client } = useApp()
  const renew = async (): Promise<void> => onChanged(await proven(() => renewRecoveryCodes(client)))
  return (
    <section>
      <h2>{words.codes}</h2>
      <p>{words.codesWhat}</p>
      <p>{words.codesLeft(factors.recoveryCodes)}</p>
      <Removal
        label={words.newCodes}
        question={words.newCodesSure}
        detail={words.newCodesDetail}
        yes={words.newCodes}
        work={renew}
      />
    </section>
  )
}
