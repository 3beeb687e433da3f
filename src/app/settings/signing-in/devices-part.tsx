import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import {
  forgetDevice,
  rememberedDevices,
  type RememberedDevice,
} from '../../../client/trusted-devices.ts'
import { useApp } from '../../ui/context.ts'
import { Problem } from '../../ui/problem.tsx'
import { Removal } from '../../ui/removal.tsx'
import { useLive } from '../../ui/use-live.ts'
import { dateOf, type Parts } from './factors.ts'
import { signingIn as words } from './signing-in-texts.ts'

/** The devices that are not asked for the second step; nothing where there are none. */
export function DevicesPart({ factors }: Pick<Parts, 'factors'>): JSX.Element | null {
  const live = useLive(rememberedDevices, ['session'])
  const { data: devices = [], problem } = live
  // A change of the factors forgets them all.
  useEffect(() => live.reload(), [factors])
  if (devices.length === 0 && !problem) return null
  return (
    <section>
      <h2>{words.devices}</h2>
      <p>{words.devicesWhat}</p>
      <Problem code={problem} />
      <ul class="list">
        {devices.map((one) => (
          <Row key={one.device} one={one} onForgotten={() => live.reload()} />
        ))}
      </ul>
    </section>
  )
}

type RowProps = { readonly one: RememberedDevice; readonly onForgotten: () => void }

function Row({ one, onForgotten }: RowProps): JSX.Element {
  const { client } = useApp()
  const forget = async (): Promise<void> => {
    await forgetDevice(client, one.device)
    onForgotten()
  }
  return (
    <li class="row">
      <span class="grow">
        <strong>{one.here ? words.deviceHere : words.deviceOther}</strong>
        <span class="small">{words.deviceSince(dateOf(one.since))}</span>
        <span class="small">{words.deviceUsed(dateOf(one.usedOn))}</span>
      </span>
      <Removal
        label={words.forgetDevice}
        question={words.forgetDeviceSure}
        detail={words.forgetDeviceDetail}
        yes={words.forgetDeviceYes}
        work={forget}
      />
    </li>
  )
}
