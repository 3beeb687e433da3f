import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Client } from '../../client/client.ts'
import { members, type Member } from '../../client/people.ts'
import { changeRules, readRules } from '../../client/rules.ts'
import type { Policy } from '../../protocol/log/ops.ts'
import { Ticks } from '../messages/ticks.tsx'
import { navigate } from '../platform/router.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { Choice } from '../ui/choice.tsx'
import { useApp } from '../ui/context.ts'
import { WithFaces } from '../ui/face.tsx'
import { Form } from '../ui/form.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { rules as words } from './rules-texts.ts'

/** Days to choose from; 0 is for ever. */
const DAYS = [7, 14, 30, 90, 365, 0]
const YEAR = 365

type Known = { readonly rules: Policy; readonly people: readonly Member[] }

/** The rules that hold for the whole family. */
export function RulesPage(): JSX.Element {
  // Read once: what others change meanwhile does not change what is being chosen.
  const { data, problem } = useLive(look, [])
  if (!data) return problem ? <Problem code={problem} /> : <Wait />
  const guardians = data.people.filter(({ role }) => role === 'guardian')
  return (
    <WithFaces>
      <Screen title={words.title} back="/family">
        <p class="lead">{words.lead}</p>
        {guardians.length > 1 && <p>{words.asks}</p>}
        <Change {...data} />
      </Screen>
    </WithFaces>
  )
}

async function look(client: Client): Promise<Known> {
  return { rules: await readRules(client), people: await members(client) }
}

function Change({ rules: before, people }: Known): JSX.Element {
  const { client } = useApp()
  const [rules, setRules] = useState(before)
  const save = useAction(async () => {
    const { done } = await changeRules(client, rules)
    announce(done ? words.saved : words.asked)
    navigate('/family')
  })
  return (
    <Form
      submit={words.save}
      busy={save.busy}
      problem={save.problem}
      onSubmit={() => void save.run()}
    >
      <Approval rules={rules} onChange={setRules} />
      {rules.approval && <Trusted rules={rules} people={people} onChange={setRules} />}
      <Retention rules={rules} onChange={setRules} />
    </Form>
  )
}

type PartProps = { readonly rules: Policy; readonly onChange: (rules: Policy) => void }

function Approval({ rules, onChange }: PartProps): JSX.Element {
  const part = {
    name: 'approval',
    chosen: rules.approval ? 'on' : 'off',
    onChoose: (value: string): void => onChange({ ...rules, approval: value === 'on' }),
  }
  return (
    <fieldset>
      <legend>{words.approval}</legend>
      <Choice {...part} value="on" label={words.approvalOn} hint={words.approvalOnHint} />
      <Choice {...part} value="off" label={words.approvalOff} hint={words.approvalOffHint} />
    </fieldset>
  )
}

function Trusted({ rules, people, onChange }: PartProps & Pick<Known, 'people'>): JSX.Element {
  const relatives = people.filter(({ role }) => role === 'relative')
  const { trusted } = rules
  if (relatives.length === 0) return <p class="hint">{words.nobody}</p>
  return (
    <div class="field">
      <Ticks
        legend={words.trusted}
        among={relatives.map(({ person: id, name }) => ({
          id,
          name: name || texts.family.unnamed,
        }))}
        to={trusted}
        onTick={(id, on) =>
          onChange({
            ...rules,
            trusted: on ? [...trusted, id] : trusted.filter((one) => one !== id),
          })
        }
      />
      <p class="hint">{words.trustedHint}</p>
    </div>
  )
}

function Retention({ rules, onChange }: PartProps): JSX.Element {
  const { retention } = rules
  const days = DAYS.includes(retention) ? DAYS : [retention, ...DAYS]
  return (
    <fieldset>
      <legend>{words.retention}</legend>
      {days.map((count) => (
        <Choice
          key={count}
          name="retention"
          value={String(count)}
          chosen={String(retention)}
          label={daysAsSaid(count)}
          onChoose={() => onChange({ ...rules, retention: count })}
        />
      ))}
      <p class="hint">{words.retentionHint}</p>
    </fieldset>
  )
}

function daysAsSaid(days: number): string {
  if (days === 0) return words.forEver
  return days === YEAR ? words.keepYear : words.keep(days)
}
