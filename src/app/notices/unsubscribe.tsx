import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Client } from '../../client/client.ts'
import { unsubscribe } from '../../client/post-notices.ts'
import { mailedCodeHere } from '../reset/mailed-code.ts'
import { announce } from '../ui/announce.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Link } from '../ui/link.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { notices as words } from './notices-texts.ts'

/** Behind the link of a mail that told of post: whoever wants none any more says so here. */
export function Unsubscribe({ client }: { client: Promise<Client> }): JSX.Element {
  const [code, setCode] = useState(mailedCodeHere)
  const [isDone, setDone] = useState(false)
  const run = useAction(async () => {
    await unsubscribe(await client, code)
    setDone(true)
    announce(words.ended)
  })
  if (isDone) return <Ended />
  const isSpent = run.problem === 'code-wrong'
  return (
    <Screen title={words.endTitle}>
      <p class="lead">{words.endLead}</p>
      <Form
        submit={words.endYes}
        busy={run.busy}
        problem={isSpent ? undefined : run.problem}
        onSubmit={() => void run.run()}
      >
        {isSpent && (
          <p class="warning" role="alert">
            {words.endedBefore}
          </p>
        )}
        {mailedCodeHere() === '' && (
          <Field label={words.endCode} exact value={code} onInput={setCode} />
        )}
      </Form>
    </Screen>
  )
}

function Ended(): JSX.Element {
  return (
    <Screen title={words.endTitle}>
      <p class="good">{words.ended}</p>
      <Link to="/" class="button primary">
        {words.endOn}
      </Link>
    </Screen>
  )
}
