import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { Confirm } from './confirm.tsx'
import { Problem } from './problem.tsx'
import { useAction } from './use-action.ts'

type Props = {
  readonly label: string
  readonly question: string
  readonly detail: string
  readonly yes: string
  readonly work: () => Promise<unknown>
}

/** A button that asks before it does what cannot be undone; what went wrong stands above it. */
export function Removal({ label, question, detail, yes, work }: Props): JSX.Element {
  const [asking, setAsking] = useState(false)
  const remove = useAction(work)
  return (
    <>
      <Problem code={remove.problem} />
      <button
        type="button"
        class="button"
        aria-disabled={remove.busy}
        onClick={() => setAsking(true)}
      >
        {label}
      </button>
      {asking && (
        <Confirm
          question={question}
          detail={detail}
          yes={yes}
          onYes={() => void remove.run()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
