import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { Choice } from '../ui/choice.tsx'
import { Copy } from '../ui/copy.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Link } from '../ui/link.tsx'
import { Removal } from '../ui/removal.tsx'
import { Select } from '../ui/select.tsx'
import { Tick } from '../ui/tick.tsx'
import { Time } from '../ui/time.tsx'
import { design as words } from './design-texts.ts'

/** What is pressed, filled in and chosen. */
export function Controls(): JSX.Element {
  return (
    <>
      <Buttons />
      <Fields />
      <Choices />
    </>
  )
}

function Buttons(): JSX.Element {
  const { button } = words
  return (
    <>
      <section>
        <h2>{words.buttons}</h2>
        <div class="buttons">
          <button type="button" class="button primary">
            {button.primary}
          </button>
          <button type="button" class="button">
            {button.usual}
          </button>
          <button type="button" class="button quiet">
            {button.quiet}
          </button>
          <button type="button" class="button primary" aria-disabled="true">
            {button.busy}
          </button>
          <Copy text={button.copy} label={button.copy} done={button.copied} />
          <Removal
            label={button.remove}
            question={words.dialog}
            detail={words.dialogSays}
            yes={words.dialogYes}
            work={() => Promise.resolve()}
          />
        </div>
      </section>
      <section>
        <h2>{words.places}</h2>
        <div class="places">
          {words.place.map((place) => (
            <Link key={place} to="/design" class="place">
              {place}
            </Link>
          ))}
        </div>
      </section>
    </>
  )
}

function Fields(): JSX.Element {
  const { field } = words
  const [name, setName] = useState<string>(field.filled)
  const [wrong, setWrong] = useState<string>(field.wrongValue)
  const [password, setPassword] = useState('')
  const [digits, setDigits] = useState('482981')
  const [one, setOne] = useState<string>(field.selected[0])
  const [time, setTime] = useState('19:30')
  return (
    <section>
      <h2>{words.fields}</h2>
      <Form
        submit={field.submit}
        busy={false}
        problem="password-wrong"
        onSubmit={() => setPassword('')}
      >
        <Field label={field.plain} hint={field.plainHint} value={name} onInput={setName} />
        <Field label={field.wrong} type="email" wrong value={wrong} onInput={setWrong} />
        <Field label={field.password} type="password" value={password} onInput={setPassword} />
        <Field
          label={field.code}
          numeric
          maxLength={6}
          autocomplete="one-time-code"
          value={digits}
          onInput={setDigits}
        />
        <Select
          label={field.select}
          value={one}
          options={field.selected.map((value) => ({ value, label: value }))}
          onChange={setOne}
        />
        <Time label={field.time} value={time} onChange={setTime} />
      </Form>
    </section>
  )
}

function Choices(): JSX.Element {
  const { choice } = words
  const [ticked, setTicked] = useState(true)
  const [chosen, setChosen] = useState<'one' | 'other'>('one')
  return (
    <section>
      <h2>{words.choices}</h2>
      <Tick label={choice.tick} hint={choice.tickHint} checked={ticked} onChange={setTicked} />
      <fieldset>
        <legend>{words.choices}</legend>
        <Choice
          name="design"
          value="one"
          chosen={chosen}
          label={choice.one}
          hint={choice.oneHint}
          onChoose={setChosen}
        />
        <Choice
          name="design"
          value="other"
          chosen={chosen}
          label={choice.other}
          onChoose={setChosen}
        />
      </fieldset>
    </section>
  )
}
