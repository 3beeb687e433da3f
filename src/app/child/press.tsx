import type { ComponentChildren, JSX } from 'preact'

/**
 * How the child's screen is touched. It acts when a finger comes down, not when it goes. Ignored are a
 * finger that comes while another one holds a button, the second tap of two, and the click that
 * browsers send after a finger has gone; a click without a finger is a keyboard's or a screen reader's.
 * What counts is when a finger came, not when a busy phone gets round to it.
 */
const touch: { holding: number | undefined; since: number; rested: number; fingered: boolean } = {
  holding: undefined,
  since: 0,
  rested: 0,
  fingered: false,
}

/** A small child's second tap comes within this time, and means nothing. */
const REST_MS = 450
/** In the game, paws follow each other faster. */
const QUICK_REST_MS = 140
/** A finger that lies on a button for longer is forgotten about. */
const HELD_MS = 1_500
/** The click of a finger that has gone comes at once. */
const CLICK_MS = 400

let forgetting: ReturnType<typeof setTimeout> | undefined

function comeDown(event: PointerEvent): boolean {
  clearTimeout(forgetting)
  touch.fingered = true
  const now = event.timeStamp
  const isHeld = touch.holding !== undefined && now - touch.since < HELD_MS
  if (event.button !== 0 || (isHeld && touch.holding !== event.pointerId)) return false
  touch.holding = event.pointerId
  touch.since = now
  return true
}

function goUp(event: PointerEvent): void {
  if (touch.holding === event.pointerId) touch.holding = undefined
  clearTimeout(forgetting)
  forgetting = setTimeout(() => (touch.fingered = false), CLICK_MS)
}

if ('addEventListener' in globalThis) {
  for (const gone of ['pointerup', 'pointercancel'] as const) addEventListener(gone, goUp)
}

/** Whether enough time had passed since something was done; then the rest begins anew. */
function isRested(now: number, quick: boolean): boolean {
  if (now < touch.rested - (quick ? REST_MS - QUICK_REST_MS : 0)) return false
  touch.rested = now + REST_MS
  return true
}

type Props = {
  /** What a screen reader says; nobody else reads it. */
  readonly label: string
  readonly onPress: () => void
  readonly class?: string
  /** May follow another press at once. */
  readonly quick?: boolean
  /** For what is on or off. */
  readonly on?: boolean
  readonly children: ComponentChildren
}

/** A picture that does something as soon as it is pressed. */
export function Press({ label, onPress, quick = false, on, ...rest }: Props): JSX.Element {
  const act = (event: Event): void => {
    if (isRested(event.timeStamp, quick)) onPress()
  }
  return (
    <button
      type="button"
      class={`press ${rest.class ?? ''}`}
      aria-label={label}
      aria-pressed={on}
      onPointerDown={(event) => comeDown(event) && act(event)}
      onClick={(event) => touch.fingered || act(event)}
      onContextMenu={(event) => event.preventDefault()}
    >
      {rest.children}
    </button>
  )
}
