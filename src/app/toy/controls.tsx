import type { JSX } from 'preact'
import { useEffect, useId, useState } from 'preact/hooks'
import type { CloudPet } from '../../toy/cloudpets/cloudpets.ts'
import { refusal, type ToyState } from '../../toy/cloudpets/states.ts'
import { asleep } from '../family/children-texts.ts'
import { texts } from '../texts.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'

const words = texts.toy
const BLINK_MS = 500
const LOUDEST = 255

type Props = {
  readonly pet: CloudPet
  readonly state: ToyState
  /** The loudest that the toy may be now, of 100. */
  readonly loudest: number
}

/** Volume and heart of a connected toy; while it is busy they wait. */
export function Controls({ pet, state, loudest }: Props): JSX.Element {
  const id = useId()
  const [blinking, setBlinking] = useState(false)
  const busy = refusal('light', state) !== undefined
  const most = capOf(loudest)
  const volume = useAction((level: number) => pet.setVolume(Math.min(level, most)))
  useEffect(() => {
    // The night has come, or the toy while it is night: it gets soft by itself.
    if (!busy && pet.volume > most) void volume.run(most)
  }, [most, busy])
  const heart = useAction(async (on: boolean) => {
    await pet.light(on ? { mode: 'blink', period: BLINK_MS } : { mode: 'off' })
    setBlinking(on)
  })
  return (
    <section>
      <label for={id}>{words.volume}</label>
      <input
        key={most}
        id={id}
        type="range"
        min="0"
        max={most}
        step="15"
        defaultValue={Math.min(pet.volume, most)}
        disabled={busy}
        onChange={(event) => void volume.run(event.currentTarget.valueAsNumber)}
      />
      {most < LOUDEST && <p class="small">{asleep.softer}</p>}
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

/** A share of the loudest, on the toy's own scale. */
function capOf(share: number): number {
  return Math.round((share * LOUDEST) / 100)
}
