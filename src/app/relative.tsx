import type { JSX } from 'preact'
import { RelativeHome } from './messages/relative-home.tsx'
import { RecordScreen } from './messages/record.tsx'
import { path, segments } from './platform/router.ts'
import { useValue } from './platform/value.ts'
import { SettingsScreens } from './settings/screens.tsx'

/** Everything a relative sees: one screen, and some that are seldom needed. */
export function Relative(): JSX.Element {
  const at = useValue(path)
  const [first, second, third, fourth] = segments(at)
  if (first === 'settings') return <SettingsScreens at={second} back="/" />
  if (first === 'record') {
    return <RecordScreen author="sender" to={third ?? 'household'} re={fourth} reader="relative" />
  }
  return <RelativeHome />
}
