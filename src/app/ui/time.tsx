import type { JSX } from 'preact'
import { useId } from 'preact/hooks'

type Props = {
  readonly label: string
  /** Such as `07:30`. */
  readonly value: string
  /** Hears only of whole times. */
  readonly onChange: (value: string) => void
}

/** A time of day, by the browser's own field for it. */
export function Time({ label, value, onChange }: Props): JSX.Element {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="time"
        required
        value={value}
        onChange={({ currentTarget }) => currentTarget.value && onChange(currentTarget.value)}
      />
    </div>
  )
}
