import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { playable } from '../sound/decode.ts'
import { codeOf, type Trouble } from '../ui/problem.tsx'

/** A recording that can be heard: nothing to set, and nothing that is remembered. */
export type Hearing = {
  readonly on: boolean
  readonly problem: Trouble | undefined
  readonly toggle: () => void
  readonly stop: () => void
}

/** Plays a recording on the browser's own player, from its beginning. */
export function useHearing(sound: Uint8Array): Hearing {
  const audio = useMemo(() => new Audio(), [])
  const [on, setOn] = useState(false)
  const [problem, setProblem] = useState<Trouble | undefined>(undefined)
  /** Which press the sound belongs to: it may have been taken back before it was ready. */
  const press = useRef(0)
  const stop = (): void => {
    press.current += 1
    audio.pause()
    URL.revokeObjectURL(audio.src)
    audio.removeAttribute('src')
    setOn(false)
  }
  useEffect(() => {
    audio.addEventListener('ended', stop)
    return () => {
      audio.removeEventListener('ended', stop)
      stop()
    }
  }, [sound])
  const start = async (): Promise<void> => {
    setOn(true)
    setProblem(undefined)
    const mine = press.current
    try {
      const file = await playable(sound)
      if (press.current !== mine) return
      audio.src = URL.createObjectURL(file)
      await audio.play()
    } catch (error) {
      if (press.current !== mine) return
      stop()
      setProblem(codeOf(error))
    }
  }
  return { on, problem, stop, toggle: () => (on ? stop() : void start()) }
}
