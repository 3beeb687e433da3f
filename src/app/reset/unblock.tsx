import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { unblock } from '../../client/account.ts'
import type { Client } from '../../client/client.ts'
import { announce } from '../ui/announce.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { Done } from './done.tsx'
import { mailedCodeHere } from './mailed-code.ts'
import { reset as words } from './reset-texts.ts'

/** Behind the mailed link of who was kept out by other people's tries. */
export function Unblock({ client }: { client: Promise<Client> }): JSX.Element {
  const [code, setCode] = useState(mailedCodeHere)
  const [isDone, setDone] = useState(false)
  const run = useAction(async () => {
    await unblock(await client, code)
    setDone(true)
    announce(words.unblockDone)
  })
  return (
    <Screen title={words.unblockTitle}>
      {isDone ? (
        <Done says={words.unblockDone} />
      ) : (
        <>
          <p class="lead">{words.unblockLead}</p>
          <Form
            submit={words.unblockYes}
            busy={run.busy}
            problem={run.problem}
            onSubmit={() => void run.run()}
          >
            {mailedCodeHere() === '' && (
              <Field label={words.unblockCode} exact value={code} onInput={setCode} />
            )}
          </Form>
        </>
      )}
    </Screen>
  )
}
