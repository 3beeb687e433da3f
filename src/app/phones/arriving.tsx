import type { JSX } from 'preact'
import { arriving, forgetArriving } from '../../client/arriving.ts'
import { SignOutBelow } from '../settings/sign-out.tsx'
import { useApp } from '../ui/context.ts'
import { Digits } from '../ui/digits.tsx'
import { Paw } from '../ui/paw.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { phones as words } from './phones-texts.ts'

const POLL_MS = 2_000

const TITLES = {
  waiting: words.waitTitle,
  digits: words.compareTitle,
  arrived: words.arrived,
  over: words.deadTitle,
} as const

/** Another phone of somebody's, before it is in: four digits to compare with the other one. */
export function ArrivingScreen(): JSX.Element {
  const seen = useLive(arriving, [], POLL_MS)
  const { state = 'waiting', digits } = seen.data ?? {}
  return (
    <>
      <Screen key={state} title={TITLES[state]}>
        {state === 'digits' && digits !== undefined && <Compare digits={digits} />}
        {state === 'over' && <Over />}
        {state === 'waiting' && (
          <div class="hero" role="status">
            <Paw />
            <p class="lead">{words.wait}</p>
          </div>
        )}
        <Problem code={seen.problem} />
      </Screen>
      <SignOutBelow />
    </>
  )
}

function Compare({ digits }: { digits: string }): JSX.Element {
  return (
    <>
      <p class="lead">{words.compare}</p>
      <Digits label={words.digits} digits={digits} />
      <p>{words.differ}</p>
    </>
  )
}

function Over(): JSX.Element {
  const { client } = useApp()
  const forget = useAction(() => forgetArriving(client))
  return (
    <>
      <p class="lead">{words.dead}</p>
      <button type="button" class="button primary" onClick={() => void forget.run()}>
        {words.forget}
      </button>
    </>
  )
}
