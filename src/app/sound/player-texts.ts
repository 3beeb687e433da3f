import { later } from '../language/later.ts'

/** What the player says. */
export const playing = later('playing', {
  play: (who: string): string => `Play: ${who}`,
  pause: (who: string): string => `Pause: ${who}`,
  position: 'Position',
  at: (time: string, length: string): string => `${time} of ${length}`,
  minutesAndSeconds: (minutes: number, seconds: number): string =>
    minutes === 0
      ? said(seconds, 'second')
      : `${said(minutes, 'minute')} ${said(seconds, 'second')}`,
  speed: 'Speed',
  factor: (factor: number): string => `${factor}×`,
  next: 'Then play the next one',
  loading: 'Getting it ready…',
  waiting: 'One moment…',
  lockScreen: 'A voice message',
  app: 'Pawpost',
})

function said(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`
}
