import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { texts } from '../../texts.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { useApp } from '../../ui/context.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'
import { dropDraft, sendDraft, type Draft } from '../drafts.ts'
import { Play } from '../play.tsx'
import { recording } from './recorder-texts.ts'

const words = texts.record

type Props = {
  readonly draft: Draft
  readonly note: string
  readonly onSent: () => void
  readonly onAgain: () => void
}

/** A stopped recording: listen, send, record again, or delete. */
export function Preview({ draft, note, onSent, onAgain }: Props): JSX.Element {
  const { client } = useApp()
  const said = note || (draft.interrupted ? recording.interrupted : '')
  const [deleting, setDeleting] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  // Whoever has just recorded goes on here; whoever finds a draft reads from above.
  useEffect(() => {
    if (note !== '') heading.current?.focus()
  }, [])
  const send = useAction(() => sendDraft(client, draft))
  const drop = useAction(() => dropDraft(client, draft))
  const sendIt = async (): Promise<void> => {
    if (await send.run()) onSent()
  }
  return (
    <section class="unsent" aria-label={words.listen}>
      <h2 ref={heading} tabIndex={-1}>
        {words.listen}
      </h2>
      <Play
        id={`draft-${draft.at}`}
        label={words.listen}
        durationMs={draft.durationMs}
        load={() => Promise.resolve(draft.sound)}
        big
      />
      <p class="small">{said ? `${said} ${words.kept}` : words.kept}</p>
      <Problem code={send.problem ?? drop.problem} />
      <button
        type="button"
        class="button primary wide"
        aria-disabled={send.busy}
        onClick={() => void sendIt()}
      >
        {send.busy ? texts.app.moment : words.send}
      </button>
      <div class="buttons">
        <button type="button" class="button" onClick={onAgain}>
          {words.again}
        </button>
        <button type="button" class="button" onClick={() => setDeleting(true)}>
          {words.discard}
        </button>
      </div>
      {deleting && (
        <Confirm
          question={words.discardSure}
          yes={words.discardYes}
          onYes={() => void drop.run()}
          onClose={() => setDeleting(false)}
        />
      )}
    </section>
  )
}
