import type { JSX } from 'preact'
import { erase } from '../../client/erasing.ts'
import type { Message } from '../../client/messages.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import { losers, type Around } from './deeds.ts'
import { vanish } from './hiding.ts'
import { deeds as words } from './messages-texts.ts'
import { listed } from './names.ts'

type Props = {
  readonly message: Message
  readonly around: Around
  /** The id of the window's title. */
  readonly title: string
  readonly onDone: () => void
}

/** Asks before a message is deleted for everybody, and says who loses it. */
export function Erase({ message, around, title, onDone }: Props): JSX.Element {
  const { client } = useApp()
  const act = useAction(async () => {
    await erase(client, message.message)
    vanish(message.message)
    announce(words.erased)
    onDone()
  })
  return (
    <>
      <h2 id={title}>{words.eraseSure}</h2>
      <p>{whoLoses(message, around)}</p>
      <Problem code={act.problem} />
      <div class="buttons">
        <button type="button" class="button" onClick={onDone}>
          {texts.app.no}
        </button>
        <button type="button" class="button primary" onClick={() => void act.run()}>
          {words.eraseYes}
        </button>
      </div>
    </>
  )
}

function whoLoses(message: Message, around: Around): string {
  const names = losers(message, around).map(({ name }) => name || texts.family.unnamed)
  if (names.length === 0) return words.eraseAlone
  const toy = message.to.some((whom) => 'child' in whom)
  return toy ? words.eraseWithToy(listed(names)) : words.eraseWith(listed(names))
}
