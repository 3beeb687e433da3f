import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { isRightToLeft } from '../../ui/direction.ts'
import { reachOf, releaseOf, slideOf, type Press, type Reach } from './gesture.ts'
import { recording as words } from './recorder-texts.ts'
import type { Control } from './use-recording.ts'

type Props = {
  readonly control: Control
  /** How far a held finger has slid; nothing when it is up. */
  readonly onHeld: (held: Reach | undefined) => void
}

/**
 * The one big button. A tap starts and a tap stops; so do Space and Enter; held, it records until it
 * is let go, slid to the bin (thrown away) or up to the lock (goes on by itself).
 */
export function RecordButton({ control, onHeld }: Props): JSX.Element {
  const { phase } = control
  const on = phase === 'starting' || phase === 'recording' || phase === 'paused'
  const pointer = usePointer(control, onHeld)
  const toggle = (): void => (on ? control.stop() : control.start())
  return (
    <button
      type="button"
      class={`record ${on ? 'on' : ''} ${pointer.held ? 'held' : ''}`}
      aria-disabled={phase === 'ending'}
      {...pointer.handlers}
      onClick={() => pointer.wasPointer() || toggle()}
      onContextMenu={(event) => event.preventDefault()}
    >
      <svg viewBox="0 0 48 48" aria-hidden="true">
        {on ? <rect x="13" y="13" width="22" height="22" rx="4" /> : <Microphone />}
      </svg>
      <span>{labelOf(phase)}</span>
    </button>
  )
}

function labelOf(phase: Control['phase']): string {
  if (phase === 'paused') return words.done
  return phase === 'idle' ? words.start : words.stop
}

function Microphone(): JSX.Element {
  return (
    <>
      <rect x="18" y="6" width="12" height="22" rx="6" />
      <path
        d="M12 23a12 12 0 0 0 24 0M24 35v7M17 42h14"
        fill="none"
        stroke="currentColor"
        stroke-width="3"
        stroke-linecap="round"
      />
    </>
  )
}

type Pointer = {
  readonly held: boolean
  /** Whether the click that comes now was a pointer's, which has been dealt with already. */
  wasPointer(): boolean
  readonly handlers: {
    onPointerDown(event: PointerEvent): void
    onPointerMove(event: PointerEvent): void
    onPointerUp(event: PointerEvent): void
    onPointerCancel(): void
  }
}

function usePointer(control: Control, onHeld: Props['onHeld']): Pointer {
  const [held, setHeld] = useState(false)
  const press = useRef<Press | undefined>(undefined)
  const seen = useRef(false)
  const hold = (start: Press | undefined): void => {
    press.current = start
    setHeld(start !== undefined)
    onHeld(start && { bin: 0, lock: 0 })
  }
  const down = (event: PointerEvent): void => {
    if (event.button !== 0 || !event.isPrimary) return
    seen.current = true
    if (control.phase !== 'idle') return control.stop()
    // The button keeps the pointer while a finger slides off it.
    if (event.currentTarget instanceof Element) {
      event.currentTarget.setPointerCapture(event.pointerId)
    }
    hold(pressOf(event))
    control.start()
  }
  const move = (event: PointerEvent): void => {
    if (!press.current) return
    const reading = isRightToLeft() ? -1 : 1
    const slide = slideOf(press.current, pressOf(event), reading)
    if (!slide) return onHeld(reachOf(press.current, pressOf(event), reading))
    hold(undefined)
    if (slide === 'cancel') control.cancel()
  }
  const up = (event: PointerEvent): void => {
    const released = press.current && releaseOf(press.current, pressOf(event))
    hold(undefined)
    if (released !== 'hold') return
    control.stop()
    control.giveUp()
  }
  return {
    held,
    wasPointer() {
      const was = seen.current
      seen.current = false
      return was
    },
    handlers: {
      onPointerDown: down,
      onPointerMove: move,
      onPointerUp: up,
      // A permission question takes the finger away: then it was a tap.
      onPointerCancel: () => hold(undefined),
    },
  }
}

function pressOf({ clientX, clientY, timeStamp }: PointerEvent): Press {
  return { x: clientX, y: clientY, at: timeStamp }
}
