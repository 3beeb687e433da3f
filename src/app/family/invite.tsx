import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { children } from '../../client/children.ts'
import { invite } from '../../client/invitations.ts'
import type { ChildId } from '../../protocol/ids.ts'
import type { Relation } from '../../protocol/message/kinds.ts'
import { Ticks } from '../messages/ticks.tsx'
import { texts } from '../texts.ts'
import { Choice } from '../ui/choice.tsx'
import { useApp } from '../ui/context.ts'
import { WithFaces } from '../ui/face.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Link } from '../ui/link.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { InvitationLink } from './invitation-link.tsx'
import { people } from './people-texts.ts'
import { RelationField } from './relation-field.tsx'

type Role = 'relative' | 'guardian'

const words = texts.invite

/** Makes an invitation, then shows its link. */
export function Invite(): JSX.Element {
  const [made, setMade] = useState<MadeProps | undefined>(undefined)
  if (made) return <Made key="made" {...made} />
  return (
    <WithFaces>
      <Screen title={words.title} back="/family">
        <Who onMade={setMade} />
      </Screen>
    </WithFaces>
  )
}

function Who({ onMade }: { onMade: (made: MadeProps) => void }): JSX.Element {
  const { client } = useApp()
  const all = useLive(children, ['family']).data ?? []
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('relative')
  const [relation, setRelation] = useState<Relation | undefined>(undefined)
  const [without, setWithout] = useState<readonly ChildId[]>([])
  const to = all.map(({ id }) => id).filter((id) => !without.includes(id))
  const tick = (id: ChildId, on: boolean): void =>
    setWithout(on ? without.filter((one) => one !== id) : [...without, id])
  const make = useAction(async () => {
    const isLimited = role === 'relative' && without.length > 0
    const told = { ...(relation && { relation }), ...(isLimited && { children: to }) }
    const { link } = await invite(client, { role, name: name.trim(), ...told })
    onMade({ name: name.trim(), link })
  })
  return (
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
      <RelationField chosen={relation} onChoose={setRelation} />
      <Roles chosen={role} onChoose={setRole} />
      {role === 'relative' && all.length > 1 && (
        <div class="field">
          <Ticks legend={people.whom} among={all} to={to} onTick={tick} />
          <p class="hint">{people.whomHint}</p>
        </div>
      )}
    </Form>
  )
}

type RolesProps = { readonly chosen: Role; readonly onChoose: (role: Role) => void }

function Roles({ chosen, onChoose }: RolesProps): JSX.Element {
  const part = { name: 'role', chosen, onChoose }
  return (
    <fieldset>
      <legend>{words.role}</legend>
      <Choice {...part} value="relative" label={words.relative} hint={words.relativeHint} />
      <Choice {...part} value="guardian" label={words.guardian} hint={words.guardianHint} />
    </fieldset>
  )
}

type MadeProps = { readonly name: string; readonly link: string }

function Made({ name, link }: MadeProps): JSX.Element {
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
