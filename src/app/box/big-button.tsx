import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { Microphone, Square } from './pictures.tsx'

/** Held for longer than this, letting go ends it; a tap ends with the next tap. */
const HOLD_MS = 600

type Props = {
  readonly label: string
  readonly on: boolean
  readonly busy: boolean
  /** How loud it is: 0 to 1. */
  readonly level: number
  readonly onStart: () => void
  readonly onStop: () => void
}

/**
 * The one big button. A tap starts and a tap stops; who holds it stops by letting go. A finger that
 * slips throws nothing away.
 */
export function BigButton(props: Props): JSX.Element {
  const { label, on, busy, level } = props
  const handlers = useFinger(props)
  return (
    <button
      type="button"
      class={on ? 'big on' : 'big'}
      aria-label={label}
      aria-disabled={busy}
      onContextMenu={(event) => event.preventDefault()}
      {...handlers}
    >
      <span class={`ring level-${Math.min(4, Math.ceil(level * 4))}`} aria-hidden="true" />
      {on ? <Square /> : <Microphone />}
      <span class="words">{label}</span>
    </button>
  )
}

type Finger = {
  onPointerDown(event: PointerEvent): void
  onPointerUp(event: PointerEvent): void
  onPointerCancel(): void
  onClick(): void
}

function useFinger({ on, busy, onStart, onStop }: Props): Finger {
  /** When the finger came that began it; nothing once it left. */
  const pressed = useRef<number | undefined>(undefined)
  const dealt = useRef(false)
  return {
    onPointerDown({ button, isPrimary, timeStamp }) {
      if (button !== 0 || !isPrimary || busy) return
      dealt.current = true
      if (on) return onStop()
      pressed.current = timeStamp
      onStart()
    },
    onPointerUp({ timeStamp }) {
      const began = pressed.current
      pressed.current = undefined
      if (began !== undefined && timeStamp - began >= HOLD_MS) onStop()
    },
    // The phone's own question about the microphone takes the finger away: then it was a tap.
    onPointerCancel() {
      pressed.current = undefined
    },
    onClick() {
      const was = dealt.current
      dealt.current = false
      if (was || busy) return
      if (on) onStop()
      else onStart()
    },
  }
}
