import { useEffect, useMemo, useState } from 'preact/hooks'
import { playable } from '../sound/decode.ts'
import { startRecording, type Recording, type Take } from '../sound/recording.ts'
import { announce } from '../ui/announce.ts'
import { child } from './child-texts.ts'
import { chime } from './chimes.ts'
import { voice } from './voice.ts'

const words = child.screen

/** The longest that a child's answer gets. */
export const LONGEST_MS = 40_000
/** The envelope is on its way. */
const FLYING_MS = 1_600
const SORRY_MS = 2_500
/** The chime before must not be in the recording: a room echoes. */
const HUSH_MS = 150

export type Phase = 'idle' | 'cue' | 'recording' | 'ending' | 'replay' | 'flying' | 'sorry'
export type Answer = {
  readonly phase: Phase
  /** How loud the child is just now, 0 to 1. */
  readonly level: number
  /** How much of the time is used up, 0 to 1. */
  readonly part: number
}

const IDLE: Answer = { phase: 'idle', level: 0, part: 0 }

type Session = {
  answer: Answer
  recording: Recording | undefined
  readonly show: (answer: Answer) => void
  /** Puts it into the outbox; when it resolves nothing can be lost any more. */
  send: (take: Take) => Promise<unknown>
}

/**
 * A child's answer: a press begins (a chime first, then the heart), the next one ends. It is sent at
 * once, then played back once, and flies away. Leaving, or a dark screen, ends and sends it, too.
 */
export function useAnswer(send: Session['send']): Answer & { press: () => void } {
  const [answer, show] = useState(IDLE)
  const session = useMemo<Session>(() => ({ answer: IDLE, recording: undefined, show, send }), [])
  session.send = send
  useEffect(() => {
    const hidden = (): void => {
      if (document.hidden) void end(session)
    }
    document.addEventListener('visibilitychange', hidden)
    return () => {
      document.removeEventListener('visibilitychange', hidden)
      if (session.answer.phase === 'cue') change(session, IDLE)
      void end(session)
    }
  }, [])
  return { ...answer, press: () => void press(session) }
}

async function press(session: Session): Promise<void> {
  const { phase } = session.answer
  if (phase === 'idle' || phase === 'sorry' || phase === 'flying') return begin(session)
  if (phase === 'recording') return end(session)
  if (phase === 'replay') fly(session)
}

async function begin(session: Session): Promise<void> {
  voice.stop()
  change(session, { ...IDLE, phase: 'cue' })
  await chime('yourTurn')
  await wait(HUSH_MS)
  if (phaseOf(session) !== 'cue') return
  try {
    const recording = await startRecording(LONGEST_MS, {
      onLevel: (level, elapsedMs) => measure(session, level, elapsedMs),
      onEnded: () => void end(session),
    })
    if (phaseOf(session) !== 'cue') return recording.cancel()
    session.recording = recording
    change(session, { phase: 'recording' })
    announce(words.listening)
  } catch {
    if (phaseOf(session) === 'cue') await sorry(session)
  }
}

function measure(session: Session, level: number, elapsedMs: number): void {
  change(session, { level, part: Math.min(1, elapsedMs / LONGEST_MS) })
  if (elapsedMs >= LONGEST_MS) void end(session)
}

async function end(session: Session): Promise<void> {
  const { recording } = session
  if (phaseOf(session) !== 'recording' || !recording) return
  session.recording = undefined
  change(session, { phase: 'ending', level: 0 })
  try {
    const take = await recording.stop()
    if (!take) return change(session, IDLE)
    await session.send(take)
    await chime('heard')
    change(session, { phase: 'replay' })
    announce(words.playedBack)
    await replay(session, take)
  } catch {
    await sorry(session)
  }
}

function replay(session: Session, take: Take): Promise<void> {
  const on = (): void => {
    if (phaseOf(session) === 'replay') fly(session)
  }
  return voice.play({ id: 'answer', load: () => playable(take.sound), onEnd: on, onFail: on })
}

function fly(session: Session): void {
  voice.stop()
  change(session, { phase: 'flying' })
  announce(words.sent)
  void chime('sent')
  setTimeout(() => {
    if (phaseOf(session) === 'flying') change(session, IDLE)
  }, FLYING_MS)
}

async function sorry(session: Session): Promise<void> {
  change(session, { ...IDLE, phase: 'sorry' })
  announce(words.noMicrophone)
  await chime('other')
  await wait(SORRY_MS)
  if (phaseOf(session) === 'sorry') change(session, IDLE)
}

function change(session: Session, what: Partial<Answer>): void {
  session.answer = { ...session.answer, ...what }
  session.show(session.answer)
}

/** The phase as it is now: it changes while one waits. */
function phaseOf(session: Session): Phase {
  return session.answer.phase
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
