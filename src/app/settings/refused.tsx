import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { noteLooked, refused, type Refused } from '../../client/alarms.ts'
import { dayOf } from '../messages/times.ts'
import { texts } from '../texts.ts'
import { useApp } from '../ui/context.ts'
import { Problem, troubleOf } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'

const words = texts.refused
/** Codes of a message that was put aside, or that the server did not hand out. */
const OF_MESSAGES: readonly string[] = ['message-refused', 'not-found']

/** Everything this device was shown and did not believe, with the codes that explain it to others. */
export function RefusedScreen(): JSX.Element {
  const { client } = useApp()
  const { data, problem } = useLive(refused, ['alarms', 'messages'])
  useEffect(() => void noteLooked(client), [])
  if (!data && !problem) return <Wait />
  return (
    <Screen title={words.title} back="/settings">
      <Problem code={problem} />
      <p class="lead">{data?.length === 0 ? words.none : words.lead}</p>
      {data !== undefined && data.length > 0 && <p>{words.what}</p>}
      <ul class="list">
        {data?.map((one) => (
          <Entry key={`${one.code}/${one.reason}/${one.first}/${one.message}`} {...one} />
        ))}
      </ul>
    </Screen>
  )
}

function Entry({ code, reason, last, times, message, fewer }: Refused): JSX.Element {
  const trouble = troubleOf(code, reason)
  return (
    <li class="row column" data-refused={trouble}>
      <span>
        <strong>{titleOf({ code, fewer })}</strong>
        <span class="small">{words.when(dayOf(last, Date.now()), times)}</span>
      </span>
      <span class="small">
        {texts.app.code} <code>{trouble}</code>
      </span>
      {fewer && <span class="small">{words.fewer(fewer.shown, fewer.known)}</span>}
      {message !== undefined && (
        <span class="small">
          {words.number} <code>{message}</code>
        </span>
      )}
    </li>
  )
}

function titleOf({ code, fewer }: Pick<Refused, 'code'> & { fewer: Refused['fewer'] }): string {
  if (fewer) return words.aRollBack
  return OF_MESSAGES.includes(code) ? words.aMessage : words.aChange
}
