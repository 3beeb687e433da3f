import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { nextQuiet, quietUntil } from '../../client/quiet.ts'
import type { Quiet, Span } from '../../protocol/message/kinds.ts'
import { Select } from '../ui/select.tsx'
import { Tick } from '../ui/tick.tsx'
import { Time } from '../ui/time.tsx'
import { kids } from './children-texts.ts'
import { clockAt, dayAndClockAt, isTonight, ownZone, zones } from './clock.ts'

const words = kids.quiet
const SCHOOL: Span = { from: 19 * 60 + 30, to: 7 * 60 }
const FREE: Span = { from: 20 * 60 + 30, to: 8 * 60 }
/** Of 100: soft, and still to be heard beside the pillow. */
const SOFT = 30

type Props = {
  readonly quiet: Quiet | undefined
  readonly onChange: (quiet: Quiet) => void
  /** What the toy is called, as in `the bear`. */
  readonly toy: string
}

/** When a child's toy is quiet, and how loud it may be then. */
export function QuietFields({ quiet, onChange, toy }: Props): JSX.Element {
  const now: Quiet = quiet ?? { zone: ownZone() }
  const { school, free, zone, volume } = now
  const { school: _school, ...noSchool } = now
  const { free: _free, ...noFree } = now
  return (
    <fieldset class="quiet-fields">
      <legend>{words.title}</legend>
      <p class="hint">{words.lead}</p>
      <Nights
        label={words.school}
        hint={words.schoolHint}
        span={school}
        onTick={(on) => onChange(on ? { volume: SOFT, ...now, school: SCHOOL } : noSchool)}
        onChange={(span) => onChange({ ...now, school: span })}
      />
      <Nights
        label={words.free}
        hint={words.freeHint}
        span={free}
        onTick={(on) => onChange(on ? { volume: SOFT, ...now, free: FREE } : noFree)}
        onChange={(span) => onChange({ ...now, free: span })}
      />
      {(school ?? free) && (
        <>
          <Loudness value={volume ?? 100} onChange={(next) => onChange({ ...now, volume: next })} />
          <Select
            label={words.zone}
            hint={words.zoneHint}
            value={zone}
            options={zones(zone)}
            onChange={(next) => onChange({ ...now, zone: next })}
          />
        </>
      )}
      <p class="quiet-preview" role="status">
        {previewOf(now, toy)}
      </p>
    </fieldset>
  )
}

/** `Tonight from 19:30 to 7:00 the bear stays quiet.` */
function previewOf(quiet: Quiet, toy: string): string {
  const at = Date.now()
  const { zone } = quiet
  const until = quietUntil(quiet, at)
  if (until !== undefined) return words.now(clockAt(until, zone), toy)
  const next = nextQuiet(quiet, at)
  if (!next) return words.never(toy)
  const { from, to } = next
  return isTonight(at, from, zone)
    ? words.tonight(clockAt(from, zone), clockAt(to, zone), toy)
    : words.next(dayAndClockAt(from, zone), dayAndClockAt(to, zone), toy)
}

type NightsProps = {
  readonly label: string
  readonly hint: string
  readonly span: Span | undefined
  readonly onTick: (on: boolean) => void
  readonly onChange: (span: Span) => void
}

function Nights({ label, hint, span, onTick, onChange }: NightsProps): JSX.Element {
  return (
    <div class="nights" role="group" aria-label={label}>
      <Tick label={label} hint={hint} checked={span !== undefined} onChange={onTick} />
      {span && (
        <div class="from-to">
          <Time
            label={words.from}
            value={timeOf(span.from)}
            onChange={(from) => onChange({ ...span, from: minutesOf(from) })}
          />
          <Time
            label={words.to}
            value={timeOf(span.to)}
            onChange={(to) => onChange({ ...span, to: minutesOf(to) })}
          />
        </div>
      )}
      {span && span.from === span.to && <p class="hint">{words.same}</p>}
    </div>
  )
}

/** Minutes after midnight, as a field for a time has them. */
function timeOf(minutes: number): string {
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

type LoudnessProps = { readonly value: number; readonly onChange: (value: number) => void }

function Loudness({ value, onChange }: LoudnessProps): JSX.Element {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{words.volume}</label>
      <div class="with-button">
        <input
          id={id}
          type="range"
          min="0"
          max="100"
          step="5"
          value={value}
          aria-valuetext={words.percent(value)}
          onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
        />
        <output for={id}>{words.percent(value)}</output>
      </div>
    </div>
  )
}
