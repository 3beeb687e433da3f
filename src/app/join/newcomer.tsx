import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { readInvitation } from '../../keys/invitation.ts'
import { Create } from '../family/create.tsx'
import { Recover } from '../family/recover.tsx'
import { Come } from '../phones/come.tsx'
import { invitationHere, isForPhone, keepInvitation } from '../platform/invitation.ts'
import { SignOutBelow } from '../settings/sign-out.tsx'
import { texts } from '../texts.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { Ask } from './ask.tsx'

/** Signed in and in no family yet: a way in, or out. */
export function Newcomer(): JSX.Element {
  return (
    <>
      <Ways />
      <SignOutBelow />
    </>
  )
}

/** Join a family, come back to one, or start one. */
function Ways(): JSX.Element {
  const [link, setLink] = useState(invitationHere())
  const [way, setWay] = useState<'start' | 'paste' | 'card'>('start')
  const open = (pasted: string): void => {
    keepInvitation(pasted)
    setLink(pasted)
  }
  const leave = (): void => {
    setLink(undefined)
    setWay('start')
  }
  if (link !== undefined) {
    return isForPhone(link) ? (
      <Come link={link} onLeave={leave} />
    ) : (
      <Ask link={link} onLeave={leave} />
    )
  }
  if (way === 'paste') return <Paste onLink={open} onLeave={leave} />
  if (way === 'card') return <Recover onLeave={leave} />
  return <Create onInvited={() => setWay('paste')} onCard={() => setWay('card')} />
}

type PasteProps = { readonly onLink: (link: string) => void; readonly onLeave: () => void }

const words = texts.create

function Paste({ onLink, onLeave }: PasteProps): JSX.Element {
  const [text, setText] = useState('')
  const use = useAction(async () => {
    readInvitation(text)
    onLink(text.trim())
  })
  return (
    <Screen title={words.linkTitle}>
      <p class="lead">{words.linkLead}</p>
      <Form
        submit={words.linkSubmit}
        busy={use.busy}
        problem={use.problem}
        onSubmit={() => void use.run()}
      >
        <Field label={words.link} value={text} onInput={setText} />
      </Form>
      <button type="button" class="button quiet wide" onClick={onLeave}>
        {texts.app.back}
      </button>
    </Screen>
  )
}
