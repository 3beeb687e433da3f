import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { addChild } from '../../client/children.ts'
import type { Portrait } from '../../client/portraits.ts'
import { setPortrait } from '../../client/portraying.ts'
import { navigate } from '../platform/router.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Form } from '../ui/form.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { ChildFields, isWhole, NOBODY, toldOf } from './child-fields.tsx'
import { kids as words } from './children-texts.ts'
import { ConsentPoints, ConsentTick } from './consent.tsx'
import { PictureField } from './picture-field.tsx'
import { PlushPicture } from './plush-picture.tsx'

/** One more child: first what is decided for them, then who they are. */
export function NewChild(): JSX.Element {
  const [agreed, setAgreed] = useState(false)
  return agreed ? <Who key="who" /> : <Consent key="consent" onAgree={() => setAgreed(true)} />
}

function Consent({ onAgree }: { onAgree: () => void }): JSX.Element {
  const [may, setMay] = useState(false)
  const [missing, setMissing] = useState(false)
  const go = (): void => {
    setMissing(!may)
    if (may) onAgree()
  }
  return (
    <Screen title={words.consent.titleFor} back="/family">
      <p class="lead">{words.consent.lead}</p>
      <Form submit={words.consent.go} busy={false} problem={undefined} onSubmit={go}>
        <ConsentPoints />
        <ConsentTick checked={may} onChange={setMay} missing={missing} />
      </Form>
    </Screen>
  )
}

function Who(): JSX.Element {
  const { client } = useApp()
  const [typed, setTyped] = useState(NOBODY)
  const [portrait, setChosen] = useState<Portrait | undefined>(undefined)
  const add = useAction(async () => {
    const id = await addChild(client, toldOf(typed))
    if (portrait && portrait.image.length > 0) await setPortrait(client, id, portrait)
    announce(words.added(typed.name.trim()))
    navigate(`/family/child/${id}`, { replace: true })
  })
  return (
    <Screen title={words.newTitle} back="/family">
      <Form
        submit={words.add}
        busy={add.busy}
        problem={add.problem}
        onSubmit={() => void (isWhole(typed) && add.run())}
      >
        <ChildFields typed={typed} onChange={setTyped} />
        <PictureField
          chosen={portrait}
          before={<PlushPicture plush={typed.plush} />}
          has={false}
          onChoose={setChosen}
        />
      </Form>
    </Screen>
  )
}
