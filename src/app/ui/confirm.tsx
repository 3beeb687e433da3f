import type { JSX } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { texts } from '../texts.ts'

type Props = {
  readonly question: string
  readonly detail?: string
  readonly yes: string
  readonly onYes: () => void
  readonly onClose: () => void
}

/** A question that must be answered first: the browser's own dialogue, Escape says no. */
export function Confirm({ question, detail, yes, onYes, onClose }: Props): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => dialog.current?.showModal(), [])
  const answer = (): void => {
    onYes()
    dialog.current?.close()
  }
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby={title}>
      <h2 id={title}>{question}</h2>
      {detail !== undefined && <p>{detail}</p>}
      <div class="buttons">
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {texts.app.no}
        </button>
        <button type="button" class="button primary" onClick={answer}>
          {yes}
        </button>
      </div>
    </dialog>
  )
}
