import { useEffect, useMemo, useState } from 'preact/hooks'
import { PawpostError } from '../../protocol/errors.ts'
import { fetchApart } from '../platform/modules.ts'
import { codeOf, type Trouble } from '../ui/problem.tsx'
import type { OldPhone } from './open-box.ts'

/** A finished recording, as the recorder gives it and the store keeps it. */
export type Spoken = { readonly sound: Uint8Array; readonly durationMs: number }

/** How the page of a link stands. */
export type BoxState = {
  readonly take: Spoken | undefined
  /** How many recordings have not arrived yet. */
  readonly leaving: number
  /** Whether something was sent since the page was opened. */
  readonly said: boolean
  /** Why what leaves does not arrive now, or what else went wrong. */
  readonly trouble: Trouble | 'ended' | 'enough' | undefined
}

export type Box = BoxState & {
  readonly keep: (take: Spoken) => Promise<void>
  readonly say: () => Promise<void>
}

const FIRST_PAUSE = 4_000
const LONGEST_PAUSE = 60_000

/** What a server says to a link that it does not know, or not any more. */
const OVER: readonly string[] = ['box-ended', 'sign-in-needed', 'not-found']

/** One link on this phone: the screen shows `state`, and everything else changes it. */
type Session = {
  readonly opening: Promise<OldPhone>
  state: BoxState
  pause: number
  timer: ReturnType<typeof setTimeout> | undefined
  readonly show: (state: BoxState) => void
}

const NEW: BoxState = { take: undefined, leaving: 0, said: false, trouble: undefined }

/** What a link can do on this phone; what was said goes out until it has arrived. */
export function useBox(href: string): Box {
  const [state, show] = useState(NEW)
  const session = useMemo<Session>(
    () => ({ opening: open(href), state: NEW, pause: FIRST_PAUSE, timer: undefined, show }),
    [],
  )
  useEffect(() => {
    void begin(session)
    const again = (): void => void push(session)
    const seen = (): void => void (document.hidden || push(session))
    addEventListener('online', again)
    document.addEventListener('visibilitychange', seen)
    return () => {
      removeEventListener('online', again)
      document.removeEventListener('visibilitychange', seen)
      clearTimeout(session.timer)
    }
  }, [])
  return {
    ...state,
    async keep(take) {
      await (await session.opening).keep(take)
      await look(session)
    },
    async say() {
      await (await session.opening).say()
      change(session, { said: true })
      session.pause = FIRST_PAUSE
      await look(session)
      await push(session)
    },
  }
}

async function open(href: string): Promise<OldPhone> {
  await fetchApart('open-box')
  return (await import('./open-box.ts')).openBox(href)
}

async function begin(session: Session): Promise<void> {
  try {
    const box = await session.opening
    await look(session)
    // While somebody thinks of what to say: a link that has ended says so before that.
    await box.look()
    await push(session)
  } catch (error) {
    fail(session, error)
  }
}

/** Tries to bring everything to the server; what stands in the way is tried again later. */
async function push(session: Session): Promise<void> {
  clearTimeout(session.timer)
  try {
    await (await session.opening).deliver()
    change(session, { trouble: undefined })
    session.pause = FIRST_PAUSE
  } catch (error) {
    fail(session, error)
  }
  await look(session)
}

function fail(session: Session, error: unknown): void {
  const trouble = troubleOf(error)
  change(session, { trouble })
  if (trouble === 'ended') return
  session.timer = setTimeout(() => void push(session), session.pause)
  session.pause = Math.min(session.pause * 2, LONGEST_PAUSE)
}

function troubleOf(error: unknown): Trouble | 'ended' | 'enough' {
  if (!(error instanceof PawpostError)) return codeOf(error)
  if (OVER.includes(error.code)) return 'ended'
  return error.reason === 'box-day' ? 'enough' : codeOf(error)
}

async function look(session: Session): Promise<void> {
  const box = await session.opening
  change(session, { take: await box.kept(), leaving: await box.leaving() })
}

function change(session: Session, what: Partial<BoxState>): void {
  session.state = { ...session.state, ...what }
  session.show(session.state)
}
