import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Client } from '../../client/client.ts'
import { editProfile, type Member } from '../../client/people.ts'
import type { Portrait } from '../../client/portraits.ts'
import { setPortrait } from '../../client/portraying.ts'
import { personIn, readProfile } from '../../client/profile.ts'
import { trust } from '../../client/rules.ts'
import type { ChildId } from '../../protocol/ids.ts'
import type { ProfilePerson, Relation } from '../../protocol/message/kinds.ts'
import { Ticks } from '../messages/ticks.tsx'
import { navigate } from '../platform/router.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Face, WithFaces } from '../ui/face.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { Tick } from '../ui/tick.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { Break } from './break.tsx'
import { knownPerson, type KnownPerson } from './known-person.ts'
import { people as words } from './people-texts.ts'
import { Phones } from './person-phones.tsx'
import { PictureField } from './picture-field.tsx'
import { RelationField } from './relation-field.tsx'
import { RemoveGuardian, RemoveRelative } from './remove.tsx'

/** Everything that a guardian does about somebody. */
export function PersonPage({ id }: { id: string }): JSX.Element {
  const load = async (client: Client): Promise<{ known: KnownPerson | undefined }> => ({
    known: await knownPerson(client, id),
  })
  const { data, problem } = useLive(load, ['family'])
  if (!data) return problem ? <Problem code={problem} /> : <Wait />
  const { known } = data
  return (
    <WithFaces>
      <Screen title={known?.member.name || texts.family.unnamed} back="/family">
        {known ? <Known {...known} /> : <Problem code="not-found" />}
      </Screen>
    </WithFaces>
  )
}

function Known(known: KnownPerson): JSX.Element {
  const { member, phones } = known
  const isRelative = member.role === 'relative'
  return (
    <>
      <Change {...known} />
      {isRelative && <Break member={member} />}
      {isRelative && <Phones phones={phones} />}
      {isRelative && <RemoveRelative member={member} />}
      {!isRelative && !member.me && <RemoveGuardian known={known} />}
    </>
  )
}

type Typed = {
  readonly name: string
  readonly relation: Relation | undefined
  /** The children they may not message. */
  readonly without: readonly ChildId[]
  readonly isTrusted: boolean
}

function typedOf({ member, all, isTrusted }: KnownPerson): Typed {
  const { name, relation, children: mine } = member
  const without = all.map(({ id }) => id).filter((id) => mine && !mine.includes(id))
  return { name, relation, without, isTrusted }
}

function Change(known: KnownPerson): JSX.Element {
  const { client } = useApp()
  const { member, hasPicture, isTrusted } = known
  const [typed, setTyped] = useState(typedOf(known))
  const [portrait, setChosen] = useState<Portrait | undefined>(undefined)
  const save = useAction(async () => {
    await tell(client, known, typed)
    if (portrait) await setPortrait(client, member.person, portrait)
    const isAsked = typed.isTrusted !== isTrusted && !(await isSo(client, member, typed))
    announce(isAsked ? words.asked : words.saved)
    navigate('/family')
  })
  return (
    <Form
      submit={words.save}
      busy={save.busy}
      problem={save.problem}
      onSubmit={() => void save.run()}
    >
      <PictureField
        chosen={portrait}
        before={<Face of={member.person} name={typed.name} />}
        has={hasPicture}
        onChoose={setChosen}
      />
      <Field
        label={member.me ? words.ownName : words.name}
        value={typed.name}
        onInput={(name) => setTyped({ ...typed, name })}
        maxLength={80}
      />
      {!member.me && (
        <RelationField
          chosen={typed.relation}
          onChoose={(relation) => setTyped({ ...typed, relation })}
        />
      )}
      {member.role === 'relative' && <Allowed known={known} typed={typed} onChange={setTyped} />}
    </Form>
  )
}

type AllowedProps = {
  readonly known: KnownPerson
  readonly typed: Typed
  readonly onChange: (typed: Typed) => void
}

/** Whom a relative may message, and whether somebody listens first. */
function Allowed({ known, typed, onChange }: AllowedProps): JSX.Element {
  const { all, asksOthers } = known
  const { without } = typed
  const to = all.map(({ id }) => id).filter((id) => !without.includes(id))
  const tick = (id: ChildId, on: boolean): void =>
    onChange({ ...typed, without: on ? without.filter((one) => one !== id) : [...without, id] })
  return (
    <>
      {all.length > 1 && (
        <div class="field">
          <Ticks legend={words.whom} among={all} to={to} onTick={tick} />
          <p class="hint">{words.whomHint}</p>
        </div>
      )}
      <Tick
        label={words.trust}
        hint={asksOthers ? words.trustAsks : words.trustHint}
        checked={typed.isTrusted}
        onChange={(isTrusted) => onChange({ ...typed, isTrusted })}
      />
    </>
  )
}

async function tell(client: Client, { member, all }: KnownPerson, typed: Typed): Promise<void> {
  const before = personIn(await readProfile(client), member.person)
  const { relation: _relation, children: _children, ...rest } = before ?? {}
  const children = all.map(({ id }) => id).filter((id) => !typed.without.includes(id))
  const told: ProfilePerson = {
    ...rest,
    person: member.person,
    name: typed.name.trim(),
    ...(typed.relation && { relation: typed.relation }),
    ...(typed.without.length > 0 && { children }),
  }
  await editProfile(client, { people: [told] })
}

/** Whether it is so already that this person is trusted, or not. */
async function isSo(client: Client, { person }: Member, { isTrusted }: Typed): Promise<boolean> {
  return (await trust(client, person, isTrusted)).done
}
