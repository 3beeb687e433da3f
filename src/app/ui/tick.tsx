import type { JSX } from 'preact'
import { useId } from 'preact/hooks'

type Props = {
  readonly label: string
  readonly hint: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

/** A box to tick, with its label beside it and its hint below. */
export function Tick({ label, hint, checked, onChange }: Props): JSX.Element {
  const id = useId()
  return (
    <div class="field">
      <label class="tick" for={id}>
        <input
          id={id}
          type="checkbox"
          checked={checked}
          aria-describedby={`${id}-hint`}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  )
}
