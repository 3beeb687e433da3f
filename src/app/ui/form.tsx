import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { texts } from '../texts.ts'
import { Problem, type Trouble } from './problem.tsx'

type Props = {
  readonly submit: string
  readonly busy: boolean
  readonly problem: Trouble | undefined
  readonly onSubmit: () => void
  readonly children: ComponentChildren
}

/** A form with one button; what goes wrong stands right above it, until something is typed. */
export function Form({ submit, busy, problem, onSubmit, children }: Props): JSX.Element {
  const [typed, setTyped] = useState(false)
  useEffect(() => setTyped(false), [problem])
  const send = (event: Event): void => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form class="form" onSubmit={send} onInput={() => setTyped(true)}>
      {children}
      <Problem code={typed ? undefined : problem} />
      <button type="submit" class="button primary" aria-disabled={busy}>
        {busy ? texts.app.moment : submit}
      </button>
    </form>
  )
}
