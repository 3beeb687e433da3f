import type { JSX } from 'preact'

type Props<T extends string> = {
  /** What the group is called for the browser. */
  readonly name: string
  readonly value: T
  readonly chosen: T
  readonly label: string
  readonly hint?: string
  readonly onChoose: (value: T) => void
}

/** One of several, of which one is chosen. */
export function Choice<T extends string>(props: Props<T>): JSX.Element {
  const { name, value, chosen, label, hint, onChoose } = props
  return (
    <label class="choice">
      <input
        type="radio"
        name={name}
        value={value}
        checked={value === chosen}
        onChange={() => onChoose(value)}
      />
      <span>
        <strong>{label}</strong>
        {hint !== undefined && <span class="small">{hint}</span>}
      </span>
    </label>
  )
}
