import type { JSX } from 'preact'
import { locale } from '../language/language.ts'
import { PLUSHES, type Plush, type ProfileChild } from '../../protocol/message/kinds.ts'
import { Field } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { kids as words } from './children-texts.ts'
import { PlushPicture } from './plush-picture.tsx'

/** What is typed about a child before it is told. */
export type Typed = {
  readonly name: string
  readonly plush: Plush
  readonly pet: string
  /** Day and month; empty where nothing is said. */
  readonly day: string
  readonly month: string
}

export const NOBODY: Typed = { name: '', plush: 'bear', pet: '', day: '', month: '' }

export function typedOf({ name, plush = 'bear', pet = '', birthday }: ProfileChild): Typed {
  const { day = '', month = '' } = birthday ?? {}
  return { name, plush, pet, day: String(day), month: String(month) }
}

/** Whether a birthday is whole, or none. */
export function isWhole({ day, month }: Typed): boolean {
  return (day === '') === (month === '')
}

/** What was typed, as the family is told. */
export function toldOf({
  name,
  plush,
  pet,
  day,
  month,
}: Typed): Omit<ProfileChild, 'id' | 'quiet'> {
  const hasBirthday = day !== '' && month !== ''
  return {
    name: name.trim(),
    plush,
    ...(pet.trim() !== '' && { pet: pet.trim() }),
    ...(hasBirthday && { birthday: { day: Number(day), month: Number(month) } }),
  }
}

type Props = { readonly typed: Typed; readonly onChange: (typed: Typed) => void }

/** Name, toy and birthday of a child. */
export function ChildFields({ typed, onChange }: Props): JSX.Element {
  return (
    <>
      <Field
        label={words.name}
        value={typed.name}
        onInput={(name) => onChange({ ...typed, name })}
        maxLength={80}
      />
      <Toys chosen={typed.plush} onChoose={(plush) => onChange({ ...typed, plush })} />
      <Field
        label={words.pet}
        value={typed.pet}
        onInput={(pet) => onChange({ ...typed, pet })}
        maxLength={80}
        optional
      />
      <Birthday typed={typed} onChange={onChange} />
    </>
  )
}

type ToysProps = { readonly chosen: Plush; readonly onChoose: (plush: Plush) => void }

function Toys({ chosen, onChoose }: ToysProps): JSX.Element {
  return (
    <fieldset>
      <legend>{words.toy}</legend>
      <div class="plushes">
        {PLUSHES.map((plush) => (
          <label key={plush} class="plush-choice">
            <input
              type="radio"
              name="plush"
              value={plush}
              checked={plush === chosen}
              onChange={() => onChoose(plush)}
            />
            <PlushPicture plush={plush} />
            <span>{words.plushes[plush]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Birthday({ typed, onChange }: Props): JSX.Element {
  return (
    <fieldset>
      <legend>{words.birthday}</legend>
      <div class="from-to">
        <Select
          label={words.day}
          value={typed.day}
          options={[NONE, ...days(typed.month)]}
          onChange={(day) => onChange({ ...typed, day })}
        />
        <Select
          label={words.month}
          value={typed.month}
          options={[NONE, ...MONTHS]}
          onChange={(month) => onChange(clipped({ ...typed, month }))}
        />
      </div>
      {!isWhole(typed) && <p class="hint">{words.noBirthday}</p>}
      <p class="hint">{words.birthdayHint}</p>
    </fieldset>
  )
}

const NONE = { value: '', label: words.none }
/** A leap year: a birthday may be the 29th of February. */
const YEAR = 2024

function daysOf(month: string): number {
  return month === '' ? 31 : new Date(YEAR, Number(month), 0).getDate()
}

function days(month: string): { value: string; label: string }[] {
  return Array.from({ length: daysOf(month) }, (_, index) => String(index + 1)).map((day) => ({
    value: day,
    label: new Intl.NumberFormat(locale).format(Number(day)),
  }))
}

/** A month that is shorter than the day that was chosen takes it back. */
function clipped(typed: Typed): Typed {
  return Number(typed.day) > daysOf(typed.month) ? { ...typed, day: '' } : typed
}

const MONTHS = Array.from({ length: 12 }, (_, index) => ({
  value: String(index + 1),
  label: new Intl.DateTimeFormat(locale, { month: 'long' }).format(new Date(YEAR, index, 1)),
}))
