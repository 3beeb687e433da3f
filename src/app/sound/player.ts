import type { Value } from '../platform/value.ts'
import { decoded } from './decode.ts'
import { codeOf, type Trouble } from '../ui/problem.tsx'
import { createKeyed, type Keyed } from '../platform/keyed.ts'
import { leaveLockScreen, showOnLockScreen, tellLockScreen } from './lock-screen.ts'
import { keepPeaks } from './pictures.ts'

/** A voice that can be played. */
export type Track = {
  readonly id: string
  readonly durationMs: number
  readonly load: () => Promise<Uint8Array>
  /** Called when it starts, and not when it goes on. */
  readonly onPlay?: () => void
}

/** How it stands with the voice that was played last; others have no state. */
export type Playing = {
  readonly step: 'loading' | 'playing' | 'waiting' | 'paused' | 'failed'
  /** Seconds. */
  readonly position: number
  readonly problem?: Trouble
}

/** Who listens to a list: people, or a child to whom nothing plays by itself. */
export type Audience = 'people' | 'child'

export type Settings = {
  readonly speed: number
  /** Whether the next unheard one follows by itself. */
  readonly next: Readonly<Record<Audience, boolean>>
}

/** What is remembered of listening: how fast, and where one has stopped. */
export interface Memory {
  readonly settings: Value<Settings>
  /** Resolves when {@link placeOf} knows what was kept before. */
  readonly ready: Promise<void>
  /** Seconds at which `id` goes on. */
  placeOf(id: string): number
  leave(id: string, seconds: number, length: number): void
  change(what: Partial<Settings>): void
}

/** A list that is on the screen: whose voices are in it, and what follows one. */
export type Playlist = {
  readonly audience: Audience
  readonly has: (id: string) => boolean
  readonly next: (id: string) => Track | undefined
}

/** One voice at a time, on the browser's own player: it goes on when the screen is locked. */
export type Player = {
  readonly states: Keyed<Playing>
  /** Puts a list on the screen, until the returned function is called. */
  readonly show: (list: Playlist) => () => void
  /** The list on the screen that has a voice, if any. */
  readonly listOf: (id: string) => Playlist | undefined
  /** From now on remembers there where one has stopped, and how fast one listens. */
  readonly remember: (memory: Memory) => void
  /** Starts where one has stopped, pauses or goes on; whatever else was playing stops. */
  readonly toggle: (track: Track) => Promise<void>
  /** Starts at a place, in seconds. */
  readonly playAt: (track: Track, seconds: number) => Promise<void>
  readonly seek: (seconds: number) => void
  /** Forgets the sound. */
  readonly stop: () => void
}

/** As often is it written down how far one has come. */
const KEEP_S = 5

class OnePlayer implements Player {
  readonly states = createKeyed<Playing>()
  readonly #lists = new Set<Playlist>()
  readonly #audio = new Audio()
  #track: Track | undefined
  #memory: Memory | undefined
  #keptAt = 0

  constructor() {
    const audio = this.#audio
    audio.addEventListener('playing', () => this.#show({ step: 'playing' }))
    audio.addEventListener('waiting', () => this.#show({ step: 'waiting' }))
    audio.addEventListener('pause', () => this.#paused())
    audio.addEventListener('timeupdate', () => this.#moved())
    audio.addEventListener('ended', () => this.#ended())
    audio.addEventListener('error', () => this.#failed('sound-unreadable'))
    document.addEventListener('visibilitychange', () => document.hidden && this.#keep())
  }

  readonly show = (list: Playlist): (() => void) => {
    this.#lists.add(list)
    return () => this.#lists.delete(list)
  }

  readonly listOf = (id: string): Playlist | undefined =>
    [...this.#lists].find((list) => list.has(id))

  readonly remember = (memory: Memory): void => {
    if (this.#memory === memory) return
    this.#memory = memory
    memory.settings.watch(() => this.#setSpeed())
  }

  readonly toggle = async (track: Track): Promise<void> => {
    const state = this.states.get(track.id)
    if (this.#track?.id !== track.id || !state || state.step === 'failed') {
      await this.#memory?.ready
      return this.#start(track, this.#memory?.placeOf(track.id) ?? 0)
    }
    if (state.step === 'paused') return this.#play(track)
    // Before there is a sound to pause, it is not wanted any more.
    if (state.step === 'loading') this.stop()
    else this.#audio.pause()
  }

  readonly playAt = (track: Track, seconds: number): Promise<void> => this.#start(track, seconds)

  readonly seek = (seconds: number): void => {
    const track = this.#track
    if (!track) return
    const position = Math.max(0, Math.min(track.durationMs / 1000, seconds))
    if (this.#audio.src !== '') this.#audio.currentTime = position
    this.#show({ position })
    this.#keep()
  }

  readonly stop = (): void => {
    const track = this.#track
    if (!track) return
    this.#keep()
    this.#track = undefined
    this.#unload()
    this.states.set(track.id, undefined)
    leaveLockScreen()
  }

  async #start(track: Track, from: number): Promise<void> {
    this.stop()
    this.#track = track
    this.states.set(track.id, { step: 'loading', position: from })
    track.onPlay?.()
    try {
      const { file, samples } = await decoded(await track.load())
      if (this.#track !== track) return
      keepPeaks(track.id, samples)
      this.#audio.src = URL.createObjectURL(file)
      // One may have moved it meanwhile.
      this.#audio.currentTime = this.states.get(track.id)?.position ?? from
      this.#setSpeed()
      showOnLockScreen(this.#buttons(track))
      await this.#play(track)
    } catch (error) {
      if (this.#track === track) this.#failed(codeOf(error))
    }
  }

  /** A browser may want one more tap before it makes a sound: then it waits, and nothing failed. */
  async #play(track: Track): Promise<void> {
    try {
      await this.#audio.play()
    } catch (error) {
      if (this.#track !== track) return
      const isRefused = error instanceof DOMException && error.name !== 'NotSupportedError'
      if (!isRefused) throw error
      this.#show({ step: 'paused' })
    }
  }

  #buttons(track: Track) {
    return {
      play: () => void this.#play(track),
      pause: () => this.#audio.pause(),
      seek: this.seek,
      seekBy: (seconds: number) => this.seek(this.#audio.currentTime + seconds),
      next: () => this.#next(track),
    }
  }

  #next({ id }: Track): boolean {
    const next = this.listOf(id)?.next(id)
    if (next) void this.#start(next, this.#memory?.placeOf(next.id) ?? 0)
    return next !== undefined
  }

  #ended(): void {
    const track = this.#track
    if (!track) return
    this.#memory?.leave(track.id, 0, track.durationMs / 1000)
    this.#show({ step: 'paused', position: 0 })
    const list = this.listOf(track.id)
    const goesOn = list && this.#memory?.settings.get().next[list.audience]
    if (!goesOn || !this.#next(track)) tellLockScreen(this.#audio)
  }

  #paused(): void {
    if (this.#audio.ended) return
    this.#show({ step: 'paused' })
    this.#keep()
  }

  #moved(): void {
    if (this.#audio.ended) return
    this.#show({ position: this.#audio.currentTime })
    tellLockScreen(this.#audio)
    if (Math.abs(this.#audio.currentTime - this.#keptAt) >= KEEP_S) this.#keep()
  }

  /** Writes down how far one has come. */
  #keep(): void {
    const { currentTime, ended, src } = this.#audio
    if (!this.#track || ended) return
    const position = src === '' ? this.states.get(this.#track.id)?.position : currentTime
    this.#keptAt = position ?? 0
    this.#memory?.leave(this.#track.id, this.#keptAt, this.#track.durationMs / 1000)
  }

  #failed(problem: Trouble): void {
    const track = this.#track
    if (!track || !this.states.get(track.id)) return
    this.#unload()
    this.#show({ step: 'failed', problem })
  }

  #show(change: Partial<Playing>): void {
    const id = this.#track?.id
    const state = id === undefined ? undefined : this.states.get(id)
    if (id !== undefined && state) this.states.set(id, { ...state, ...change })
  }

  #setSpeed(): void {
    const speed = this.#memory?.settings.get().speed ?? 1
    this.#audio.defaultPlaybackRate = speed
    this.#audio.playbackRate = speed
  }

  #unload(): void {
    const { src } = this.#audio
    this.#audio.pause()
    this.#audio.removeAttribute('src')
    this.#audio.load()
    this.#keptAt = 0
    if (src !== '') URL.revokeObjectURL(src)
  }
}

/** The one player of the window. */
export const player: Player = new OnePlayer()
