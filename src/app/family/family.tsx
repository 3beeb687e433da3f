import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { cancelInvitation, openInvitations, type OpenInvitation } from '../../client/invitations.ts'
import { members, type Member } from '../../client/people.ts'
import { box } from '../box/box-texts.ts'
import { texts } from '../texts.ts'
import { Confirm } from '../ui/confirm.tsx'
import { useApp } from '../ui/context.ts'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { InvitationLink } from './invitation-link.tsx'
import { Waiting, type Requests } from './waiting.tsx'

const words = texts.family

/** Who belongs to the family, who wants to, and who is invited. */
export function FamilyScreen({ requests }: Requests): JSX.Element {
  const people = useLive(members, ['family', 'messages'])
  const invitations = useLive(openInvitations, ['family'])
  return (
    <Screen title={words.title}>
      <Waiting requests={requests} />
      <section>
        <h2>{words.people}</h2>
        <Problem code={people.problem} />
        <ul class="list">
          {people.data?.map((member) => (
            <Person key={member.person} {...member} />
          ))}
        </ul>
        <Link to="/family/invite" class="button primary">
          {words.invite}
        </Link>
        <Link to="/family/links" class="button">
          {box.family.open}
        </Link>
        <Link to="/family/names" class="button">
          {words.rename}
        </Link>
      </section>
      {invitations.data !== undefined && invitations.data.length > 0 && (
        <section>
          <h2>{words.invitations}</h2>
          <ul class="list">
            {invitations.data.map((invitation) => (
              <Invitation key={invitation.invite} {...invitation} />
            ))}
          </ul>
        </section>
      )}
    </Screen>
  )
}

function Person({ name, role, me }: Member): JSX.Element {
  return (
    <li class="row">
      <span class="grow">
        <strong>{name === '' ? words.unnamed : name}</strong>
        {me && ` (${words.me})`}
        <span class="small">{words.roles[role]}</span>
      </span>
    </li>
  )
}

function Invitation({ invite, name, link, expires }: OpenInvitation): JSX.Element {
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

function dayOf(at: number): string {
  return new Intl.DateTimeFormat(undefined, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(at)
}
