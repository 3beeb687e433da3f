import { useEffect, useMemo, useState } from 'preact/hooks'
import { recording as words } from './recorder-texts.ts'
import {
  cancel,
  giveUp,
  IDLE,
  pause,
  resume,
  start,
  stop,
  type Options,
  type RecordingState,
  type Session,
} from './session.ts'

export type Control = RecordingState & {
  readonly start: () => void
  readonly pause: () => void
  readonly resume: () => void
  readonly stop: () => void
  readonly cancel: () => void
  readonly giveUp: () => void
}

/**
 * The recordings of one screen. A recording is stopped and kept, never thrown away, when the time is
 * up, the screen is left, the window is hidden, or the microphone goes.
 */
export function useRecording(options: Options): Control {
  const [state, show] = useState(IDLE)
  const session = useMemo<Session>(
    () => ({ options, state: IDLE, recording: undefined, release: () => undefined, show }),
    [],
  )
  session.options = options
  useEffect(() => keepWhenLeft(session), [])
  return {
    ...state,
    start: () => void start(session),
    pause: () => pause(session),
    resume: () => resume(session),
    stop: () => void stop(session),
    cancel: () => cancel(session),
    giveUp: () => giveUp(session),
  }
}

function keepWhenLeft(session: Session): () => void {
  const hidden = (): void => {
    if (document.hidden) void stop(session, words.left)
  }
  document.addEventListener('visibilitychange', hidden)
  return () => {
    document.removeEventListener('visibilitychange', hidden)
    void stop(session)
    giveUp(session)
  }
}
