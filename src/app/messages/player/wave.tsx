import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { BARS } from '../../sound/peaks.ts'
import { isRightToLeft } from '../../ui/direction.ts'
import { useKeyed } from '../../platform/keyed.ts'
import { pictures, wantPeaks } from '../../sound/pictures.ts'
import { player, type Track } from '../../sound/player.ts'
import { playing as words } from '../../sound/player-texts.ts'
import { seekByKey } from './seek.ts'
import { whenSeen } from './when-seen.ts'

const BAR_WIDTH = 4
const HEIGHT = 40
const MIDDLE = HEIGHT / 2
const UNKNOWN = new Uint8Array(BARS)

type Props = {
  readonly track: Track
  /** Seconds. */
  readonly position: number
  /** Whether it is the one that plays or paused: then there is something to move. */
  readonly current: boolean
}

/** A voice seen: its loudness, how far one has come, and a place to jump to. */
export function Wave({ track, position, current }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const peaks = useKeyed(pictures, track.id)
  const path = pathOf(peaks ?? UNKNOWN)
  const seconds = track.durationMs / 1000
  useEffect(() => whenSeen(box.current, () => wantPeaks(track.id, track.load)), [track.id])
  const jump = (event: MouseEvent): void => {
    if (!current && box.current) void player.playAt(track, placeAt(box.current, event) * seconds)
  }
  const played = Math.min(100, (100 * position) / Math.max(0.1, seconds))
  return (
    <div ref={box} class={`wave ${peaks ? '' : 'unknown'}`} onClick={jump}>
      <Bars path={path} class="wave-rest" />
      <Bars path={path} class="wave-played" style={{ '--played': `${played}%` }} />
      {current && <Slider position={position} seconds={seconds} />}
    </div>
  )
}

type BarsProps = {
  readonly path: string
  readonly class: string
  readonly style?: Record<string, string>
}

/** One path for all bars: lists have thousands of them. */
function Bars({ path, ...rest }: BarsProps): JSX.Element {
  return (
    <svg
      viewBox={`0 0 ${BARS * BAR_WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      {...rest}
    >
      <path d={path} />
    </svg>
  )
}

function Slider({ position, seconds }: { position: number; seconds: number }): JSX.Element {
  const press = (event: KeyboardEvent): void => {
    const to = seekByKey(event.key, position, { seconds, isRightToLeft: isRightToLeft() })
    if (to === undefined) return
    event.preventDefault()
    player.seek(to)
  }
  return (
    <input
      class="wave-slider"
      type="range"
      min="0"
      max={seconds}
      step="0.1"
      value={position}
      aria-label={words.position}
      aria-valuetext={words.at(spoken(position), spoken(seconds))}
      onInput={(event) => player.seek(event.currentTarget.valueAsNumber)}
      onKeyDown={press}
    />
  )
}

function spoken(seconds: number): string {
  const whole = Math.floor(seconds)
  return words.minutesAndSeconds(Math.floor(whole / 60), whole % 60)
}

function placeAt(box: HTMLElement, { clientX }: MouseEvent): number {
  const { left, width } = box.getBoundingClientRect()
  const part = Math.max(0, Math.min(1, (clientX - left) / width))
  return isRightToLeft() ? 1 - part : part
}

function pathOf(peaks: Uint8Array): string {
  return [...peaks]
    .map((peak, index) => {
      const x = index * BAR_WIDTH + BAR_WIDTH / 2
      const half = 0.01 + (peak / 255) * (MIDDLE - 3)
      return `M${x} ${(MIDDLE - half).toFixed(2)}V${(MIDDLE + half).toFixed(2)}`
    })
    .join('')
}
