import { playing as words } from './player-texts.ts'

/** What the buttons of a lock screen, a headset or a keyboard do. */
export type Buttons = {
  readonly play: () => void
  readonly pause: () => void
  readonly seek: (seconds: number) => void
  readonly seekBy: (seconds: number) => void
  readonly next: () => void
}

const SEEK_S = 10

/**
 * Puts the player on the lock screen. Whoever holds the phone sees that a voice message plays, and
 * neither from whom nor for whom.
 */
export function showOnLockScreen(buttons: Buttons): void {
  if (!('mediaSession' in navigator)) return
  const { mediaSession } = navigator
  mediaSession.metadata = new MediaMetadata({ title: words.lockScreen, artist: words.app })
  on('play', buttons.play)
  on('pause', buttons.pause)
  on('stop', buttons.pause)
  on('nexttrack', buttons.next)
  on('previoustrack', () => buttons.seek(0))
  on('seekto', ({ seekTime }) => buttons.seek(seekTime ?? 0))
  on('seekforward', ({ seekOffset }) => buttons.seekBy(seekOffset ?? SEEK_S))
  on('seekbackward', ({ seekOffset }) => buttons.seekBy(-(seekOffset ?? SEEK_S)))
}

/** How far it is, for the lock screen's own bar. */
export function tellLockScreen(audio: HTMLAudioElement): void {
  if (!('mediaSession' in navigator)) return
  const { mediaSession } = navigator
  mediaSession.playbackState = audio.paused ? 'paused' : 'playing'
  if (!Number.isFinite(audio.duration)) return
  const position = Math.min(audio.currentTime, audio.duration)
  const { duration, playbackRate } = audio
  mediaSession.setPositionState?.({ duration, playbackRate, position })
}

export function leaveLockScreen(): void {
  if (!('mediaSession' in navigator)) return
  navigator.mediaSession.metadata = null
  navigator.mediaSession.playbackState = 'none'
}

function on(action: MediaSessionAction, handler: MediaSessionActionHandler): void {
  try {
    navigator.mediaSession.setActionHandler(action, handler)
  } catch {
    // A browser that does not know this button does not show it.
  }
}
