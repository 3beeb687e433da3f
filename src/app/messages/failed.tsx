import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Message } from '../../client/messages.ts'
import { discard, retry } from '../../client/outbox.ts'
import { texts } from '../texts.ts'
import { Confirm } from '../ui/confirm.tsx'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import { messages as words } from './messages-texts.ts'

/** What could not be sent stays until the person decides. */
export function Failed({ message: { message } }: { message: Message }): JSX.Element {
  const { client } = useApp()
  const [deleting, setDeleting] = useState(false)
  const again = useAction(() => retry(client, message))
  const drop = useAction(() => discard(client, message))
  return (
    <>
      <Problem code={again.problem ?? drop.problem} />
      <div class="buttons">
        <button type="button" class="button primary" onClick={() => void again.run()}>
          {words.retry}
        </button>
        <button type="button" class="button" onClick={() => setDeleting(true)}>
          {words.discard}
        </button>
      </div>
      {deleting && (
        <Confirm
          question={words.discardSure}
          detail={words.discardDetail}
          yes={texts.record.discardYes}
          onYes={() => void drop.run()}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  )
}
