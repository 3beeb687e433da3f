import { useEffect, useMemo, useState } from 'preact/hooks'
import {
  cancel,
  giveUp,
  IDLE,
  start,
  stop,
  type Options,
  type RecordingState,
  type Session,
} from './session.ts'

export type Control = RecordingState & {
  readonly start: () => void
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
  const session = useMemo<Session>(() => ({ options, state: IDLE, recording: undefined, show }), [])
  session.options = options
  useEffect(() => {
    const hidden = (): void => {
      if (document.hidden) void stop(session)
    }
    document.addEventListener('visibilitychange', hidden)
    return () => {
      document.removeEventListener('visibilitychange', hidden)
      void stop(session)
      giveUp(session)
    }
  }, [])
  return {
    ...state,
    start: () => void start(session),
    stop: () => void stop(session),
    cancel: () => cancel(session),
    giveUp: () => giveUp(session),
  }
}
