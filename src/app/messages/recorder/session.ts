import { player } from '../../sound/player.ts'
import { startRecording, type Recording, type Take } from '../../sound/recording.ts'
import { texts } from '../../texts.ts'
import { announce } from '../../ui/announce.ts'
import { codeOf, type Trouble } from '../../ui/problem.tsx'

const words = texts.record

/** Levels of the last seconds that the meter shows. */
const LEVELS = 48

export type Phase = 'idle' | 'starting' | 'recording' | 'ending'

export type RecordingState = {
  readonly phase: Phase
  readonly elapsedMs: number
  readonly levels: readonly number[]
  /** What just happened, in words. */
  readonly note: string
  readonly problem: Trouble | undefined
}

export type Options = {
  readonly limitMs: number
  /** Keeps what was recorded; called for every recording that was stopped, even by leaving. */
  readonly onTake: (take: Take) => Promise<void>
}

/** One recorder on a screen, from its first recording to its last. */
export type Session = {
  options: Options
  state: RecordingState
  recording: Recording | undefined
  readonly show: (state: RecordingState) => void
}

export const IDLE: RecordingState = {
  phase: 'idle',
  elapsedMs: 0,
  levels: [],
  note: '',
  problem: undefined,
}

export async function start(session: Session): Promise<void> {
  if (session.state.phase !== 'idle') return
  player.stop()
  change(session, { ...IDLE, phase: 'starting' })
  try {
    const recording = await startRecording(session.options.limitMs, {
      onLevel: (level, elapsedMs) => measure(session, level, elapsedMs),
      onEnded: () => void stop(session),
    })
    // Somebody may have let go or left meanwhile.
    if (phaseOf(session) !== 'starting') return recording.cancel()
    session.recording = recording
    change(session, { phase: 'recording' })
    announce(words.started)
  } catch (error) {
    if (phaseOf(session) === 'starting') rest(session, '', codeOf(error))
  }
}

/** Ends the recording and keeps it, unless it was too short to be one. */
export async function stop(session: Session, note: string = words.stopped): Promise<void> {
  const { recording } = session
  if (session.state.phase !== 'recording' || !recording) return
  change(session, { phase: 'ending' })
  try {
    const take = await recording.stop()
    if (take) await session.options.onTake(take)
    rest(session, take ? note : words.tooShort)
  } catch (error) {
    rest(session, '', codeOf(error))
  }
}

/** Throws away what is being recorded. */
export function cancel(session: Session): void {
  const { phase } = session.state
  if (phase !== 'recording' && phase !== 'starting') return
  session.recording?.cancel()
  rest(session, words.canceled)
}

/** Lets go before the microphone was ready: nothing was heard yet. */
export function giveUp(session: Session): void {
  if (session.state.phase === 'starting') rest(session, words.notReady)
}

function measure(session: Session, level: number, elapsedMs: number): void {
  const levels = [...session.state.levels, level].slice(-LEVELS)
  change(session, { elapsedMs, levels })
  if (elapsedMs >= session.options.limitMs) void stop(session, words.ended)
}

function rest(session: Session, note: string, problem?: Trouble): void {
  session.recording = undefined
  change(session, { ...IDLE, note, problem })
  if (note !== '') announce(note)
}

function change(session: Session, what: Partial<RecordingState>): void {
  session.state = { ...session.state, ...what }
  session.show(session.state)
}

/** The phase as it is now: it changes while one waits. */
function phaseOf(session: Session): Phase {
  return session.state.phase
}
