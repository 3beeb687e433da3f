import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { approve, reject } from '../../client/judging.ts'
import type { Message } from '../../client/messages.ts'
import { messages as words } from './messages-texts.ts'
import { announce } from '../ui/announce.ts'
import { Confirm } from '../ui/confirm.tsx'
import { box } from '../box/box-texts.ts'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'

/** A guardian's decision about a message that waits. */
export function Judge({ message: { message, from } }: { message: Message }): JSX.Element {
  const { client } = useApp()
  const [asking, setAsking] = useState(false)
  const yes = useAction(async () => {
    await approve(client, message)
    announce(words.approved)
  })
  const no = useAction(async () => {
    await reject(client, message)
    announce(words.rejected)
  })
  const busy = yes.busy || no.busy
  return (
    <>
      <Problem code={yes.problem ?? no.problem} />
      <div class="buttons">
        <button
          type="button"
          class="button primary"
          aria-disabled={busy}
          onClick={() => void yes.run()}
        >
          {words.approve}
        </button>
        <button type="button" class="button" aria-disabled={busy} onClick={() => setAsking(true)}>
          {words.reject}
        </button>
      </div>
      {asking && (
        <Confirm
          question={words.rejectSure}
          detail={from.byLink ? box.family.rejectDetail : words.rejectDetail(from.name)}
          yes={words.rejectYes}
          onYes={() => void no.run()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
