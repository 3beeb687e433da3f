import type { JSX } from 'preact'
import { locale } from '../language/language.ts'
import { children } from '../../client/children.ts'
import type { Client } from '../../client/client.ts'
import { openInvitations } from '../../client/invitations.ts'
import { members, type Member } from '../../client/people.ts'
import { readRules } from '../../client/rules.ts'
import type { ProfileChild } from '../../protocol/message/kinds.ts'
import { box } from '../box/box-texts.ts'
import { listed } from '../messages/names.ts'
import { texts } from '../texts.ts'
import { Face, WithFaces } from '../ui/face.tsx'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'
import { Asked } from './asked.tsx'
import { kids } from './children-texts.ts'
import { Invitation } from './open-invitation.tsx'
import { people as words } from './people-texts.ts'
import { Waiting, type Requests } from './waiting.tsx'

/** Who belongs to the family, who wants to, and who is invited. */
export function FamilyScreen({ requests }: Requests): JSX.Element {
  const { data, problem } = useLive(look, ['family', 'messages'])
  const invitations = useLive(openInvitations, ['family']).data ?? []
  return (
    <WithFaces>
      <Screen title={texts.family.title}>
        <Waiting requests={requests} />
        <Asked />
        <Problem code={problem} />
        {data && <Children all={data.all} />}
        {data && <People {...data} />}
        {invitations.length > 0 && (
          <section>
            <h2>{texts.family.invitations}</h2>
            <ul class="list">
              {invitations.map((invitation) => (
                <Invitation key={invitation.invite} {...invitation} />
              ))}
            </ul>
          </section>
        )}
        <footer class="places">
          <Link to="/family/rules" class="place">
            {words.rules}
          </Link>
          <Link to="/family/names" class="place">
            {texts.family.rename}
          </Link>
        </footer>
      </Screen>
    </WithFaces>
  )
}

type Known = {
  readonly all: readonly ProfileChild[]
  readonly known: readonly Member[]
  readonly trusted: readonly string[]
}

async function look(client: Client): Promise<Known> {
  const [all, known, rules] = await Promise.all([
    children(client),
    members(client),
    readRules(client),
  ])
  return { all, known, trusted: rules.trusted }
}

function Children({ all }: Pick<Known, 'all'>): JSX.Element {
  return (
    <section>
      <h2>{words.children}</h2>
      <ul class="child-cards">
        {all.map((child) => (
          <li key={child.id}>
            <ChildCard child={child} />
          </li>
        ))}
      </ul>
      <Link to="/family/child/new" class="button">
        {words.addChild}
      </Link>
    </section>
  )
}

function ChildCard({ child }: { child: ProfileChild }): JSX.Element {
  const { id, name, plush = 'bear', pet, birthday } = child
  return (
    <Link to={`/family/child/${id}`} class="child-card">
      <Face of={id} name={name} />
      <span>
        <strong>{name || texts.family.child}</strong>
        <span class="small">{pet ?? kids.plushes[plush]}</span>
        {birthday && <span class="small">{kids.birthdayOn(dayAndMonth(birthday))}</span>}
      </span>
    </Link>
  )
}

function People({ all, known, trusted }: Known): JSX.Element {
  return (
    <section>
      <h2>{words.people}</h2>
      <ul class="list">
        {known.map((member) => (
          <li key={member.person}>
            <Person member={member} all={all} isTrusted={trusted.includes(member.person)} />
          </li>
        ))}
      </ul>
      <div class="buttons">
        <Link to="/family/invite" class="button primary">
          {texts.family.invite}
        </Link>
        <Link to="/family/links" class="button">
          {box.family.open}
        </Link>
      </div>
    </section>
  )
}

type PersonProps = {
  readonly member: Member
  readonly all: readonly ProfileChild[]
  readonly isTrusted: boolean
}

function Person({ member, all, isTrusted }: PersonProps): JSX.Element {
  const { person, name, role, me, relation, paused } = member
  const only = onlyFor(member, all)
  return (
    <Link to={`/family/person/${person}`} class="row person">
      <Face of={person} name={name} />
      <span class="grow">
        <strong>{name === '' ? texts.family.unnamed : name}</strong>
        {me && ` (${words.you})`}
        {relation && relation !== 'other' && <span class="small">{words.relations[relation]}</span>}
        <span class="small">{texts.family.roles[role]}</span>
        {(paused || isTrusted || only !== '') && (
          <span class="marks">
            {paused && <span class="mark">{words.paused}</span>}
            {isTrusted && <span class="mark">{words.trusted}</span>}
            {only !== '' && <span class="mark">{only}</span>}
          </span>
        )}
      </span>
    </Link>
  )
}

/** For which of several children somebody is; empty where it is all of them. */
function onlyFor({ children: mine }: Member, all: readonly ProfileChild[]): string {
  if (!mine || all.every(({ id }) => mine.includes(id))) return ''
  const names = all.filter(({ id }) => mine.includes(id)).map(({ name }) => name)
  return names.length === 0 ? words.forNobody : words.onlyFor(listed(names))
}

function dayAndMonth({ day, month }: { day: number; month: number }): string {
  // A leap year: it has every day.
  const date = new Date(2024, month - 1, day)
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' }).format(date)
}
