import type { JSX } from 'preact'
import { revokeDevice, type MemberDevice } from '../../client/leaving.ts'
import { phones as phoneWords } from '../phones/phones-texts.ts'
import { calledBy } from '../phones/this-device.ts'
import { useApp } from '../ui/context.ts'
import { Removal } from '../ui/removal.tsx'
import { dayOf } from './clock.ts'
import { people as words } from './people-texts.ts'

/** A relative's phones; all but the last one can be ended one by one. */
export function Phones({ phones }: { phones: readonly MemberDevice[] }): JSX.Element {
  return (
    <section class="apart">
      <h2>{words.phones}</h2>
      {phones.length === 0 && <p class="small">{words.noPhones}</p>}
      <ul class="list">
        {phones.map((phone) => (
          <Phone key={phone.device} phone={phone} isLast={phones.length === 1} />
        ))}
      </ul>
    </section>
  )
}

function Phone({ phone, isLast }: { phone: MemberDevice; isLast: boolean }): JSX.Element {
  const { client } = useApp()
  return (
    <li class="row">
      <span class="grow">
        <strong>{calledBy(phone.label)}</strong>
        <span class="small">{phoneWords.since(dayOf(phone.since))}</span>
        {isLast && <span class="small">{words.lastPhone}</span>}
      </span>
      {!isLast && (
        <Removal
          label={words.endPhone}
          question={words.endPhoneSure}
          detail={words.endPhoneDetail}
          yes={words.endPhoneYes}
          work={() => revokeDevice(client, phone.device)}
        />
      )}
    </li>
  )
}
