import type { ComponentChildren, JSX } from 'preact'
import { useId, useState } from 'preact/hooks'
import { texts } from '../texts.ts'

type Props = {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly hint?: string
  readonly type?: 'text' | 'email' | 'password'
  readonly autocomplete?: string
  readonly numeric?: boolean
  readonly maxLength?: number
  readonly wrong?: boolean
  /** May be left empty. */
  readonly optional?: true
  /** No language: a keyboard does not begin it with a capital. */
  readonly exact?: true
  /** What stands below it, and the id of what it is described by there. */
  readonly below?: ComponentChildren
  readonly describedBy?: string
}

/** A labelled input with its hint; a password can be looked at. */
export function Field(props: Props): JSX.Element {
  const id = useId()
  const [open, setOpen] = useState(false)
  const { label, value, hint, type = 'text', wrong = false } = props
  const described = [hint === undefined ? '' : `${id}-hint`, props.describedBy ?? '']
    .join(' ')
    .trim()
  const input = (
    <input
      id={id}
      // Preact's types tell inputs apart by their type; these three take the same attributes.
      type={(type === 'password' && open ? 'text' : type) as 'text'}
      value={value}
      dir={value === '' ? undefined : 'auto'}
      required={!props.optional}
      autocomplete={props.autocomplete ?? 'off'}
      inputMode={props.numeric ? 'numeric' : undefined}
      maxLength={props.maxLength}
      autocapitalize={type === 'text' && !props.exact ? 'words' : 'none'}
      spellcheck={false}
      aria-describedby={described || undefined}
      aria-invalid={wrong || undefined}
      onInput={(event) => props.onInput(event.currentTarget.value)}
    />
  )
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {type === 'password' ? (
        <div class="with-button">
          {input}
          <button
            type="button"
            class="button quiet"
            aria-pressed={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            {texts.app.show} <span class="visually-hidden">{texts.app.showPassword}</span>
          </button>
        </div>
      ) : (
        input
      )}
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {props.below}
    </div>
  )
}
