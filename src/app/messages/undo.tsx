import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useValue } from '../platform/value.ts'
import { announce } from '../ui/announce.ts'
import { Problem } from '../ui/problem.tsx'
import { hiding, undoHiding } from './hiding.ts'
import { deeds as words } from './messages-texts.ts'

/** For some seconds: what was deleted can be brought back. */
export function Undo(): JSX.Element | null {
  const { last, problem } = useValue(hiding)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!last) return
    // The row that had the focus is gone.
    button.current?.focus({ preventScroll: true })
    announce(words.hidden)
  }, [last])
  if (problem) return <Problem code={problem} />
  if (!last) return null
  const undo = (): void => {
    undoHiding()
    announce(words.undone)
  }
  return (
    <div class="undo">
      <span>{words.hidden}</span>
      <button ref={button} type="button" class="button quiet" onClick={undo}>
        {words.undo}
      </button>
    </div>
  )
}
