import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { CHILD_MS, PEOPLE_MS } from '../../../client/voices.ts'
import { texts } from '../../texts.ts'
import { announce } from '../../ui/announce.ts'
import { useApp } from '../../ui/context.ts'
import { Problem } from '../../ui/problem.tsx'
import { useLive } from '../../ui/use-live.ts'
import { Wait } from '../../ui/wait.tsx'
import { draftFor, keepDraft, type Address } from '../drafts.ts'
import { Meter } from './meter.tsx'
import { Preview } from './preview.tsx'
import { RecordButton } from './record-button.tsx'
import { useRecording, type Control } from './use-recording.ts'

const words = texts.record
/** Seconds before the end at which one is warned. */
const WARNING_S = 10

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
    (client) => draftFor(client, address).then((draft) => ({ draft })),
    ['outbox'],
  )
  const control = useRecording({
    limitMs: address.to === 'child' ? CHILD_MS : PEOPLE_MS,
    onTake: async (take) => {
      await keepDraft(client, address, take)
    },
  })
  const [sent, setSent] = useState(false)
  useEffect(() => {
    if (control.phase === 'recording') setSent(false)
  }, [control.phase])
  if (!kept.data) return kept.problem ? <Problem code={kept.problem} /> : <Wait />
  const { draft } = kept.data
  const done = (): void => {
    setSent(true)
    announce(words.sent(name))
    onSent?.()
  }
  if (draft && control.phase === 'idle') {
    const again = (): void => control.start()
    return (
      <Preview key={draft.at} draft={draft} note={control.note} onSent={done} onAgain={again} />
    )
  }
  return <Recording control={control} address={address} sent={sent ? words.sent(name) : ''} />
}

type RecordingProps = {
  readonly control: Control
  readonly address: Address
  readonly sent: string
}

function Recording({ control, address, sent }: RecordingProps): JSX.Element {
  const { phase, levels, elapsedMs, problem } = control
  const limitMs = address.to === 'child' ? CHILD_MS : PEOPLE_MS
  const [holding, setHolding] = useState(false)
  useEscape(control)
  return (
    <div class={`recorder ${phase}`}>
      <Meter levels={levels} elapsedMs={elapsedMs} limitMs={limitMs} on={phase === 'recording'} />
      <RecordButton control={control} onHolding={setHolding} />
      <p class={sent !== '' && phase === 'idle' ? 'note good' : 'note'}>
        {noteOf(control, holding, sent)}
      </p>
      <Warning elapsedMs={elapsedMs} limitMs={limitMs} on={phase === 'recording'} />
      <Problem code={problem} />
      {phase === 'recording' && !holding && (
        <button type="button" class="button quiet" onClick={control.cancel}>
          {words.cancel}
        </button>
      )}
    </div>
  )
}

function noteOf({ phase, note }: Control, holding: boolean, sent: string): string {
  if (phase === 'starting') return words.starting
  if (phase === 'ending') return texts.app.moment
  if (phase === 'recording') return holding ? words.holding : words.recording
  return sent || note || words.idle
}

type WarningProps = { readonly elapsedMs: number; readonly limitMs: number; readonly on: boolean }

/** Ten seconds before the end: seen second by second, spoken once. */
function Warning({ elapsedMs, limitMs, on }: WarningProps): JSX.Element {
  const left = Math.ceil((limitMs - elapsedMs) / 1000)
  const near = on && left <= WARNING_S
  useEffect(() => {
    if (near) announce(words.secondsLeft(WARNING_S))
  }, [near])
  return <p class="warning-seconds">{near && words.secondsLeft(Math.max(0, left))}</p>
}

/** Escape throws away what is being recorded. */
function useEscape(control: Control): void {
  const on = control.phase === 'recording' || control.phase === 'starting'
  useEffect(() => {
    if (!on) return undefined
    const cancel = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') control.cancel()
    }
    addEventListener('keydown', cancel)
    return () => removeEventListener('keydown', cancel)
  }, [on])
}
