import type { JSX } from 'preact'
import type { Client } from '../../client/client.ts'
import {
  postNotices,
  readWishes,
  type PostNotices,
  type Wishes,
} from '../../client/post-notices.ts'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { pushAbility, type Ability } from './browser.ts'
import { MailPart } from './mail-part.tsx'
import { notices as words } from './notices-texts.ts'
import { PushPart } from './push-part.tsx'

/** Everything the parts of the screen show. */
export type Told = PostNotices & { readonly wishes: Wishes; readonly ability: Ability }

/** How one is told that post came. */
export function NoticesScreen(): JSX.Element {
  const live = useLive(toldOf, ['session'])
  const { data, problem } = live
  const reload = (): void => live.reload()
  if (!data && !problem) return <Wait />
  return (
    <Screen title={words.title} back="/settings">
      <p class="lead">{words.lead}</p>
      <Problem code={problem} />
      {data && <PushPart told={data} onChanged={reload} />}
      {data && <MailPart told={data} onChanged={reload} />}
    </Screen>
  )
}

async function toldOf(client: Client): Promise<Told> {
  const [told, wishes, ability] = await Promise.all([
    postNotices(client),
    readWishes(client),
    pushAbility(),
  ])
  return { ...told, wishes, ability }
}
