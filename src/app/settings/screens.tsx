import type { JSX } from 'preact'
import { lazy } from '../ui/lazy.tsx'
import { RefusedScreen } from './refused.tsx'
import { Settings } from './settings.tsx'

const CheckUp = lazy(async () => (await import('./check-up/check-up.tsx')).CheckUp)
const SigningIn = lazy(async () => (await import('./signing-in/signing-in.tsx')).SigningIn)
const Notices = lazy(async () => (await import('../notices/notices.tsx')).NoticesScreen)
const Password = lazy(async () => (await import('../account/password.tsx')).Password)
const Sessions = lazy(async () => (await import('../account/sessions.tsx')).Sessions)
const MyPhones = lazy(async () => (await import('../phones/my-phones.tsx')).MyPhones)
const AddPhone = lazy(async () => (await import('../phones/add-phone.tsx')).AddPhone)
const Take = lazy(async () => (await import('../archive/take.tsx')).Take)
const Bring = lazy(async () => (await import('../archive/bring.tsx')).Bring)
const Keepsakes = lazy(async () => (await import('../archive/keepsakes.tsx')).Keepsakes)
const Leave = lazy(async () => (await import('../archive/leave.tsx')).Leave)
const AboutMe = lazy(async () => (await import('../family/about-me.tsx')).AboutMe)
const Data = lazy(async () => (await import('../account/data.tsx')).Data)

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
  if (at === 'notices') return <Notices />
  if (at === 'password') return <Password />
  if (at === 'sessions') return <Sessions />
  if (at === 'phones') return <MyPhones />
  if (at === 'add-phone') return <AddPhone />
  if (at === 'data') return <Data />
  if (at === 'archive') return <Take />
  if (at === 'bring') return <Bring />
  if (at === 'keepsakes') return <Keepsakes />
  if (at === 'me') return <AboutMe />
  if (at === 'leave') return <Leave />
  return <Settings {...back} />
}
