import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { cancelInvitation, type OpenInvitation } from '../../client/invitations.ts'
import { texts } from '../texts.ts'
import { Confirm } from '../ui/confirm.tsx'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import { dayOf } from './clock.ts'
import { InvitationLink } from './invitation-link.tsx'

const words = texts.family

/** An invitation that nobody has used yet. */
export function Invitation({ invite, name, link, expires }: OpenInvitation): JSX.Element {
  const { client } = useApp()
  const [open, setOpen] = useState(false)
  const [asking, setAsking] = useState(false)
  const cancel = useAction(() => cancelInvitation(client, invite))
  return (
    <li class="row column">
      <span>
        <strong>{name}</strong>
        <span class="small">{words.until(dayOf(expires))}</span>
      </span>
      <div class="buttons">
        <button type="button" class="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {words.show}
        </button>
        <button type="button" class="button" onClick={() => setAsking(true)}>
          {words.cancel}
        </button>
      </div>
      <Problem code={cancel.problem} />
      {open && <InvitationLink name={name} link={link} />}
      {asking && (
        <Confirm
          question={words.cancelSure(name)}
          detail={words.cancelDetail}
          yes={words.cancelYes}
          onYes={() => void cancel.run()}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  )
}
