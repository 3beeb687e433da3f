import type { ComponentChildren, JSX } from 'preact'
import { texts } from '../texts.ts'
import { Problem, type Trouble } from './problem.tsx'

type Props = {
  readonly submit: string
  readonly busy: boolean
  readonly problem: Trouble | undefined
  readonly onSubmit: () => void
  readonly children: ComponentChildren
}

/** A form with one button; what goes wrong stands right above it. */
export function Form({ submit, busy, problem, onSubmit, children }: Props): JSX.Element {
  const send = (event: Event): void => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form class="form" onSubmit={send}>
      {children}
      <Problem code={problem} />
      <button type="submit" class="button primary" aria-disabled={busy}>
        {busy ? texts.app.moment : submit}
      </button>
    </form>
  )
}
