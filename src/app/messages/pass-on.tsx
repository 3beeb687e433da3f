import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { share } from '../../client/keeping.ts'
import type { Message } from '../../client/messages.ts'
import type { PrincipalId } from '../../protocol/ids.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import { listeners, type Around } from './deeds.ts'
import { FaceTick } from './face-tick.tsx'
import { deeds as words } from './messages-texts.ts'
import { listed } from './names.ts'

type Props = {
  readonly message: Message
  readonly around: Around
  /** The id of the window's title. */
  readonly title: string
  readonly onDone: () => void
}

/** Chooses who else hears a message. */
export function PassOn({ message, around, title, onDone }: Props): JSX.Element {
  const { client } = useApp()
  const others = listeners(message, around)
  const [to, setTo] = useState<readonly PrincipalId[]>([])
  const act = useAction(async () => {
    for (const person of to) await share(client, message.message, person)
    const names = others.filter(({ person }) => to.includes(person)).map(called)
    announce(words.passedOn(listed(names)))
    onDone()
  })
  return (
    <>
      <h2 id={title}>{words.passOnTitle}</h2>
      <p class="small">{words.passOnHint}</p>
      <ul class="ticks">
        {others.map((one) => (
          <li key={one.person}>
            <FaceTick
              of={one.person}
              name={called(one)}
              checked={to.includes(one.person)}
              onChange={(on) =>
                setTo(on ? [...to, one.person] : to.filter((id) => id !== one.person))
              }
            />
          </li>
        ))}
      </ul>
      <Problem code={act.problem} />
      <div class="buttons">
        <button type="button" class="button" onClick={onDone}>
          {texts.app.no}
        </button>
        <button
          type="button"
          class="button primary"
          disabled={to.length === 0}
          onClick={() => void act.run()}
        >
          {words.passOnYes}
        </button>
      </div>
    </>
  )
}

function called({ name }: { name: string }): string {
  return name || texts.family.unnamed
}
