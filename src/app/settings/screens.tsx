import type { JSX } from 'preact'
import { lazy } from '../ui/lazy.tsx'
import { RefusedScreen } from './refused.tsx'
import { Settings } from './settings.tsx'

const CheckUp = lazy(async () => (await import('./check-up/check-up.tsx')).CheckUp)
const SigningIn = lazy(async () => (await import('./signing-in/signing-in.tsx')).SigningIn)

type Props = {
  /** What follows `/settings` in the address. */
  readonly at: string | undefined
  /** For who has no menu. */
  readonly back?: string
}

/** The settings and the screens behind them. */
export function SettingsScreens({ at, ...back }: Props): JSX.Element {
  if (at === 'refused') return <RefusedScreen />
  if (at === 'check-up') return <CheckUp />
  if (at === 'signing-in') return <SigningIn />
  return <Settings {...back} />
}
