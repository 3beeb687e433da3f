import { hold } from '../../platform/awake.ts'
import { startRecording, type Recording, type Take } from '../../sound/recording.ts'
import { announce } from '../../ui/announce.ts'
import { codeOf, type Trouble } from '../../ui/problem.tsx'
import { player } from '../../sound/player.ts'
import type { Slices } from './interrupted.ts'
import { recording as words } from './recorder-texts.ts'

/** Levels of the last seconds that the meter shows. */
const LEVELS = 48
/** Milliseconds before the end at which one is warned. */
export const WARNING_MS = 10_000

export type Phase = 'idle' | 'starting' | 'recording' | 'paused' | 'ending'

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
  /** Whether the screen shows a pause and lets one go on. */
  readonly pauses?: boolean
  /** Keeps what was recorded; called for every recording that was stopped, even by leaving. */
  readonly onTake: (take: Take) => Promise<void>
  /** Keeps what is said while it is said, until `onTake`. */
  readonly slices?: Pick<Slices, 'begin' | 'add' | 'drop'>
}

/** One recorder on a screen, from its first recording to its last. */
export type Session = {
  options: Options
  state: RecordingState
  recording: Recording | undefined
  /** Lets the screen go dark again. */
  release: () => void
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
  const { slices, limitMs } = session.options
  slices?.begin()
  try {
    const recording = await startRecording(limitMs, {
      onLevel: (level, elapsedMs) => measure(session, level, elapsedMs),
      onEnded: () => void stop(session, words.taken),
      onMuted: () => muted(session),
      onSlice: slices?.add,
    })
    // Somebody may have let go or left meanwhile.
    if (phaseOf(session) !== 'starting') return recording.cancel()
    session.recording = recording
    session.release = hold()
    change(session, { phase: 'recording' })
    announce(words.started)
  } catch (error) {
    if (phaseOf(session) === 'starting') rest(session, '', codeOf(error))
  }
}

/** Something else, a call perhaps, has the microphone: nothing that was said is lost. */
function muted(session: Session): void {
  if (session.options.pauses) pause(session, words.busy)
  else void stop(session, words.taken)
}

/** Hears nothing until {@link resume}; what was said stays. */
export function pause(session: Session, note = ''): void {
  if (session.state.phase !== 'recording') return
  session.recording?.pause()
  change(session, { phase: 'paused', note })
  announce(note || words.pausedNow)
}

/** Goes on where it was paused: one recording. */
export function resume(session: Session): void {
  if (session.state.phase !== 'paused') return
  session.recording?.resume()
  change(session, { phase: 'recording', note: '' })
  announce(words.goesOn)
}

/** Ends the recording and keeps it, unless it was too short to be one. */
export async function stop(session: Session, note: string = words.stopped): Promise<void> {
  const { recording } = session
  if (!isOn(session.state) || !recording) return
  change(session, { phase: 'ending' })
  try {
    const take = await recording.stop()
    if (take) await session.options.onTake(take)
    else forget(session)
    rest(session, take ? note : words.tooShort)
  } catch (error) {
    rest(session, '', codeOf(error))
  }
}

/** Throws away what is being recorded. */
export function cancel(session: Session): void {
  if (!isOn(session.state) && session.state.phase !== 'starting') return
  session.recording?.cancel()
  forget(session)
  rest(session, words.canceled)
}

/** Nothing of what was said is wanted. */
function forget({ options }: Session): void {
  options.slices?.drop().catch(reportError)
}

/** Lets go before the microphone was ready: nothing was heard yet. */
export function giveUp(session: Session): void {
  if (session.state.phase === 'starting') rest(session, words.notReady)
}

/** Whether something is on the tape that goes on, or can. */
export function isOn({ phase }: Pick<RecordingState, 'phase'>): boolean {
  return phase === 'recording' || phase === 'paused'
}

function measure(session: Session, level: number, elapsedMs: number): void {
  if (session.state.phase !== 'recording') return
  const { limitMs } = session.options
  const levels = [...session.state.levels, level].slice(-LEVELS)
  change(session, { elapsedMs, levels })
  if (elapsedMs >= limitMs) void stop(session, words.ended)
}

function rest(session: Session, note: string, problem?: Trouble): void {
  session.recording = undefined
  session.release()
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
