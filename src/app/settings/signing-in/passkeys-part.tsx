import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { addPasskey, removePasskey } from '../../../client/factors.ts'
import { readFamily } from '../../../client/family.ts'
import { readProfile } from '../../../client/profile.ts'
import type { Client } from '../../../client/client.ts'
import type { FactorList } from '../../../protocol/api/factors.ts'
import { makePasskey } from '../../passkeys/passkeys.ts'
import { hasPasskeys } from '../../passkeys/support.ts'
import { announce } from '../../ui/announce.ts'
import { useApp } from '../../ui/context.ts'
import { Field } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { useAction } from '../../ui/use-action.ts'
import { dateOf, type Parts } from './factors.ts'
import { Removal } from '../../ui/removal.tsx'
import { signingIn as words } from './signing-in-texts.ts'

/** The passkeys of the account. */
export function PasskeysPart(parts: Parts): JSX.Element {
  const [name, setName] = useState<string | undefined>(undefined)
  const { client } = useApp()
  const begin = useAction(async () => setName(words.passkeyNameFor(await myName(client))))
  const { passkeys } = parts.factors
  return (
    <section>
      <h2>{words.passkeys}</h2>
      <p>{hasPasskeys() ? words.passkeysWhat : words.noPasskeys}</p>
      <ul class="list">
        {passkeys.map((one) => (
          <Row key={one.passkey} one={one} {...parts} />
        ))}
      </ul>
      {hasPasskeys() && name === undefined && (
        <button type="button" class="button" onClick={() => void begin.run()}>
          {words.addPasskey}
        </button>
      )}
      {name !== undefined && <Named name={name} onDone={() => setName(undefined)} {...parts} />}
    </section>
  )
}

/** What the family calls this person; nothing before there is a family. */
async function myName(client: Client): Promise<string> {
  const profile = await readProfile(client)
  if (!profile) return ''
  const { person } = await readFamily(client)
  return profile.people.find((one) => one.person === person)?.name ?? ''
}

type NamedProps = Parts & { readonly name: string; readonly onDone: () => void }

/** Names a passkey before it is made: the device lists it so, the server never learns it. */
function Named({ name, onDone, proven, onChanged }: NamedProps): JSX.Element {
  const { client } = useApp()
  const [typed, setTyped] = useState(name)
  const add = useAction(async () => {
    const make = (options: Parameters<typeof makePasskey>[0]): ReturnType<typeof makePasskey> =>
      makePasskey(options, typed.trim())
    const codes = await proven(() => addPasskey(client, make))
    announce(words.passkeyAdded)
    onDone()
    onChanged(codes)
  })
  return (
    <Form
      submit={words.addPasskey}
      busy={add.busy}
      problem={add.problem}
      onSubmit={() => void add.run()}
    >
      <Field
        label={words.passkeyName}
        hint={words.passkeyNameHint}
        maxLength={64}
        value={typed}
        onInput={setTyped}
      />
    </Form>
  )
}

type RowProps = Parts & { readonly one: FactorList['passkeys'][number] }

function Row({ one, proven, onChanged }: RowProps): JSX.Element {
  const { client } = useApp()
  const remove = async (): Promise<void> => {
    await proven(() => removePasskey(client, one.passkey))
    onChanged()
  }
  return (
    <li class="row">
      <span class="grow">
        <strong>{words.passkeySince(dateOf(one.addedAt))}</strong>
        <span class="small">
          {one.usedOn === undefined ? words.passkeyUnused : words.passkeyUsed(dateOf(one.usedOn))}
        </span>
        <span class="small">{one.synced ? words.synced : words.unsynced}</span>
      </span>
      <Removal
        label={words.removePasskey}
        question={words.removePasskeySure}
        detail={words.removePasskeyDetail}
        yes={words.removeYes}
        work={remove}
      />
    </li>
  )
}
