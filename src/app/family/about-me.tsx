import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { members } from '../../client/people.ts'
import { portraits, type Portrait } from '../../client/portraits.ts'
import type { Client } from '../../client/client.ts'
import { setPortrait } from '../../client/portraying.ts'
import { readFamily } from '../../client/family.ts'
import type { PrincipalId } from '../../protocol/ids.ts'
import { navigate } from '../platform/router.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Face, WithFaces } from '../ui/face.tsx'
import { Form } from '../ui/form.tsx'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { people as words } from './people-texts.ts'
import { PictureField } from './picture-field.tsx'

type Me = { readonly person: PrincipalId; readonly name: string; readonly has: boolean }

/** One's own picture, and the way out. */
export function AboutMe(): JSX.Element {
  const { data, problem } = useLive(look, [])
  if (!data) return problem ? <Problem code={problem} /> : <Wait />
  return (
    <WithFaces>
      <Screen title={words.aboutMe} back="/settings">
        <p class="lead">{words.aboutMeSays}</p>
        <Change {...data} />
        <section class="apart">
          <h2>{words.leave}</h2>
          <p>{words.leaveSays}</p>
          <div class="buttons">
            <Link to="/settings/leave" class="button">
              {words.leave}
            </Link>
          </div>
        </section>
      </Screen>
    </WithFaces>
  )
}

async function look(client: Client): Promise<Me> {
  const { person } = await readFamily(client)
  const me = (await members(client)).find((one) => one.me)
  return { person, name: me?.name ?? '', has: (await portraits(client)).has(person) }
}

function Change({ person, name, has }: Me): JSX.Element {
  const { client } = useApp()
  const [portrait, setChosen] = useState<Portrait | undefined>(undefined)
  const save = useAction(async () => {
    if (portrait) await setPortrait(client, person, portrait)
    announce(words.saved)
    navigate('/settings')
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
        before={<Face of={person} name={name} />}
        has={has}
        onChoose={setChosen}
      />
    </Form>
  )
}
