import type { JSX } from 'preact'
import { forgetQuiet, noteWishes, type QuietHours } from '../../client/post-notices.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { Time } from '../ui/time.tsx'
import { useAction } from '../ui/use-action.ts'
import { tellWorker } from './browser.ts'
import { notices as words } from './notices-texts.ts'

const NIGHT: QuietHours = { from: '21:00', to: '07:00' }

type Props = {
  readonly quiet: QuietHours | undefined
  readonly onChanged: () => void
}

/** Hours in which a notice makes no sound. They stay on this device: the server learns none. */
export function QuietPart({ quiet, onChanged }: Props): JSX.Element {
  const { client } = useApp()
  const save = useAction(async (hours: QuietHours | undefined) => {
    if (hours) await noteWishes(client, { quiet: hours })
    else await forgetQuiet(client)
    await tellWorker(hours)
    announce(words.saved)
    onChanged()
  })
  return (
    <div class="quiet-hours">
      <label class="choice">
        <input
          type="checkbox"
          checked={quiet !== undefined}
          onChange={(event) => void save.run(event.currentTarget.checked ? NIGHT : undefined)}
        />
        <span>
          <strong>{words.quiet}</strong>
          <span class="small">{words.quietHint}</span>
        </span>
      </label>
      {quiet && (
        <div class="from-to">
          <Time
            label={words.from}
            value={quiet.from}
            onChange={(from) => void save.run({ ...quiet, from })}
          />
          <Time
            label={words.to}
            value={quiet.to}
            onChange={(to) => void save.run({ ...quiet, to })}
          />
        </div>
      )}
      <Problem code={save.problem} />
    </div>
  )
}
