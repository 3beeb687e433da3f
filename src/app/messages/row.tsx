import type { ComponentChildren, JSX } from 'preact'
import { heard, sound, type Message } from '../../client/messages.ts'
import { box } from '../box/box-texts.ts'
import { texts } from '../texts.ts'
import { useApp } from '../ui/context.ts'
import { Failed } from './failed.tsx'
import { Play } from './play.tsx'
import { stateText, type Reader } from './states.ts'
import { dayOf } from './times.ts'

const words = texts.messages

type Props = {
  readonly message: Message
  readonly child: string
  readonly reader: Reader
  /** What can be done with it. */
  readonly children?: ComponentChildren
}

/** One message: who to whom, when, where it stands, and the voice itself. */
export function Row({ message, child, reader, children }: Props): JSX.Element {
  const { client } = useApp()
  const who = words.fromTo(...namesOf(message, child))
  const state = stateText(message, reader)
  const load = async (): Promise<Uint8Array> => (await sound(client, message.message)).sound
  const listened = (): void => {
    if (!message.heard) void heard(client, message.message)
  }
  return (
    <li class={`message ${message.from.me && !message.from.child ? 'mine' : ''}`}>
      <p class="who">
        <strong>{who}</strong>
        {message.from.byLink && <span class="fresh">{box.family.byLink}</span>}
        {!message.heard && <span class="fresh">{words.fresh}</span>}
      </p>
      <p class="small">
        {dayOf(message.at, Date.now())}
        {state !== '' && <span class={`state ${message.state}`}>{state}</span>}
      </p>
      <Play
        id={message.message}
        label={who}
        durationMs={message.durationMs}
        load={load}
        onPlay={listened}
      />
      {message.state === 'failed' && <Failed message={message} />}
      {children}
    </li>
  )
}

/** From whom and to whom, by name; the child's voice is the child's, whoever recorded it. */
function namesOf({ from, to }: Message, child: string): [string, string] {
  const sender = from.child ? from.child.name || child : from.me ? words.you : from.name
  return [sender, listed(to.map((whom) => nameOf(whom, child)))]
}

function nameOf(whom: Message['to'][number], child: string): string {
  return whom.name || ('child' in whom ? child : texts.record.parents)
}

const LIST = new Intl.ListFormat('en', { type: 'conjunction' })

function listed(names: readonly string[]): string {
  return LIST.format(names)
}
