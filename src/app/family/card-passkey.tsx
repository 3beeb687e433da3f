import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { cardWrap, keepCardByPasskey, type CardWrap } from '../../client/card-wraps.ts'
import type { Client } from '../../client/client.ts'
import { factorsOf } from '../../client/factors.ts'
import { askOutput } from '../passkeys/output.ts'
import { hasPasskeys } from '../passkeys/support.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { cardPasskey as words } from './card-passkey-texts.ts'

type Known = { readonly wrap: CardWrap; readonly passkeys: number }

async function known(client: Client): Promise<Known> {
  const [wrap, { passkeys }] = await Promise.all([cardWrap(client), factorsOf(client)])
  return { wrap, passkeys: passkeys.length }
}

/** Beside a card whose code is known: lets a passkey keep it. Nothing for who has no passkey. */
export function CardToPasskey({ code }: { code: string }): JSX.Element | null {
  const { client } = useApp()
  const { data } = useLive(known, ['family'])
  const keep = useAction(async () => {
    await keepCardByPasskey(client, code, askOutput)
    announce(words.done)
  })
  if (!hasPasskeys() || !data || data.passkeys === 0) return null
  return (
    <section class="no-print">
      <h2>{words.title}</h2>
      <p>{saidOf(data)}</p>
      <Problem code={keep.problem} />
      {data.wrap !== 'kept' && (
        <button
          type="button"
          class="button"
          aria-disabled={keep.busy}
          onClick={() => void keep.run()}
        >
          {keep.busy ? texts.app.moment : words.keep}
        </button>
      )}
    </section>
  )
}

function saidOf({ wrap }: Known): string {
  if (wrap === 'kept') return words.kept
  return wrap === 'outdated' ? words.outdated : words.offer
}

/** In the settings of who has a card: the same, for a code that is typed. */
export function TypedCardToPasskey(): JSX.Element | null {
  const { data } = useLive(known, ['family'])
  const [isOpen, setOpen] = useState(false)
  if (!hasPasskeys() || !data) return null
  return (
    <>
      <h3 class="part-title">{words.title}</h3>
      <p class={data.wrap === 'outdated' ? 'warning' : ''}>{saidOf(data)}</p>
      {data.passkeys === 0 && <First />}
      {data.passkeys > 0 && data.wrap !== 'kept' && !isOpen && (
        <button type="button" class="button" onClick={() => setOpen(true)}>
          {words.keep}
        </button>
      )}
      {isOpen && data.wrap !== 'kept' && <Typed />}
    </>
  )
}

function First(): JSX.Element {
  return (
    <>
      <p class="small">{words.none}</p>
      <Link to="/settings/signing-in" class="button">
        {words.make}
      </Link>
    </>
  )
}

function Typed(): JSX.Element {
  const { client } = useApp()
  const [code, setCode] = useState('')
  const keep = useAction(async () => {
    await keepCardByPasskey(client, code, askOutput)
    announce(words.done)
  })
  return (
    <Form
      submit={words.keep}
      busy={keep.busy}
      problem={keep.problem}
      onSubmit={() => void keep.run()}
    >
      <Field label={words.typed} value={code} onInput={setCode} exact />
    </Form>
  )
}
