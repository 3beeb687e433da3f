import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Client } from '../../client/client.ts'
import { children } from '../../client/children.ts'
import { editProfile, members, type Member } from '../../client/people.ts'
import { personIn, readProfile } from '../../client/profile.ts'
import type { ProfileChild } from '../../protocol/message/kinds.ts'
import { navigate } from '../platform/router.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'

const words = texts.family.names

type Known = { readonly children: readonly ProfileChild[]; readonly people: readonly Member[] }

/** The names of the children and of the people, to be changed by a guardian. */
export function Names(): JSX.Element {
  // Read once: a name that arrives meanwhile does not change what is being typed.
  const { data, problem } = useLive(known, [])
  if (!data) return problem ? <Problem code={problem} /> : <Wait />
  return <Change {...data} />
}

async function known(client: Client): Promise<Known> {
  return { children: await children(client), people: await members(client) }
}

function Change(before: Known): JSX.Element {
  const { client } = useApp()
  const [kids, setKids] = useState(before.children)
  const [people, setPeople] = useState(before.people)
  const setName = (of: Member, name: string): void =>
    setPeople(people.map((one) => (one.person === of.person ? { ...one, name } : one)))
  const save = useAction(async () => {
    await rename(client, kids, people)
    announce(words.saved)
    navigate('/family', { replace: true })
  })
  return (
    <Screen title={words.title} back="/family">
      <p class="lead">{words.lead}</p>
      <Form
        submit={words.save}
        busy={save.busy}
        problem={save.problem}
        onSubmit={() => void save.run()}
      >
        {kids.map((child) => (
          <Field
            key={child.id}
            label={texts.create.child}
            value={child.name}
            onInput={(name) =>
              setKids(kids.map((one) => (one.id === child.id ? { ...one, name } : one)))
            }
            maxLength={80}
          />
        ))}
        {people.map((member, index) => (
          <Field
            key={member.person}
            label={labelOf(before.people[index], index)}
            value={member.name}
            onInput={(name) => setName(member, name)}
            maxLength={80}
          />
        ))}
      </Form>
    </Screen>
  )
}

async function rename(
  client: Client,
  kids: readonly ProfileChild[],
  people: readonly Member[],
): Promise<void> {
  const profile = await readProfile(client)
  await editProfile(client, {
    children: kids.map((child) => ({ ...child, name: child.name.trim() })),
    people: people.map(({ person, name }) => ({
      ...personIn(profile, person),
      person,
      name: name.trim(),
    })),
  })
}

/** What a field is called while its name changes: by the name that there was. */
function labelOf(member: Member | undefined, index: number): string {
  if (member?.me) return words.me
  return member?.name ? words.person(member.name) : words.somebody(index + 1)
}
