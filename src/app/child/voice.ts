import { createValue, type Value } from '../platform/value.ts'
import { player } from '../sound/player.ts'

export type Sounding = {
  readonly id: string
  readonly step: 'loading' | 'playing' | 'paused'
  /** How much of it has been heard, 0 to 1. */
  readonly part: number
}

type Sound = {
  readonly id: string
  readonly load: () => Promise<Blob>
  /** 0 to 1. */
  readonly level?: number
  readonly onEnd?: () => void
  readonly onFail?: (error: unknown) => void
}

/** One sound at a time, on the browser's own player: it goes on when the screen is locked. */
type Voice = {
  readonly now: Value<Sounding | undefined>
  readonly play: (sound: Sound) => Promise<void>
  readonly pause: () => void
  readonly resume: () => void
  readonly stop: () => void
  readonly setLevel: (level: number) => void
  /** Nothing gets louder than this, 0 to 1, what plays now included: at night. */
  readonly setLoudest: (loudest: number) => void
}

type Playing = {
  readonly audio: HTMLAudioElement
  readonly now: Value<Sounding | undefined>
  sound: Sound | undefined
  level: number
  loudest: number
}

function createVoice(): Voice {
  const audio = new Audio()
  const now = createValue<Sounding | undefined>(undefined)
  const playing: Playing = { audio, now, sound: undefined, level: 1, loudest: 1 }
  follow(audio, now)
  audio.addEventListener('ended', () => {
    const { sound } = playing
    stop(playing)
    sound?.onEnd?.()
  })
  return {
    now,
    play: (sound) => play(playing, sound),
    stop: () => stop(playing),
    pause: () => audio.pause(),
    resume: () => void audio.play().catch(() => undefined),
    setLevel(level) {
      playing.level = level
      adjust(playing)
    },
    setLoudest(loudest) {
      playing.loudest = loudest
      adjust(playing)
    },
  }
}

async function play(playing: Playing, sound: Sound): Promise<void> {
  const { audio, now } = playing
  player.stop()
  stop(playing)
  Object.assign(playing, { sound, level: sound.level ?? 1 })
  now.set({ id: sound.id, step: 'loading', part: 0 })
  try {
    const file = await sound.load()
    if (playing.sound !== sound) return
    audio.src = URL.createObjectURL(file)
    adjust(playing)
    await audio.play()
  } catch (error) {
    if (playing.sound !== sound) return
    stop(playing)
    sound.onFail?.(error)
  }
}

function stop(playing: Playing): void {
  const { audio, now } = playing
  playing.sound = undefined
  audio.pause()
  URL.revokeObjectURL(audio.src)
  audio.removeAttribute('src')
  now.set(undefined)
}

function adjust({ audio, level, loudest }: Playing): void {
  audio.volume = Math.min(loudest, level)
}

function follow(audio: HTMLAudioElement, now: Value<Sounding | undefined>): void {
  const show = (change: Partial<Sounding>): void => {
    const sounding = now.get()
    if (sounding) now.set({ ...sounding, ...change })
  }
  const part = (): number => (audio.duration > 0 ? audio.currentTime / audio.duration : 0)
  audio.addEventListener('play', () => show({ step: 'playing' }))
  audio.addEventListener('pause', () => show({ step: 'paused' }))
  audio.addEventListener('timeupdate', () => show({ part: part() }))
}

/** The one voice of the child's screen. */
export const voice = createVoice()
