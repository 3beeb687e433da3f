import type { JSX } from 'preact'
import { lazy } from '../ui/lazy.tsx'
import { FamilyScreen } from './family.tsx'
import { Names } from './names.tsx'
import { Request } from './request.tsx'
import type { Requests } from './waiting.tsx'

const BoxLinks = lazy(async () => (await import('../box/links.tsx')).BoxLinks)
const Invite = lazy(async () => (await import('./invite.tsx')).Invite)
const NewChild = lazy(async () => (await import('./child-new.tsx')).NewChild)
const ChildPage = lazy(async () => (await import('./child-page.tsx')).ChildPage)
const PersonPage = lazy(async () => (await import('./person-page.tsx')).PersonPage)
const RulesPage = lazy(async () => (await import('./rules-page.tsx')).RulesPage)

type Props = Requests & {
  /** What follows `/family` in the address, and what follows that. */
  readonly at: string | undefined
  readonly which: string | undefined
}

/** The family and the screens behind it. */
export function FamilyScreens({ at, which, requests }: Props): JSX.Element {
  if (at === 'invite') return <Invite />
  if (at === 'links') return <BoxLinks />
  if (at === 'names') return <Names />
  if (at === 'rules') return <RulesPage />
  if (at === 'child' && which === 'new') return <NewChild />
  if (at === 'child' && which) return <ChildPage id={which} />
  if (at === 'person' && which) return <PersonPage id={which} />
  return at === 'request' && which ? <Request id={which} /> : <FamilyScreen requests={requests} />
}
