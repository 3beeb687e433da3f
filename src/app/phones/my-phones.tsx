import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { locale } from '../language/language.ts'
import { devices, revokeDevice, type MemberDevice } from '../../client/leaving.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { Confirm } from '../ui/confirm.tsx'
import { useApp } from '../ui/context.ts'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { phones as words } from './phones-texts.ts'
import { calledBy } from './this-device.ts'

/** The devices of this person: which they are, and which is lost. */
export function MyPhones(): JSX.Element {
  const { data, problem } = useLive(devices, ['family'])
  const [isDone, setDone] = useState(false)
  const mine = data?.filter((device) => device.mine).toSorted(hereFirst) ?? []
  return (
    <Screen title={words.title} back="/settings">
      <p class="lead">{words.lead}</p>
      <Problem code={problem} />
      {isDone && <AfterLoss />}
      <ul class="list">
        {mine.map((device) => (
          <Row key={device.device} device={device} onLost={() => setDone(true)} />
        ))}
      </ul>
      <Link to="/settings/add-phone" class="button primary">
        {words.add}
      </Link>
    </Screen>
  )
}

function Row({ device, onLost }: { device: MemberDevice; onLost: () => void }): JSX.Element {
  const name = calledBy(device.label)
  return (
    <li class="row">
      <span class="grow">
        <strong>{name}</strong>
        <span class="small">{words.since(momentOf(device.since))}</span>
        {device.here && <span class="here">{words.here}</span>}
      </span>
      {!device.here && <Lost device={device} name={name} onLost={onLost} />}
    </li>
  )
}

type LostProps = { device: MemberDevice; readonly name: string; readonly onLost: () => void }

function Lost({ device, name, onLost }: LostProps): JSX.Element {
  const { client } = useApp()
  const [asking, setAsking] = useState(false)
  const end = useAction(async () => {
    await revokeDevice(client, device.device)
    announce(words.lostDone)
    onLost()
  })
  return (
    <>
      <Problem code={end.problem} />
      <button
        type="button"
        class="button"
        aria-disabled={end.busy}
        aria-label={words.lostOf(name)}
        onClick={() => setAsking(true)}
      >
        {end.busy ? texts.app.moment : words.lost}
      </button>
      {asking && (
        <Confirm
          question={words.lostSure(name)}
          detail={words.lostDetail}
          yes={words.lostYes}
          onYes={() => void end.run()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

/** The account does not know which of its sign-ins was that phone's. */
function AfterLoss(): JSX.Element {
  return (
    <section class="banner" role="status">
      <p>{words.lostDone}</p>
      <p>{words.lostNext}</p>
      <Link to="/settings/sessions" class="button">
        {words.sessions}
      </Link>
    </section>
  )
}

function hereFirst(a: MemberDevice, b: MemberDevice): number {
  return Number(b.here) - Number(a.here)
}

/** With the time of day: two phones that came on one day are told apart by it. */
function momentOf(at: number): string {
  const format = { dateStyle: 'medium', timeStyle: 'short' } as const
  return new Intl.DateTimeFormat(locale, format).format(at)
}
