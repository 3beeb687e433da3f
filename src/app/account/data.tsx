import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { deleteAccount, exportAccount } from '../../client/account.ts'
import { noteSignedOut } from '../../client/session.ts'
import { VoicesSection } from '../archive/section.tsx'
import { navigate } from '../platform/router.ts'
import { type Proven, useProof } from '../proof/use-proof.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { useApp } from '../ui/context.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { account as words } from './account-texts.ts'
import { receipt } from './goodbye.tsx'
import { saveJson } from './save.ts'

/** What the server has of this account: a copy of it, and its end. */
export function Data(): JSX.Element {
  const { client } = useApp()
  const { proven, dialogue } = useProof()
  const download = useAction(async () =>
    saveJson(await proven(() => exportAccount(client)), words.downloadFile),
  )
  return (
    <Screen title={words.dataTitle} back="/settings">
      <VoicesSection />
      <section>
        <h2>{words.download}</h2>
        <p>{words.downloadSays}</p>
        <Problem code={download.problem} />
        <button
          type="button"
          class="button"
          aria-disabled={download.busy}
          onClick={() => void download.run()}
        >
          {words.downloadDo}
        </button>
      </section>
      <section>
        <h2>{words.remove}</h2>
        <p>{words.removeSays}</p>
        <Remove proven={proven} />
      </section>
      {dialogue}
    </Screen>
  )
}

function Remove({ proven }: { proven: Proven }): JSX.Element {
  const { client } = useApp()
  const [password, setPassword] = useState('')
  const [asking, setAsking] = useState(false)
  const remove = useAction(async () => {
    receipt.set(await proven(() => deleteAccount(client, password)))
    navigate('/goodbye', { replace: true })
    await noteSignedOut(client)
  })
  return (
    <>
      <Form
        submit={words.removeDo}
        busy={remove.busy}
        problem={remove.problem}
        onSubmit={() => setAsking(true)}
      >
        <Field
          label={words.removePassword}
          type="password"
          autocomplete="current-password"
          value={password}
          onInput={setPassword}
          wrong={remove.problem === 'password-wrong'}
        />
      </Form>
      {asking && (
        <Confirm
          question={words.removeSure}
          detail={words.removeDetail}
          yes={words.removeYes}
          onYes={() => void remove.run()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
