import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { children, editChild, withdrawConsent } from '../../client/children.ts'
import type { Client } from '../../client/client.ts'
import { portraits, type Portrait } from '../../client/portraits.ts'
import { setPortrait } from '../../client/portraying.ts'
import type { ProfileChild } from '../../protocol/message/kinds.ts'
import { navigate } from '../platform/router.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Face, WithFaces } from '../ui/face.tsx'
import { Form } from '../ui/form.tsx'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { Removal } from '../ui/removal.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { ChildFields, isWhole, toldOf, typedOf } from './child-fields.tsx'
import { kids as words } from './children-texts.ts'
import { PictureField } from './picture-field.tsx'
import { QuietFields } from './quiet-fields.tsx'

type Known = { readonly child: ProfileChild | undefined; readonly has: boolean }

/** Everything about a child: who they are, when they sleep, and how it ends. */
export function ChildPage({ id }: { id: string }): JSX.Element {
  // Read once: what arrives meanwhile does not change what is being typed.
  const { data, problem } = useLive((client) => look(client, id), [])
  if (!data) return problem ? <Problem code={problem} /> : <Wait />
  const { child, has } = data
  const name = child?.name || texts.family.child
  return (
    <WithFaces>
      <Screen title={name} back="/family">
        {child ? <Change child={child} has={has} /> : <Problem code="not-found" />}
        {child && <End child={child} name={name} />}
      </Screen>
    </WithFaces>
  )
}

async function look(client: Client, id: string): Promise<Known> {
  const child = (await children(client)).find((one) => one.id === id)
  return { child, has: child !== undefined && (await portraits(client)).has(child.id) }
}

function Change({ child, has }: { child: ProfileChild; has: boolean }): JSX.Element {
  const { client } = useApp()
  const [typed, setTyped] = useState(typedOf(child))
  const [quiet, setQuiet] = useState(child.quiet)
  const [portrait, setChosen] = useState<Portrait | undefined>(undefined)
  const save = useAction(async () => {
    await editChild(client, { id: child.id, ...toldOf(typed), ...(quiet && { quiet }) })
    if (portrait) await setPortrait(client, child.id, portrait)
    announce(words.saved)
    navigate('/family')
  })
  return (
    <Form
      submit={words.save}
      busy={save.busy}
      problem={save.problem}
      onSubmit={() => void (isWhole(typed) && save.run())}
    >
      <PictureField
        chosen={portrait}
        before={<Face of={child.id} name={typed.name} />}
        has={has}
        onChoose={setChosen}
      />
      <ChildFields typed={typed} onChange={setTyped} />
      <QuietFields
        quiet={quiet}
        onChange={setQuiet}
        toy={typed.pet.trim() || words.the[typed.plush]}
      />
    </Form>
  )
}

function End({ child, name }: { child: ProfileChild; name: string }): JSX.Element {
  const { client } = useApp()
  const end = async (): Promise<void> => {
    await withdrawConsent(client, child.id)
    announce(words.end.done(name))
    navigate('/family', { replace: true })
  }
  return (
    <section class="apart">
      <h2>{words.end.title}</h2>
      <p>{words.end.says(name)}</p>
      <div class="buttons">
        <Link to="/settings/archive" class="button">
          {words.end.download}
        </Link>
        <Removal
          label={words.end.button}
          question={words.end.sure(name)}
          detail={words.end.detail(name)}
          yes={words.end.yes}
          work={end}
        />
      </div>
    </section>
  )
}
