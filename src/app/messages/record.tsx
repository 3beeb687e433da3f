import type { JSX } from 'preact'
import type { Client } from '../../client/client.ts'
import { members } from '../../client/people.ts'
import { childCalled } from '../family/child.ts'
import { navigate } from '../platform/router.ts'
import { texts } from '../texts.ts'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { readAddress, type Address } from './drafts.ts'
import { Recorder } from './recorder/recorder.tsx'

const words = texts.record

type Props = { readonly author: string; readonly to: string }
type Seen = { readonly address: Address; readonly child: string; readonly name: string }

/** Records for one address: the child, the parents, one person, or the child's answer to one. */
export function RecordScreen(props: Props): JSX.Element {
  const seen = useLive((client) => look(client, props), ['family'])
  if (seen.problem) {
    return (
      <Screen title={texts.app.name} back="/">
        <Problem code={seen.problem} />
      </Screen>
    )
  }
  if (!seen.data) return <Wait />
  const { address, child, name } = seen.data
  return (
    <Screen title={titleOf(seen.data)} back="/">
      {address.author === 'child' && <p class="lead">{words.answerHint}</p>}
      <Recorder
        address={address}
        name={address.to === 'child' ? child : name}
        onSent={() => navigate('/', { replace: true })}
      />
    </Screen>
  )
}

async function look(client: Client, props: Props): Promise<Seen> {
  const address = readAddress(props)
  const child = await childCalled(client)
  const people = await members(client)
  const member = people.find(({ person }) => person === address.to)
  const parents = address.to === 'household' ? words.parents : texts.family.unnamed
  return { address, child, name: member?.name || parents }
}

function titleOf({ address, child, name }: Seen): string {
  if (address.author === 'child') return words.answerFor(child, name)
  return address.to === 'child' ? words.forChild(child) : words.forPerson(name)
}
