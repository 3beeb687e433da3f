import type { JSX } from 'preact'
import { forgetJoining, joining, type Joining } from '../../client/joining.ts'
import { SignOutBelow } from '../settings/sign-out.tsx'
import { texts } from '../texts.ts'
import { useApp } from '../ui/context.ts'
import { Digits } from '../ui/digits.tsx'
import { Paw } from '../ui/paw.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'

const words = texts.join
const POLL_MS = 2_000

/** Waiting to be let in: first for the guardian, then with six digits to read out. */
export function JoiningScreen(): JSX.Element {
  const seen = useLive(joining, [], POLL_MS)
  const state = seen.data?.state ?? 'waiting'
  return (
    <>
      <Screen key={state} title={TITLES[state]}>
        <State {...seen.data} />
        <Problem code={seen.problem} />
      </Screen>
      <SignOutBelow />
    </>
  )
}

const TITLES = {
  waiting: words.waitTitle,
  digits: words.digitsTitle,
  declined: words.declinedTitle,
  admitted: words.admitted,
} as const

function State({ state, digits }: Partial<Joining>): JSX.Element {
  if (state === 'declined') return <Declined />
  if (digits === undefined) {
    return (
      <div class="hero" role="status">
        <Paw />
        <p class="lead">{state === 'admitted' ? words.admitted : words.wait}</p>
      </div>
    )
  }
  return (
    <>
      <p class="lead">{words.digits}</p>
      <Digits label={words.digitsTitle} digits={digits} />
      <p>{words.thenWait}</p>
    </>
  )
}

function Declined(): JSX.Element {
  const { client } = useApp()
  const forget = useAction(() => forgetJoining(client))
  return (
    <>
      <p class="lead">{words.declined}</p>
      <button type="button" class="button primary" onClick={() => void forget.run()}>
        {words.forget}
      </button>
    </>
  )
}
