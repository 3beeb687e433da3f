import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Message } from '../../client/messages.ts'
import type { Around } from './deeds.ts'
import { More } from './more.tsx'

export type MoreControl = {
  readonly open: (message: Message) => void
  /** To be drawn somewhere on the screen. */
  readonly sheet: JSX.Element | null
}

/** What else can be done with one message of a screen. */
export function useMore(child: string, around: Around): MoreControl {
  const [message, setMessage] = useState<Message | undefined>(undefined)
  const close = (): void => setMessage(undefined)
  return {
    open: setMessage,
    sheet: message ? (
      <More key={message.message} message={message} child={child} around={around} onClose={close} />
    ) : null,
  }
}
