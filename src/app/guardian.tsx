import type { JSX } from 'preact'
import { recoveryCard } from '../client/household.ts'
import { waitingRequests } from '../client/requests.ts'
import { RecoveryCard } from './family/recovery-card.tsx'
import { FamilyScreens } from './family/screens.tsx'
import type { Requests } from './family/waiting.tsx'
import { GuardianHome } from './messages/guardian-home.tsx'
import { RecordScreen } from './messages/record.tsx'
import { WhomScreen } from './messages/whom.tsx'
import { path, segments } from './platform/router.ts'
import { useValue } from './platform/value.ts'
import { SettingsScreens } from './settings/screens.tsx'
import { SignOutBelow } from './settings/sign-out.tsx'
import { texts } from './texts.ts'
import { lazy } from './ui/lazy.tsx'
import { Menu, type MenuItem } from './ui/menu.tsx'
import { useLive } from './ui/use-live.ts'
import { Wait } from './ui/wait.tsx'

const Centre = lazy(async () => (await import('./messages/centre.tsx')).Centre)
const ToyScreen = lazy(async () => (await import('./toy/toy.tsx')).ToyScreen)

const HandOver = lazy(async () => (await import('./child/hand-over.tsx')).HandOver)
const ChooseStories = lazy(async () => (await import('./child/choose-stories.tsx')).ChooseStories)

function menu(waiting: number): readonly MenuItem[] {
  return [
    { to: '/', label: texts.menu.messages },
    { to: '/toy', label: texts.menu.toy },
    { to: '/family', label: texts.menu.family, waiting },
    { to: '/settings', label: texts.menu.settings },
  ]
}

/** Everything a guardian sees. The recovery card comes before all else until it was put away. */
export function Guardian(): JSX.Element {
  const at = useValue(path)
  const card = useLive(async (client) => ({ code: await recoveryCard(client) }), ['family'])
  // Whatever screen is open: a joiner's digits only appear once this device has answered.
  const requests = useLive(waitingRequests, ['family']).data ?? []
  if (!card.data) return <Wait />
  if (card.data.code !== undefined) {
    return (
      <>
        <RecoveryCard code={card.data.code} />
        <SignOutBelow />
      </>
    )
  }
  return (
    <div class="with-menu">
      <Menu items={menu(requests.length)} at={at} />
      <Shown key={at} at={at} requests={requests} />
    </div>
  )
}

function Shown({ at, requests }: Requests & { at: string }): JSX.Element {
  const [first, second, third, fourth] = segments(at)
  switch (first) {
    case 'messages':
      return <Centre at={second} message={third} />
    case 'toy':
      return <ToyScreen />
    case 'child':
      return second === 'stories' ? <ChooseStories /> : <HandOver />
    case 'family':
      return <FamilyScreens at={second} which={third} requests={requests} />
    case 'settings':
      return <SettingsScreens at={second} />
    case 'record':
      return second && third ? (
        <RecordScreen author={second} to={third} re={fourth} reader="guardian" />
      ) : (
        <WhomScreen author={second} />
      )
    default:
      return <GuardianHome requests={requests} />
  }
}
