import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { announce } from '../ui/announce.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import { box as texts } from './box-texts.ts'
import { Arrow, Round, Speaker } from './pictures.tsx'
import type { Spoken } from './use-box.ts'
import { useHearing } from './use-hearing.ts'

const words = texts.page

type Props = {
  readonly take: Spoken
  readonly onSend: () => Promise<void>
  readonly onAgain: () => void
}

/** A recording that was not sent yet: hear it, send it, or say it once more. */
export function Take({ take, onSend, onAgain }: Props): JSX.Element {
  const hearing = useHearing(take.sound)
  const send = useAction(onSend)
  useEffect(() => announce(words.heard), [])
  const then = (what: () => unknown) => (): void => {
    hearing.stop()
    what()
  }
  return (
    <div class="box-take">
      <button
        type="button"
        class="big go"
        aria-disabled={send.busy}
        onClick={then(() => send.run())}
      >
        <Arrow />
        <span class="words">{words.send}</span>
      </button>
      <button type="button" class="big small-one" onClick={hearing.toggle}>
        <Speaker on={hearing.on} />
        <span class="words">{hearing.on ? words.pause : words.listen}</span>
      </button>
      <button type="button" class="big small-one" onClick={then(onAgain)}>
        <Round />
        <span class="words">{words.again}</span>
      </button>
      <Problem code={send.problem ?? hearing.problem} />
    </div>
  )
}
