import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { texts } from '../../texts.ts'
import { announce } from '../../ui/announce.ts'
import { useApp } from '../../ui/context.ts'
import { Problem } from '../../ui/problem.tsx'
import { useLive } from '../../ui/use-live.ts'
import { Wait } from '../../ui/wait.tsx'
import { draftFor, keepDraft, longest, recordingPath, type Address } from '../drafts.ts'
import type { Reach } from './gesture.ts'
import { keepSlices, rescued } from './interrupted.ts'
import { Meter } from './meter.tsx'
import { Pad } from './pad.tsx'
import { Preview } from './preview.tsx'
import { recording as words } from './recorder-texts.ts'
import { isOn, WARNING_MS } from './session.ts'
import { useRecording, type Control } from './use-recording.ts'

type Props = {
  readonly address: Address
  /** The addressee's name, for the words after sending. */
  readonly name: string
  readonly onSent?: () => void
}

/** Records, keeps, lets listen and sends, for one address. */
export function Recorder({ address, name, onSent }: Props): JSX.Element {
  const { client } = useApp()
  const kept = useLive(
    async (client) => {
      await rescued(client)
      return { draft: await draftFor(client, address) }
    },
    ['outbox'],
  )
  const limitMs = longest(address)
  const slices = useMemo(() => keepSlices(client, address), [client, recordingPath(address)])
  const control = useRecording({
    limitMs,
    pauses: true,
    onTake: async (take) => {
      await keepDraft(client, address, take, { without: await slices.keys() })
    },
    slices,
  })
  const [sent, setSent] = useState(false)
  useEffect(() => {
    if (control.phase === 'recording') setSent(false)
  }, [control.phase])
  if (!kept.data) return kept.problem ? <Problem code={kept.problem} /> : <Wait />
  const { draft } = kept.data
  const done = (): void => {
    setSent(true)
    announce(texts.record.sent(name))
    onSent?.()
  }
  if (draft && control.phase === 'idle') {
    const again = (): void => control.start()
    return (
      <Preview key={draft.at} draft={draft} note={control.note} onSent={done} onAgain={again} />
    )
  }
  return (
    <>
      <Problem code={kept.problem} />
      <Recording control={control} limitMs={limitMs} sent={sent ? texts.record.sent(name) : ''} />
    </>
  )
}

type RecordingProps = {
  readonly control: Control
  readonly limitMs: number
  readonly sent: string
}

function Recording({ control, limitMs, sent }: RecordingProps): JSX.Element {
  const { phase, elapsedMs, problem } = control
  const [held, setHeld] = useState<Reach | undefined>(undefined)
  const left = Math.max(0, Math.ceil((limitMs - elapsedMs) / 1000))
  const isNear = isOn(control) && left <= WARNING_MS / 1000
  useEscape(control)
  useWarning(isNear)
  return (
    <div class={`recorder ${phase} ${isNear ? 'near' : ''}`}>
      <Meter state={control} limitMs={limitMs} />
      <Pad control={control} limitMs={limitMs} held={held} onHeld={setHeld} />
      <p class="warning-seconds">{isNear && words.secondsLeft(left)}</p>
      <p class={sent !== '' && phase === 'idle' ? 'note good' : 'note'}>
        {noteOf(control, held !== undefined, sent)}
      </p>
      <Problem code={problem} />
      <div class="recorder-buttons">{isOn(control) && !held && <Buttons control={control} />}</div>
    </div>
  )
}

function Buttons({ control }: { control: Control }): JSX.Element {
  const isPaused = control.phase === 'paused'
  return (
    <>
      <button type="button" class="button quiet" onClick={control.cancel}>
        {words.cancel}
      </button>
      <button type="button" class="button" onClick={isPaused ? control.resume : control.pause}>
        {isPaused ? words.goOn : words.pause}
      </button>
    </>
  )
}

function noteOf({ phase, note, problem }: Control, isHeld: boolean, sent: string): string {
  if (phase === 'starting') return words.starting
  if (phase === 'ending') return texts.app.moment
  if (phase === 'paused') return note || words.pausedHint
  if (phase === 'recording') return isHeld ? words.holding : words.locked
  return sent || note || (problem ? '' : words.idle)
}

/** A hum that a hand feels and a microphone hardly hears. */
const HUM_MS = 60

/** Ten seconds before the end: spoken once, felt once, and seen second by second. */
function useWarning(isNear: boolean): void {
  useEffect(() => {
    if (!isNear) return
    announce(words.secondsLeft(WARNING_MS / 1000))
    navigator.vibrate?.(HUM_MS)
  }, [isNear])
}

/** Escape throws away what is being recorded. */
function useEscape(control: Control): void {
  const on = isOn(control) || control.phase === 'starting'
  useEffect(() => {
    if (!on) return undefined
    const cancel = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') control.cancel()
    }
    addEventListener('keydown', cancel)
    return () => removeEventListener('keydown', cancel)
  }, [on])
}
