import type { JSX } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Message } from '../../client/messages.ts'
import type { MessageId } from '../../protocol/ids.ts'
import { useNear } from '../ui/use-near.ts'
import { CHUNK, chunksOf, monthsOf, type Month } from './choosing.ts'
import { Judge } from './judge.tsx'
import { messages as words } from './messages-texts.ts'
import { rowClass, Voice } from './row.tsx'
import type { Reader } from './states.ts'
import { monthOf } from './times.ts'

/** Pixels that a message takes before it was ever drawn. */
const GUESS = 172

export type ListProps = {
  readonly messages: readonly Message[]
  /** All there are: an answer may be to one that the list leaves out. */
  readonly known: ReadonlyMap<MessageId, Message>
  readonly child: string
  readonly reader: Reader
  readonly onMore: (message: Message) => void
  readonly onJump: (message: MessageId) => void
  /** The message to go to; another object each time, also for the same one. */
  readonly target?: { readonly message: MessageId } | undefined
}

/**
 * Messages by month, however many: only what is near the visible part is drawn. The page scrolls as
 * any page does.
 */
export function MessageList(props: ListProps): JSX.Element {
  const { messages, target } = props
  const months = useMemo(() => monthsOf(messages), [messages])
  useEffect(() => {
    if (!target) return undefined
    // A screen that has just opened gives its heading the focus first.
    const frame = requestAnimationFrame(() => show(rowId(target.message)))
    return () => cancelAnimationFrame(frame)
  }, [target])
  const firsts = useMemo(() => placesOf(months), [months])
  return (
    <>
      {months.length > 1 && <GoToMonth months={months} />}
      {months.map((month, index) => (
        <MonthSection
          key={month.key}
          {...props}
          month={month}
          first={firsts[index] ?? 0}
          total={messages.length}
        />
      ))}
    </>
  )
}

/** How many messages come before each month. */
function placesOf(months: readonly Month[]): readonly number[] {
  let place = 0
  return months.map(({ messages }) => {
    place += messages.length
    return place - messages.length
  })
}

function rowId(message: MessageId): string {
  return `at-${message}`
}

/** Goes to a place on the page, for the eyes and for the focus. */
function show(id: string): void {
  const element = document.getElementById(id)
  element?.scrollIntoView({ block: 'center' })
  element?.focus({ preventScroll: true })
}

function GoToMonth({ months }: { months: readonly Month[] }): JSX.Element {
  return (
    <label class="month-choice">
      <span>{words.month}</span>
      <select
        onChange={(event) => {
          const { value } = event.currentTarget
          if (value !== '') show(value)
          event.currentTarget.value = ''
        }}
      >
        <option value="" />
        {months.map(({ key, messages: [newest] }) => (
          <option key={key} value={`month-${key}`}>
            {newest && monthOf(newest.at)}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Where a part of the list begins, and how long the list is. */
type Place = { readonly first: number; readonly total: number }

type MonthProps = ListProps & Place & { readonly month: Month }

function MonthSection({ month, first, ...props }: MonthProps): JSX.Element {
  const chunks = chunksOf(month.messages)
  const [newest] = month.messages
  return (
    <section class="month">
      <h2 id={`month-${month.key}`} tabIndex={-1}>
        {newest && monthOf(newest.at)}
      </h2>
      <div role="list" class="chunks">
        {chunks.map((chunk, at) => (
          <Chunk key={at} {...props} messages={chunk} first={first + at * CHUNK} />
        ))}
      </div>
    </section>
  )
}

type ChunkProps = ListProps & Place

function Chunk({ messages, first, ...props }: ChunkProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const { near, height } = useNear(box, first < CHUNK)
  const { target } = props
  const drawn = near || messages.some(({ message }) => message === target?.message)
  const style = { height: `${height ?? messages.length * GUESS}px` }
  return (
    <div ref={box} class="chunk" {...(!drawn && { style })}>
      {drawn &&
        messages.map((message, at) => (
          <ListRow key={message.message} {...props} message={message} place={first + at} />
        ))}
    </div>
  )
}

type ListRowProps = Omit<ChunkProps, 'messages' | 'first'> & {
  readonly message: Message
  readonly place: number
}

function ListRow({ message, place, total, known, ...props }: ListRowProps): JSX.Element {
  const isWaiting = message.state === 'waiting' && props.reader === 'guardian'
  const isHere = message.state !== 'sending' && message.state !== 'failed'
  return (
    <div
      id={rowId(message.message)}
      class={rowClass(message)}
      role="listitem"
      tabIndex={-1}
      aria-posinset={place + 1}
      aria-setsize={total}
    >
      <Voice
        {...props}
        message={message}
        answered={message.re && known.get(message.re)}
        onMore={isHere ? props.onMore : undefined}
      >
        {isWaiting && <Judge message={message} />}
      </Voice>
    </div>
  )
}
