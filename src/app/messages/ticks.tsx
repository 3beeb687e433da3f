import type { JSX } from 'preact'
import type { Sitter } from '../../client/portraits.ts'
import { FaceTick } from './face-tick.tsx'

type Props<Id extends Sitter> = {
  readonly legend: string
  readonly among: readonly { readonly id: Id; readonly name: string }[]
  readonly to: readonly string[]
  readonly onTick: (id: Id, on: boolean) => void
}

/** Several to tick, with their faces. */
export function Ticks<Id extends Sitter>({ legend, among, to, onTick }: Props<Id>): JSX.Element {
  return (
    <fieldset class="ticks">
      <legend>{legend}</legend>
      {among.map(({ id, name }) => (
        <FaceTick
          key={id}
          of={id}
          name={name}
          checked={to.includes(id)}
          onChange={(on) => onTick(id, on)}
        />
      ))}
    </fieldset>
  )
}
