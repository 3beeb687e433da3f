import type { JSX } from 'preact'
import type { Reach } from './gesture.ts'
import { RecordButton } from './record-button.tsx'
import type { Control } from './use-recording.ts'

type Props = {
  readonly control: Control
  readonly limitMs: number
  /** How far a held finger has slid; nothing while no finger is down. */
  readonly held: Reach | undefined
  readonly onHeld: (held: Reach | undefined) => void
}

/** The big button, the time around it, and where a held finger can slide to. */
export function Pad({ control, limitMs, held, onHeld }: Props): JSX.Element {
  const level = control.phase === 'recording' ? (control.levels.at(-1) ?? 0) : 0
  const part = Math.min(1, control.elapsedMs / limitMs)
  return (
    <div class={`record-pad ${held ? 'held' : ''}`} style={{ '--level': level }}>
      <Goal class="lock" reach={held?.lock}>
        <path d="M8 11V8a4 4 0 0 1 8 0v3M6 11h12v9H6z" />
      </Goal>
      <Goal class="bin" reach={held?.bin}>
        <path d="M5 7h14M10 7V5h4v2M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5" />
      </Goal>
      <svg class="record-ring" viewBox="0 0 100 100" aria-hidden="true">
        <circle cx="50" cy="50" r="48" pathLength="1" stroke-dasharray={`${part} 1`} />
      </svg>
      <RecordButton control={control} onHeld={onHeld} />
    </div>
  )
}

type GoalProps = {
  readonly class: string
  readonly reach: number | undefined
  readonly children: JSX.Element
}

/** Where to slide to; fuller the nearer one is. For fingers only: all of it has buttons, too. */
function Goal({ reach, children, ...rest }: GoalProps): JSX.Element {
  return (
    <span
      class={`record-goal ${rest.class}`}
      style={{ '--reach': reach ?? 0 }}
      hidden={reach === undefined}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        {children}
      </svg>
    </span>
  )
}
