import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { invite } from '../../client/invitations.ts'
import { texts } from '../texts.ts'
import { useApp } from '../ui/context.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Link } from '../ui/link.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { InvitationLink } from './invitation-link.tsx'

type Role = 'relative' | 'guardian'

const words = texts.invite

/** Makes an invitation, then shows its link. */
export function Invite(): JSX.Element {
  const { client } = useApp()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('relative')
  const [link, setLink] = useState<string | undefined>(undefined)
  const make = useAction(async () => {
    const made = await invite(client, { role, name: name.trim() })
    setLink(made.link)
  })
  if (link !== undefined) return <Made key="made" name={name.trim()} link={link} />
  return (
    <Screen title={words.title} back="/family">
      <Form
        submit={words.submit}
        busy={make.busy}
        problem={make.problem}
        onSubmit={() => void make.run()}
      >
        <Field
          label={words.name}
          hint={words.nameHint}
          value={name}
          onInput={setName}
          maxLength={80}
        />
        <fieldset>
          <legend>{words.role}</legend>
          <Choice role="relative" chosen={role} onChoose={setRole} />
          <Choice role="guardian" chosen={role} onChoose={setRole} />
        </fieldset>
      </Form>
    </Screen>
  )
}

type ChoiceProps = {
  readonly role: Role
  readonly chosen: Role
  readonly onChoose: (role: Role) => void
}

function Choice({ role, chosen, onChoose }: ChoiceProps): JSX.Element {
  return (
    <label class="choice">
      <input
        type="radio"
        name="role"
        value={role}
        checked={role === chosen}
        onChange={() => onChoose(role)}
      />
      <span>
        <strong>{words[role]}</strong>
        <span class="small">{words[`${role}Hint`]}</span>
      </span>
    </label>
  )
}

function Made({ name, link }: { name: string; link: string }): JSX.Element {
  return (
    <Screen title={words.readyTitle(name)} back="/family">
      <p class="lead">{words.ready(name)}</p>
      <InvitationLink name={name} link={link} />
      <Link to="/family" class="button wide">
        {words.done}
      </Link>
    </Screen>
  )
}
