import type { JSX } from 'preact'
import { RelativeHome } from './messages/relative-home.tsx'
import { RecordScreen } from './messages/record.tsx'
import { path, segments } from './platform/router.ts'
import { useValue } from './platform/value.ts'
import { RefusedScreen } from './settings/refused.tsx'
import { Settings } from './settings/settings.tsx'

/** Everything a relative sees: one screen, and two that are seldom needed. */
export function Relative(): JSX.Element {
  const at = useValue(path)
  const [first, second] = segments(at)
  if (first === 'settings') {
    return second === 'refused' ? <RefusedScreen /> : <Settings back="/" />
  }
  if (first === 'record') return <RecordScreen author="sender" to="household" />
  return <RelativeHome />
}
