import { createValue, type Value } from '../platform/value.ts'
import { codeOf, type Trouble } from '../ui/problem.tsx'
import { playable } from './decode.ts'

export type Playing = {
  readonly id: string
  readonly step: 'loading' | 'playing' | 'paused' | 'failed'
  /** Seconds. */
  readonly position: number
  readonly problem?: Trouble
}

/** Slow for those who want to understand every word. */
const SPEEDS = [1, 1.5, 2, 0.75] as const

/** One voice at a time, on the browser's own player: it goes on when the screen is locked. */
type Player = {
  readonly now: Value<Playing | undefined>
  readonly speed: Value<number>
  /** Starts, pauses or goes on; whatever else was playing stops. */
  readonly toggle: (id: string, load: () => Promise<Uint8Array>) => Promise<void>
  readonly seek: (seconds: number) => void
  readonly faster: () => void
  /** Forgets the sound. */
  readonly stop: () => void
}

function createPlayer(): Player {
  const now = createValue<Playing | undefined>(undefined)
  const speed = createValue<number>(SPEEDS[0])
  const audio = watchedAudio(now)
  const stop = (): void => {
    unload(audio)
    now.set(undefined)
  }
  const start = async (id: string, load: () => Promise<Uint8Array>): Promise<void> => {
    stop()
    now.set({ id, step: 'loading', position: 0 })
    const wanted = (): boolean => now.get()?.id === id
    try {
      const file = await playable(await load())
      if (wanted()) await play(audio, file, speed.get())
    } catch (error) {
      if (wanted()) now.set({ id, step: 'failed', position: 0, problem: codeOf(error) })
    }
  }
  return {
    now,
    speed,
    stop,
    async toggle(id, load) {
      const playing = now.get()
      if (playing?.id !== id || playing.step === 'failed') return start(id, load)
      if (playing.step === 'playing') audio.pause()
      else if (playing.step === 'paused') await audio.play()
    },
    seek: (seconds) => {
      audio.currentTime = seconds
    },
    faster() {
      speed.set(nextSpeed(speed.get()))
      audio.playbackRate = speed.get()
    },
  }
}

function watchedAudio(now: Value<Playing | undefined>): HTMLAudioElement {
  const audio = new Audio()
  const show = (change: Partial<Playing>): void => {
    const playing = now.get()
    if (playing) now.set({ ...playing, ...change })
  }
  audio.addEventListener('play', () => show({ step: 'playing' }))
  audio.addEventListener('pause', () => show({ step: 'paused' }))
  audio.addEventListener('timeupdate', () => show({ position: audio.currentTime }))
  audio.addEventListener('ended', () => show({ step: 'paused', position: 0 }))
  return audio
}

async function play(audio: HTMLAudioElement, file: Blob, speed: number): Promise<void> {
  audio.src = URL.createObjectURL(file)
  audio.playbackRate = speed
  await audio.play()
}

function unload(audio: HTMLAudioElement): void {
  audio.pause()
  URL.revokeObjectURL(audio.src)
  audio.removeAttribute('src')
}

function nextSpeed(speed: number): number {
  return SPEEDS[(SPEEDS.findIndex((one) => one === speed) + 1) % SPEEDS.length] ?? 1
}

/** The one player of the window. */
export const player = createPlayer()
