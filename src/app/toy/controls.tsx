import type { JSX } from 'preact'
import { useId, useState } from 'preact/hooks'
import type { CloudPet } from '../../toy/cloudpets/cloudpets.ts'
import { refusal, type ToyState } from '../../toy/cloudpets/states.ts'
import { texts } from '../texts.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'

const words = texts.toy
const BLINK_MS = 500
const LOUDEST = 255

type Props = { readonly pet: CloudPet; readonly state: ToyState }

/** Volume and heart of a connected toy; while it is busy they wait. */
export function Controls({ pet, state }: Props): JSX.Element {
  const id = useId()
  const [blinking, setBlinking] = useState(false)
  const busy = refusal('light', state) !== undefined
  const volume = useAction((level: number) => pet.setVolume(level))
  const heart = useAction(async (on: boolean) => {
    await pet.light(on ? { mode: 'blink', period: BLINK_MS } : { mode: 'off' })
    setBlinking(on)
  })
  return (
    <section>
      <label for={id}>{words.volume}</label>
      <input
        id={id}
        type="range"
        min="0"
        max={LOUDEST}
        step="15"
        defaultValue={pet.volume}
        disabled={busy}
        onChange={(event) => void volume.run(event.currentTarget.valueAsNumber)}
      />
      <Problem code={volume.problem ?? heart.problem} />
      <button
        type="button"
        class="button"
        disabled={busy}
        onClick={() => void heart.run(!blinking)}
      >
        {blinking ? words.heartOff : words.heart}
      </button>
    </section>
  )
}
