import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { createHousehold } from '../../client/household.ts'
import { askToPersist } from '../platform/persistence.ts'
import { texts } from '../texts.ts'
import { useApp } from '../ui/context.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { kids } from './children-texts.ts'
import { ConsentPoints, ConsentTick } from './consent.tsx'

const words = texts.create

type Props = { readonly onInvited: () => void; readonly onCard: () => void }

/** Starts a family around a child, for whom a guardian consents by it. */
export function Create({ onInvited, onCard }: Props): JSX.Element {
  return (
    <Screen title={words.title}>
      <p class="lead">{words.lead}</p>
      <Start />
      <button type="button" class="button quiet wide" onClick={onInvited}>
        {words.invited}
      </button>
      <button type="button" class="button quiet wide" onClick={onCard}>
        {words.hasCard}
      </button>
    </Screen>
  )
}

function Start(): JSX.Element {
  const { client } = useApp()
  const [child, setChild] = useState('')
  const [name, setName] = useState('')
  const [agrees, setAgrees] = useState(false)
  const [missing, setMissing] = useState(false)
  const create = useAction(async () => {
    await createHousehold(client, { child: child.trim(), name: name.trim() })
    await askToPersist()
  })
  const submit = (): void => {
    setMissing(!agrees)
    if (agrees) void create.run()
  }
  return (
    <Form submit={words.submit} busy={create.busy} problem={create.problem} onSubmit={submit}>
      <Field label={words.child} value={child} onInput={setChild} maxLength={80} />
      <Field label={words.me} hint={words.meHint} value={name} onInput={setName} maxLength={80} />
      <section class="consent-part">
        <h2>{kids.consent.title}</h2>
        <p>{kids.consent.lead}</p>
        <ConsentPoints />
        <ConsentTick checked={agrees} onChange={setAgrees} missing={missing} />
      </section>
    </Form>
  )
}
