import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { setMail, type MailPace } from '../../client/post-notices.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import type { Told } from './notices.tsx'
import { notices as words } from './notices-texts.ts'

type Choice = MailPace | 'never'

const CHOICES: readonly { readonly pace: Choice; readonly says: string; readonly hint?: string }[] =
  [
    { pace: 'never', says: words.never },
    { pace: 'daily', says: words.daily },
    { pace: 'at-once', says: words.atOnce, hint: words.atOnceHint },
  ]

/** Mails: never, seldom or soon. What is chosen counts at once. */
export function MailPart({ told, onChanged }: { told: Told; onChanged: () => void }): JSX.Element {
  const { client } = useApp()
  const kept: Choice = told.mail ?? 'never'
  // Shown at once; what is kept is shown again if it could not be changed.
  const [wanted, setWanted] = useState<Choice | undefined>(undefined)
  const chosen = wanted ?? kept
  const choose = useAction(async (pace: Choice) => {
    await setMail(client, pace === 'never' ? undefined : pace)
    announce(words.saved)
    onChanged()
  })
  const pick = async (pace: Choice): Promise<void> => {
    setWanted(pace)
    if (!(await choose.run(pace))) setWanted(undefined)
  }
  return (
    <section>
      <h2>{words.mail}</h2>
      <p id="mail-what">{words.mailWhat}</p>
      <fieldset aria-describedby="mail-what">
        <legend class="visually-hidden">{words.mail}</legend>
        {CHOICES.map(({ pace, says, hint }) => (
          <label class="choice" key={pace}>
            <input
              type="radio"
              name="mail"
              value={pace}
              checked={pace === chosen}
              onChange={() => void pick(pace)}
            />
            <span>
              <strong>{says}</strong>
              {hint !== undefined && <span class="small">{hint}</span>}
            </span>
          </label>
        ))}
      </fieldset>
      <Problem code={choose.problem} />
    </section>
  )
}
