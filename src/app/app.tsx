import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Client } from '../client/client.ts'
import type { Place } from '../client/session.ts'
import type { Changes } from './platform/changes.ts'
import { handed, setHanded } from './platform/handed.ts'
import { invitationHere, isForPhone } from './platform/invitation.ts'
import { rememberedPlace, rememberPlace } from './platform/place.ts'
import { path, segments } from './platform/router.ts'
import { useValue } from './platform/value.ts'
import { holdWindow } from './platform/window.ts'
import { ConfirmAddress } from './sign-in/confirm-address.tsx'
import { SignIn } from './sign-in/sign-in.tsx'
import { texts } from './texts.ts'
import { AppContext } from './ui/context.ts'
import { lazy } from './ui/lazy.tsx'
import { Offline } from './ui/offline.tsx'
import { codeOf, Problem, type Trouble } from './ui/problem.tsx'
import { Screen } from './ui/screen.tsx'
import { useLive } from './ui/use-live.ts'
import { Wait } from './ui/wait.tsx'

const Guardian = lazy(async () => (await import('./guardian.tsx')).Guardian)
const Relative = lazy(async () => (await import('./relative.tsx')).Relative)
const Newcomer = lazy(async () => (await import('./join/newcomer.tsx')).Newcomer)
const Guide = lazy(async () => (await import('./guide/guide.tsx')).Guide)
const Reset = lazy(async () => (await import('./reset/reset.tsx')).Reset)
const Unsubscribe = lazy(async () => (await import('./notices/unsubscribe.tsx')).Unsubscribe)
const Unblock = lazy(async () => (await import('./reset/unblock.tsx')).Unblock)
const FirstFactor = lazy(
  async () => (await import('./settings/signing-in/first-factor.tsx')).FirstFactor,
)
const Goodbye = lazy(async () => (await import('./account/goodbye.tsx')).Goodbye)
const Arriving = lazy(async () => (await import('./phones/arriving.tsx')).ArrivingScreen)
const Ended = lazy(async () => (await import('./phones/ended.tsx')).Ended)
const ChildScreen = lazy(async () => (await import('./child/child-screen.tsx')).ChildScreen)
const Design = lazy(async () => (await import('./design/design.tsx')).Design)
const JoiningScreen = lazy(async () => (await import('./join/joining.tsx')).JoiningScreen)

type Props = {
  readonly changes: Changes
  /** Opens the client; only the active window does so. */
  readonly open: () => Promise<Client>
  /** Keeps the client in step with the server from now on. */
  readonly live: (client: Client) => void
}

type Stage = {
  readonly place?: Place
  readonly client?: Client
  readonly problem?: Trouble
  /** Wants to sign in or up with another address than the one that waits for its code. */
  readonly otherAddress?: boolean
}

/** Takes the window, opens the client, and shows the screens of the place where the person is. */
export function App(props: Props): JSX.Element {
  const [taking, setTaking] = useState(false)
  const [busy, setBusy] = useState(false)
  const isGuide = useFirst() === 'guide'
  const held = useMemo(() => Promise.withResolvers<void>(), [])
  useEffect(() => {
    if (!isSecureContext) return
    void holdWindow(() => location.reload(), { takeOver: taking }).then((hold) => {
      setBusy(hold === 'busy')
      if (hold === 'held') held.resolve()
    })
  }, [taking])
  if (!isSecureContext) return <Insecure />
  if (busy) return isGuide ? <Guide /> : <Busy onTakeOver={() => setTaking(true)} />
  return <Opened {...props} held={held.promise} />
}

function useFirst(): string | undefined {
  return segments(useValue(path))[0]
}

/** What is for everybody, signed in or not: it needs no place. */
function aside(first: string | undefined, client: Promise<Client>): JSX.Element | undefined {
  if (first === 'guide') return <Guide />
  if (first === 'reset') return <Reset client={client} />
  if (first === 'unblock') return <Unblock client={client} />
  if (first === 'design') return <Design client={client} />
  if (first === 'unsubscribe') return <Unsubscribe client={client} />
  return first === 'goodbye' ? <Goodbye /> : undefined
}

function Opened({ changes, open, live, held }: Props & { held: Promise<void> }): JSX.Element {
  const [stage, setStage] = useState<Stage>({})
  const first = useFirst()
  const client = useMemo(() => held.then(open), [])
  useEffect(() => {
    const look = async (): Promise<void> => {
      const opened = await client
      const { whereAmI } = await import('../client/session.ts')
      const place = await whereAmI(opened)
      const { inHandsOf } = await import('../client/childs-lock.ts')
      setHanded((await inHandsOf(opened)) !== undefined)
      rememberPlace(place)
      setStage({ place, client: opened })
    }
    const fail = (error: unknown): void => setStage({ problem: codeOf(error) })
    look().then(async () => live(await client), fail)
    return changes.watch(['session'], () => void look().catch(fail))
  }, [])
  const inChildsHands = useValue(handed)
  if (inChildsHands && !stage.problem) return <ForChild client={stage.client} changes={changes} />
  const elsewhere = aside(first, client)
  if (elsewhere) return elsewhere
  if (stage.problem) return <Failed problem={stage.problem} />
  const other = (): void => setStage({ ...stage, otherAddress: true })
  return <Shown {...stage} opening={client} changes={changes} onOther={other} />
}

type ForChildProps = { readonly client: Client | undefined; readonly changes: Changes }

/** While the device is in the child's hands there is nothing else, whatever the address says. */
function ForChild({ client, changes }: ForChildProps): JSX.Element {
  const app = useMemo(() => client && { client, changes }, [client])
  if (!app) return <Wait />
  return (
    <AppContext.Provider value={app}>
      <ChildScreen />
    </AppContext.Provider>
  )
}

type ShownProps = Stage & {
  readonly opening: Promise<Client>
  readonly changes: Changes
  readonly onOther: () => void
}

function Shown({ place, client, opening, changes, ...rest }: ShownProps): JSX.Element {
  const app = useMemo(() => client && { client, changes }, [client])
  const last = rememberedPlace()
  if (place === undefined && last !== undefined && last !== 'signed-out') return <Wait />
  if (place === 'confirming' && !rest.otherAddress) {
    return <ConfirmAddress client={opening} onOther={rest.onOther} />
  }
  if (!app || place === undefined || place === 'signed-out' || place === 'confirming') {
    const link = invitationHere()
    const isPhone = link !== undefined && isForPhone(link)
    const known = last !== undefined || isPhone
    const invited = link !== undefined && !isPhone
    return <SignIn client={opening} invited={invited} known={known} isPhone={isPhone} />
  }
  return (
    <AppContext.Provider value={app}>
      <Offline />
      <Home place={place} />
    </AppContext.Provider>
  )
}

const HOMES = {
  new: Newcomer,
  joining: JoiningScreen,
  arriving: Arriving,
  ended: Ended,
  guardian: Guardian,
  relative: Relative,
} as const

function Home({ place }: { place: keyof typeof HOMES }): JSX.Element {
  const must = useLive(mustAddFactor, ['session'])
  const Screens = HOMES[place]
  return must.data === true && place !== 'ended' ? (
    <FirstFactor onDone={() => must.reload()} />
  ) : (
    <Screens />
  )
}

/** Nobody waits for the answer: until it is there the server refuses what it has to. */
async function mustAddFactor(client: Client): Promise<boolean> {
  return (await import('../client/factors.ts')).mustAddFactor(client)
}

function Busy({ onTakeOver }: { onTakeOver: () => void }): JSX.Element {
  return (
    <Screen title={texts.busy.title}>
      <p class="lead">{texts.busy.says}</p>
      <button type="button" class="button primary" onClick={onTakeOver}>
        {texts.busy.takeOver}
      </button>
    </Screen>
  )
}

/** Browsers have neither microphone nor locks for what comes over an open line. */
function Insecure(): JSX.Element {
  return (
    <Screen title={texts.failed.title}>
      <p class="lead">{texts.failed.insecure}</p>
    </Screen>
  )
}

function Failed({ problem }: { problem: Trouble }): JSX.Element {
  return (
    <Screen title={texts.failed.title}>
      <Problem code={problem} />
      <button type="button" class="button primary" onClick={() => location.reload()}>
        {texts.app.retry}
      </button>
    </Screen>
  )
}
