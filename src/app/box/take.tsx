import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { useKeyed } from '../platform/keyed.ts'
import { player } from '../sound/player.ts'
import { announce } from '../ui/announce.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import { box as texts } from './box-texts.ts'
import { Arrow, Round, Speaker } from './pictures.tsx'
import type { Spoken } from './use-box.ts'

const words = texts.page

type Props = {
  readonly take: Spoken
  readonly onSend: () => Promise<void>
  readonly onAgain: () => void
}

/** A recording that was not sent yet: hear it, send it, or say it once more. */
export function Take({ take, onSend, onAgain }: Props): JSX.Element {
  const now = useKeyed(player.states, 'take')
  const send = useAction(onSend)
  useEffect(() => {
    announce(words.heard)
    return () => player.stop()
  }, [])
  const isOn = now?.step === 'playing' || now?.step === 'loading'
  const toggle = (): void => {
    const { sound, durationMs } = take
    void player.toggle({ id: 'take', durationMs, load: () => Promise.resolve(sound) })
  }
  const sendIt = (): void => {
    player.stop()
    void send.run()
  }
  return (
    <div class="box-take">
      <button type="button" class="big small-one" onClick={toggle}>
        <Speaker on={isOn} />
        <span class="words">{isOn ? words.pause : words.listen}</span>
      </button>
      <button type="button" class="big go" aria-disabled={send.busy} onClick={sendIt}>
        <Arrow />
        <span class="words">{words.send}</span>
      </button>
      <button type="button" class="big small-one" onClick={onAgain}>
        <Round />
        <span class="words">{words.again}</span>
      </button>
      <Problem code={send.problem ?? now?.problem} />
    </div>
  )
}
