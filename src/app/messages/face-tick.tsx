import type { JSX } from 'preact'
import type { Sitter } from '../../client/portraits.ts'
import { Face } from '../ui/face.tsx'

type Props = {
  readonly of: Sitter
  readonly name: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

/** Somebody to tick: a face, a name, a box. */
export function FaceTick({ of, name, checked, onChange }: Props): JSX.Element {
  return (
    <label class="face-tick">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <Face of={of} name={name} />
      <span class="grow">{name}</span>
    </label>
  )
}
