import type { ComponentChildren, JSX } from 'preact'
import type { Message } from '../../client/messages.ts'
import type { MessageId } from '../../protocol/ids.ts'
import { box } from '../box/box-texts.ts'
import { useApp } from '../ui/context.ts'
import { Face } from '../ui/face.tsx'
import { Failed } from './failed.tsx'
import { deeds, messages as words } from './messages-texts.ts'
import { fromTo, nameOf, speakerOf } from './names.ts'
import { Play } from './play.tsx'
import { trackOf } from './player/use-playlist.ts'
import { StateIcon } from './state-icon.tsx'
import { stateText, type Reader } from './states.ts'
import { dayOf } from './times.ts'

export type RowProps = {
  readonly message: Message
  /** What a child without a name is called. */
  readonly child: string
  readonly reader: Reader
  /** The message it answers, where it is known here. */
  readonly answered?: Message | undefined
  readonly onJump?: ((message: MessageId) => void) | undefined
  /** Opens what else can be done with it. */
  readonly onMore?: ((message: Message) => void) | undefined
  /** What can be done with it. */
  readonly children?: ComponentChildren
}

/** One message in a list. */
export function Row(props: RowProps): JSX.Element {
  return (
    <li class={rowClass(props.message)}>
      <Voice {...props} />
    </li>
  )
}

/** How a message's place in a list looks. */
export function rowClass({ from }: Message): string {
  return from.me && !from.child ? 'message mine' : 'message'
}

/** One message: who to whom, when, where it stands, what it answers, and the voice itself. */
export function Voice(props: RowProps): JSX.Element {
  const { message, child, answered, children } = props
  const { client } = useApp()
  const who = fromTo(message, child)
  return (
    <>
      <Head {...props} who={who} />
      {answered && <Answered {...props} answered={answered} />}
      <Play label={who} {...trackOf(client, message)} />
      {message.state === 'failed' && <Failed message={message} />}
      {children}
    </>
  )
}

function Head({ message, child, reader, onMore, who }: RowProps & { who: string }): JSX.Element {
  const state = stateText(message, reader)
  const when = dayOf(message.at, Date.now())
  return (
    <div class="message-head">
      <Faces message={message} child={child} />
      <div class="grow">
        <p class="who">
          <strong>{who}</strong>
          {message.from.byLink && <span class="fresh">{box.family.byLink}</span>}
          {!message.heard && <span class="fresh">{words.fresh}</span>}
        </p>
        <p class="small facts">
          <span>{when}</span>
          {state !== '' && (
            <span class={`state ${message.state}`}>
              <StateIcon state={message.state} />
              {state}
            </span>
          )}
          {message.saved && (
            <span class="state saved">
              <StateIcon state="saved" />
              {words.saved}
            </span>
          )}
        </p>
      </div>
      {onMore && (
        <button
          type="button"
          class="more-button"
          aria-haspopup="dialog"
          aria-label={deeds.moreFor(who, when)}
          onClick={() => onMore(message)}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M3 12a2 2 0 1 0 4 0a2 2 0 1 0-4 0M10 12a2 2 0 1 0 4 0a2 2 0 1 0-4 0M17 12a2 2 0 1 0 4 0a2 2 0 1 0-4 0" />
          </svg>
        </button>
      )}
    </div>
  )
}

/** Who spoke, and small beside them to whom. */
function Faces({ message, child }: Pick<RowProps, 'message' | 'child'>): JSX.Element {
  const { from, to } = message
  const [first, ...others] = to
  const name = from.child ? speakerOf(message, child) : from.name
  return (
    <span class="avatars" aria-hidden="true">
      <Face of={from.child?.child ?? from.person} name={name} />
      {others.length > 0 && <span class="avatar-count">{to.length}</span>}
      {first && others.length === 0 && (
        <Face of={'child' in first ? first.child : first.person} name={nameOf(first, child)} />
      )}
    </span>
  )
}

type AnsweredProps = Pick<RowProps, 'child' | 'onJump'> & { readonly answered: Message }

function Answered({ answered, child, onJump }: AnsweredProps): JSX.Element {
  const when = dayOf(answered.at, Date.now())
  const isMine = answered.from.me && !answered.from.child
  const says = isMine ? words.answersYou(when) : words.answers(speakerOf(answered, child), when)
  if (!onJump) return <p class="small">{says}</p>
  return (
    <button type="button" class="answers" onClick={() => onJump(answered.message)}>
      {says}
    </button>
  )
}
