import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { propose } from '../../client/agreeing.ts'
import { removePerson } from '../../client/leaving.ts'
import { announceRemoval } from '../../client/notices.ts'
import type { Member } from '../../client/people.ts'
import { navigate } from '../platform/router.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Removal } from '../ui/removal.tsx'
import type { KnownPerson } from './known-person.ts'
import { people as words } from './people-texts.ts'

/** Ends a relative's place at once. */
export function RemoveRelative({ member }: { member: Member }): JSX.Element {
  const { client } = useApp()
  const name = member.name || texts.family.unnamed
  const remove = async (): Promise<void> => {
    await removePerson(client, member.person)
    announce(words.removed(name))
    navigate('/family', { replace: true })
  }
  return (
    <section class="apart">
      <h2>{words.remove(name)}</h2>
      <p>{words.removeSays(name)}</p>
      <div class="buttons">
        <Removal
          label={words.away}
          question={words.removeSure(name)}
          detail={words.removeSays(name)}
          yes={words.removeYes}
          work={remove}
        />
      </div>
    </section>
  )
}

/** The two roads by which a guardian goes: enough agree, or 72 hours after it was announced. */
export function RemoveGuardian({ known }: { known: KnownPerson }): JSX.Element {
  const { client } = useApp()
  const { member, canBeVoted, isAnnounced } = known
  const name = member.name || texts.family.unnamed
  const tell = async (): Promise<void> => {
    await announceRemoval(client, member.person)
    navigate('/family')
  }
  return (
    <section class="apart">
      <h2>{words.guardianAway}</h2>
      <p>{words.guardianAwaySays(name)}</p>
      <h3>{words.byVotes}</h3>
      {canBeVoted ? (
        <ByVotes member={member} name={name} />
      ) : (
        <p class="small">{words.byVotesNot(name)}</p>
      )}
      <h3>{words.byNotice}</h3>
      <p>{words.byNoticeSays(name)}</p>
      {isAnnounced ? (
        <p class="small">{words.announcedAlready}</p>
      ) : (
        <div class="buttons">
          <Removal
            label={words.byNotice}
            question={words.byNoticeSure(name)}
            detail={words.byNoticeSays(name)}
            yes={words.byNoticeYes}
            work={tell}
          />
        </div>
      )}
    </section>
  )
}

function ByVotes({ member, name }: { member: Member; name: string }): JSX.Element {
  const { client } = useApp()
  const [isAsked, setAsked] = useState(false)
  const ask = async (): Promise<void> => {
    await propose(client, { op: 'remove', person: member.person })
    setAsked(true)
  }
  return (
    <>
      <p>{words.byVotesSays}</p>
      {isAsked ? (
        <p class="good" role="status">
          {words.askedAlready}
        </p>
      ) : (
        <div class="buttons">
          <Removal
            label={words.byVotes}
            question={words.byVotesSure(name)}
            detail={words.byVotesSays}
            yes={words.byVotesYes}
            work={ask}
          />
        </div>
      )}
    </>
  )
}
