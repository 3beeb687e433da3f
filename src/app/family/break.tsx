import type { JSX } from 'preact'
import type { Client } from '../../client/client.ts'
import { editProfile, type Member } from '../../client/people.ts'
import { personIn, readProfile } from '../../client/profile.ts'
import { texts } from '../texts.ts'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import { people as words } from './people-texts.ts'

/** Lets a relative take a break, or go on. */
export function Break({ member }: { member: Member }): JSX.Element {
  const { client } = useApp()
  const { paused } = member
  const name = member.name || texts.family.unnamed
  const change = useAction(() => pause(client, member, !paused))
  return (
    <section class="apart">
      <h2>{words.breakTitle}</h2>
      <p role="status">{paused ? words.isPaused(name) : words.breakSays(name)}</p>
      <Problem code={change.problem} />
      <div class="buttons">
        <button
          type="button"
          class="button"
          aria-disabled={change.busy}
          onClick={() => void change.run()}
        >
          {change.busy ? texts.app.moment : paused ? words.goOn : words.pause}
        </button>
      </div>
    </section>
  )
}

async function pause(client: Client, { person, name }: Member, stops: boolean): Promise<void> {
  const known = personIn(await readProfile(client), person) ?? { person, name }
  const { paused: _paused, ...rest } = known
  await editProfile(client, { people: [{ ...rest, ...(stops && { paused: true }) }] })
}
