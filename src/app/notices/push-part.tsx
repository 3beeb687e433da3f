import type { JSX } from 'preact'
import { noteWishes, startPush, stopPush } from '../../client/post-notices.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import { subscribe, tellWorker, unsubscribeHere } from './browser.ts'
import type { Told } from './notices.tsx'
import { notices as words } from './notices-texts.ts'
import { QuietPart } from './quiet-part.tsx'

type Props = { readonly told: Told; readonly onChanged: () => void }

const WHY_NOT = {
  denied: words.denied,
  'home-screen': words.homeScreen,
  unable: words.unable,
} as const

/** Pushes to this device: on, off, or why they cannot be. */
export function PushPart({ told, onChanged }: Props): JSX.Element {
  const { ability, key } = told
  return (
    <section>
      <h2>{words.here}</h2>
      {!key && <p>{words.nobody}</p>}
      {key && ability !== 'able' && <p class="warning">{WHY_NOT[ability]}</p>}
      {key && ability === 'able' && <Switch told={told} pushKey={key} onChanged={onChanged} />}
    </section>
  )
}

type SwitchProps = Props & { readonly pushKey: Uint8Array<ArrayBuffer> }

function Switch({ told, pushKey, onChanged }: SwitchProps): JSX.Element {
  const { client } = useApp()
  const { push, quiet } = told.wishes
  const isOn = told.push && push
  const start = useAction(async () => {
    await startPush(client, await subscribe(pushKey))
    await tellWorker(quiet)
    await noteWishes(client, { push: true, suggested: true })
    announce(words.started)
    onChanged()
  })
  const stop = useAction(async () => {
    await noteWishes(client, { push: false })
    await unsubscribeHere()
    await stopPush(client)
    announce(words.stopped)
    onChanged()
  })
  const change = isOn ? stop : start
  return (
    <>
      <p class={isOn ? 'good' : undefined}>{isOn ? words.started : words.hereWhat}</p>
      <Problem code={change.problem} />
      <button
        type="button"
        class={isOn ? 'button' : 'button primary'}
        aria-disabled={change.busy}
        onClick={() => void change.run()}
      >
        {isOn ? words.stop : words.start}
      </button>
      {isOn && <QuietPart quiet={quiet} onChanged={onChanged} />}
    </>
  )
}
