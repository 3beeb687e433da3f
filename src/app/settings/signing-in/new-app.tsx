import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { addApp } from '../../../client/factors.ts'
import type { Proven } from '../../proof/use-proof.tsx'
import { announce } from '../../ui/announce.ts'
import { Copy } from '../../ui/copy.tsx'
import { useApp } from '../../ui/context.ts'
import { Field } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Qr } from '../../ui/qr.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useAction } from '../../ui/use-action.ts'
import { signingIn as words } from './signing-in-texts.ts'

type Props = {
  readonly secret: string
  readonly uri: string
  readonly proven: Proven
  /** Recovery codes come with the first factor only. */
  readonly onAdded: (codes: readonly string[] | undefined) => void
  readonly onCancel: () => void
}

/** The secret for an authenticator app, as a picture and as text, and the first code of the app. */
export function NewApp({ secret, uri, proven, onAdded, onCancel }: Props): JSX.Element {
  const { client } = useApp()
  const [code, setCode] = useState('')
  const add = useAction(async () => {
    const codes = await proven(() => addApp(client, code.replace(/\D/g, '')))
    announce(words.appAdded)
    onAdded(codes)
  })
  return (
    <Screen title={words.appTitle}>
      <p class="lead">{words.appScan}</p>
      <section class="recovery-card" aria-label={words.appQr}>
        <Qr text={uri} label={words.appQr} />
        <p class="code-label">{words.appSecret}</p>
        <p class="code app-secret">
          {(secret.match(/.{1,4}/g) ?? []).map((group, index) => (
            <span key={index}>{group}</span>
          ))}
        </p>
      </section>
      <p>{words.appHere}</p>
      <div class="buttons">
        <a class="button" href={uri}>
          {words.appOpen}
        </a>
        <Copy text={secret} label={words.copy} done={words.copied} />
      </div>
      <Form
        submit={words.appConfirm}
        busy={add.busy}
        problem={add.problem}
        onSubmit={() => void add.run()}
      >
        <Field
          label={words.appDigits}
          autocomplete="one-time-code"
          numeric
          maxLength={8}
          value={code}
          onInput={setCode}
          wrong={add.problem === 'factor-refused'}
        />
      </Form>
      <button type="button" class="button quiet wide" onClick={onCancel}>
        {words.cancel}
      </button>
    </Screen>
  )
}
