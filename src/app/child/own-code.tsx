import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { setCode } from '../../client/childs-lock.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { useAction } from '../ui/use-action.ts'
import { child } from './child-texts.ts'
import { asciiDigits } from './digits.ts'

const words = child.handOver

/** How the lock opens: by digits in words, or by four that the guardian chose. */
export function OwnCode({ has, onChange }: { has: boolean; onChange: () => void }): JSX.Element {
  const { client } = useApp()
  const [typed, setTyped] = useState('')
  const change = useAction(async (code: string | undefined) => {
    await setCode(client, code)
    setTyped('')
    if (code !== undefined) announce(words.codeSet)
    onChange()
  })
  return (
    <section>
      <h2>{words.codeTitle}</h2>
      <p>{has ? words.ownCode : words.words}</p>
      {has ? (
        <button type="button" class="button" onClick={() => void change.run(undefined)}>
          {words.dropCode}
        </button>
      ) : (
        <Form
          submit={words.setCode}
          busy={change.busy}
          problem={change.problem}
          onSubmit={() => void change.run(asciiDigits(typed))}
        >
          <Field
            label={words.code}
            hint={words.ownHint}
            value={typed}
            onInput={setTyped}
            numeric
            exact
            maxLength={4}
          />
        </Form>
      )}
    </section>
  )
}
