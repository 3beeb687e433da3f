import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { locale } from '../language/language.ts'
import { BOX_DAYS, makeBox } from '../../client/boxes.ts'
import { children as readChildren } from '../../client/children.ts'
import { GREETING_BYTES } from '../../keys/box-fragment.ts'
import type { ChildId } from '../../protocol/ids.ts'
import type { ProfileChild } from '../../protocol/message/kinds.ts'
import { useApp } from '../ui/context.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { box as texts } from './box-texts.ts'

const words = texts.family
const DAY_MS = 24 * 60 * 60 * 1000
const SPANS = [1, 7, 30, 90, 365] as const
type Span = (typeof SPANS)[number]

/** A link that was made, to be shown. */
export type Made = { readonly name: string; readonly link: string; readonly expires: number }

type Props = { readonly onMade: (made: Made) => void; readonly onBack: () => void }

/** Asks what a new link is for. */
export function MakeLink(props: Props): JSX.Element {
  const { data } = useLive(readChildren, [])
  return data ? <Ask {...props} all={data} /> : <Wait />
}

function Ask({ all, onMade, onBack }: Props & { all: readonly ProfileChild[] }): JSX.Element {
  const { client } = useApp()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<readonly ChildId[]>(all.map(({ id }) => id))
  const [days, setDays] = useState<Span>(BOX_DAYS.usual)
  const [greeting, setGreeting] = useGreeting(all, chosen)
  const make = useAction(async () => {
    const isAll = chosen.length === all.length
    const children = isAll ? [] : chosen
    const wanted = { name: name.trim(), children, greeting: greeting.trim(), days }
    const { link } = await makeBox(client, wanted)
    onMade({ name: wanted.name, link, expires: client.now() + days * DAY_MS })
  })
  return (
    <Screen title={words.open}>
      <Form
        submit={words.make}
        busy={make.busy}
        problem={make.problem}
        onSubmit={() => void (chosen.length > 0 && make.run())}
      >
        <Field
          label={words.name}
          hint={words.nameHint}
          value={name}
          onInput={setName}
          maxLength={80}
        />
        {all.length > 1 && <Children all={all} chosen={chosen} onChoose={setChosen} />}
        <Field
          label={words.greeting}
          hint={words.greetingHint}
          value={greeting}
          onInput={setGreeting}
          maxLength={Math.floor(GREETING_BYTES / 2)}
        />
        <Days days={days} onChoose={setDays} />
      </Form>
      <button type="button" class="button quiet" onClick={onBack}>
        {words.back}
      </button>
    </Screen>
  )
}

/** The names of the chosen children, until somebody writes something else. */
function useGreeting(
  all: readonly ProfileChild[],
  chosen: readonly ChildId[],
): [greeting: string, set: (greeting: string) => void] {
  const [written, write] = useState<string | undefined>(undefined)
  const names = all.filter(({ id }) => chosen.includes(id)).map(({ name }) => name)
  const named = new Intl.ListFormat(locale, { type: 'conjunction' }).format(names)
  return [written ?? named, write]
}

type ChildrenProps = {
  readonly all: readonly ProfileChild[]
  readonly chosen: readonly ChildId[]
  readonly onChoose: (chosen: readonly ChildId[]) => void
}

function Children({ all, chosen, onChoose }: ChildrenProps): JSX.Element {
  const toggle = (id: ChildId): void =>
    onChoose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <fieldset>
      <legend>{words.children}</legend>
      {all.map(({ id, name }) => (
        <label key={id} class="tick">
          <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Days({ days, onChoose }: { days: Span; onChoose: (days: Span) => void }): JSX.Element {
  return (
    <fieldset class="box-days">
      <legend>{words.days}</legend>
      {SPANS.map((span) => (
        <label key={span} class="choice">
          <input type="radio" name="days" checked={span === days} onChange={() => onChoose(span)} />
          <span>{words.spans[span]}</span>
        </label>
      ))}
    </fieldset>
  )
}
