import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { greetingIn } from '../../keys/box-fragment.ts'
import { useRecording, type Control } from '../messages/recorder/use-recording.ts'
import { Bars } from '../messages/recorder/meter.tsx'
import { holdWindow } from '../platform/window.ts'
import { Paw } from '../ui/paw.tsx'
import { Problem } from '../ui/problem.tsx'
import { BigButton } from './big-button.tsx'
import { box as texts } from './box-texts.ts'
import { LIMIT_MS } from './limit.ts'
import { Gone } from './pictures.tsx'
import { Take } from './take.tsx'
import { useBox, type Box } from './use-box.ts'

const words = texts.page
/** Seconds before the end at which one is warned. */
const WARNING_S = 10

/** The page that a link opens: no account, no menu, one button. */
export function OldPhonePage({ href }: { href: string }): JSX.Element {
  const whom = greetingIn(new URL(href).hash.slice(1))
  const [lost, setLost] = useState(false)
  const [taken, setTaken] = useState(false)
  useEffect(() => {
    if (whom === undefined || !isSecureContext) return
    const options = { takeOver: true, name: `pawpost ${href}` }
    void holdWindow(() => setLost(true), options).then(() => setTaken(true))
  }, [])
  if (!isSecureContext) return <Said title={words.insecure} />
  if (whom === undefined) return <Said title={words.incomplete} />
  if (lost) return <Elsewhere />
  return taken ? <Talk href={href} whom={whom} /> : <Page title={words.title(whom)} />
}

function Talk({ href, whom }: { href: string; whom: string }): JSX.Element {
  const box = useBox(href)
  const control = useRecording({ limitMs: LIMIT_MS, onTake: box.keep })
  const { phase } = control
  if (box.trouble === 'ended' && phase === 'idle') return <Said title={words.ended} />
  if (box.trouble === 'link-invalid') return <Said title={words.incomplete} />
  // Also while a call keeps the microphone: the next press ends it, and keeps what was said.
  const isOn = phase !== 'idle' && phase !== 'ending'
  return (
    <Page title={words.title(whom)}>
      {box.take && phase === 'idle' ? (
        <Take take={box.take} onSend={box.say} onAgain={control.start} />
      ) : (
        <BigButton
          label={labelOf(control, box)}
          on={isOn}
          busy={phase === 'ending'}
          level={control.levels.at(-1) ?? 0}
          onStart={control.start}
          onStop={() => {
            control.stop()
            control.giveUp()
          }}
        />
      )}
      <Meter control={control} />
      <News box={box} whom={whom} quiet={phase !== 'idle' || box.take !== undefined} />
      <Problem code={control.problem ?? shown(box)} />
    </Page>
  )
}

function labelOf({ phase }: Control, { said }: Box): string {
  if (phase === 'starting' || phase === 'ending') return words.opening
  if (phase !== 'idle') return words.stop
  return said ? words.recordAgain : words.record
}

/** What has words of its own is not said twice. */
function shown({ trouble }: Box): Parameters<typeof Problem>[0]['code'] {
  const isNews = trouble === 'ended' || trouble === 'enough' || trouble === 'offline'
  return isNews || trouble === 'timeout' || trouble === 'busy' ? undefined : trouble
}

function Meter({ control }: { control: Control }): JSX.Element | null {
  const { phase, levels, elapsedMs } = control
  const left = Math.max(0, Math.ceil((LIMIT_MS - elapsedMs) / 1000))
  const isNear = phase === 'recording' && left <= WARNING_S
  if (phase !== 'recording') return null
  return (
    <div class="box-meter">
      <Bars levels={levels} />
      <p class={isNear ? 'left near' : 'left'}>{words.secondsLeft(left)}</p>
    </div>
  )
}

/** What became of what was said. */
function News({ box, whom, quiet }: { box: Box; whom: string; quiet: boolean }): JSX.Element {
  const { leaving, said, trouble } = box
  const waits = trouble === 'enough' ? words.enough : words.waiting
  const isStuck = leaving > 0 && trouble !== undefined
  const news = isStuck ? waits : said && leaving === 0 ? words.sent(whom) : ''
  return (
    <div class="box-news" role="status">
      {news !== '' && !quiet && (
        <>
          {!isStuck && <Gone />}
          <p>{news}</p>
        </>
      )}
    </div>
  )
}

function Elsewhere(): JSX.Element {
  return (
    <Page title={words.elsewhere}>
      <button type="button" class="button primary" onClick={() => location.reload()}>
        {words.here}
      </button>
    </Page>
  )
}

/** Nothing can be done here any more; why. */
function Said({ title }: { title: string }): JSX.Element {
  return (
    <Page title={title}>
      <Paw />
    </Page>
  )
}

function Page({ title, children }: { title: string; children?: ComponentChildren }): JSX.Element {
  useEffect(() => {
    document.title = `${title} · Pawpost`
  }, [title])
  return (
    <main class="box-page" id="main">
      <h1>{title}</h1>
      {children}
    </main>
  )
}
