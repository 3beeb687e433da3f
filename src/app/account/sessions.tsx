import type { JSX } from 'preact'
import { endOneSession, endOthers, sessionsOf } from '../../client/account.ts'
import type { SessionEntry } from '../../protocol/api/sessions.ts'
import { dayOf } from '../messages/times.ts'
import { calledBy } from '../phones/this-device.ts'
import { Removal } from '../ui/removal.tsx'
import { useProof } from '../proof/use-proof.tsx'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { account as words } from './account-texts.ts'

/** Where the account is signed in, this place first. */
export function Sessions(): JSX.Element {
  const { client } = useApp()
  const live = useLive(sessionsOf, ['session'])
  const { proven, dialogue } = useProof()
  const { data, problem } = live
  if (!data && !problem) return <Wait />
  const end = async (work: () => Promise<void>): Promise<void> => {
    await proven(work)
    announce(words.ended)
    live.reload()
  }
  const [here, others] = [data?.filter(isHere) ?? [], data?.filter((one) => !isHere(one)) ?? []]
  return (
    <Screen title={words.sessionsTitle} back="/settings">
      <p class="lead">{words.sessionsLead}</p>
      <Problem code={problem} />
      <ul class="list">
        {[...here, ...others].map((one) => (
          <Row
            key={one.session}
            one={one}
            onEnd={() => end(() => endOneSession(client, one.session))}
          />
        ))}
      </ul>
      {others.length > 0 && (
        <Removal
          label={words.endOthers}
          question={words.endOthersSure}
          detail={words.endDetail}
          yes={words.endOthers}
          work={() => end(() => endOthers(client))}
        />
      )}
      {dialogue}
    </Screen>
  )
}

function isHere({ current }: SessionEntry): boolean {
  return current
}

/** `Firefox on Android`, as the server puts it, in the words of this page. */
function nameOf({ browser: said }: SessionEntry): string {
  if (said === undefined) return words.unnamed
  const [browser = '', system = ''] = said.split(' on ')
  return calledBy({ browser, system })
}

function Row({ one, onEnd }: { one: SessionEntry; onEnd: () => Promise<void> }): JSX.Element {
  const day = (at: string): string => dayOf(Date.parse(at), Date.now())
  return (
    <li class="row">
      <span class="grow">
        <strong>{nameOf(one)}</strong>
        {one.current && <span class="small good">{words.here}</span>}
        <span class="small">{words.since(day(one.createdAt))}</span>
        <span class="small">{words.seen(day(one.seenAt))}</span>
        {one.place !== undefined && <span class="small">{words.place(one.place)}</span>}
      </span>
      {!one.current && (
        <Removal
          label={words.end}
          question={words.endSure}
          detail={words.endDetail}
          yes={words.endYes}
          work={onEnd}
        />
      )}
    </li>
  )
}
