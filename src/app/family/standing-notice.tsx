import type { JSX } from 'preact'
import { removePerson } from '../../client/leaving.ts'
import { withdrawNotice, type StandingNotice } from '../../client/notices.ts'
import type { Member } from '../../client/people.ts'
import { texts } from '../texts.ts'
import { useApp } from '../ui/context.ts'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { Removal } from '../ui/removal.tsx'
import { useAction } from '../ui/use-action.ts'
import { momentOf } from './clock.ts'
import { asking as words, people as peopleWords } from './people-texts.ts'

type Props = { readonly notice: StandingNotice; readonly people: readonly Member[] }

/** The announcement that a guardian has to go, as each side reads it. */
export function Notice({ notice, people }: Props): JSX.Element {
  const who = people.find(({ person }) => person === notice.person)
  const by = people.find(({ person }) => person === notice.by)
  const name = who?.name || texts.family.unnamed
  const byName = by?.name || texts.family.unnamed
  const isOver = Date.now() >= notice.from
  if (who?.me) return <AboutMe by={byName} from={notice.from} isOver={isOver} />
  return (
    <section class="banner asked">
      <h2>{by?.me ? words.mineTitle(name) : words.otherTitle(byName, name)}</h2>
      <p>{isOver ? words.now : words.from(momentOf(notice.from))}</p>
      <div class="buttons">
        {by?.me && <TakeBack notice={notice} />}
        {isOver && <CarryOut notice={notice} name={name} />}
      </div>
    </section>
  )
}

function AboutMe({ by, from, isOver }: { by: string; from: number; isOver: boolean }): JSX.Element {
  return (
    <section class="banner alarm asked">
      <h2>{words.meTitle(by)}</h2>
      <p>{isOver ? words.meAfter : words.meUntil(momentOf(from))}</p>
      <div class="buttons">
        <Link to="/settings/archive" class="button">
          {words.takeAlong}
        </Link>
        <Link to="/settings/leave" class="button">
          {peopleWords.leave}
        </Link>
      </div>
    </section>
  )
}

function TakeBack({ notice: { person } }: { notice: StandingNotice }): JSX.Element {
  const { client } = useApp()
  const back = useAction(() => withdrawNotice(client, person))
  return (
    <>
      <Problem code={back.problem} />
      <button
        type="button"
        class="button"
        aria-disabled={back.busy}
        onClick={() => void back.run()}
      >
        {back.busy ? texts.app.moment : words.takeBack}
      </button>
    </>
  )
}

function CarryOut({
  notice: { person },
  name,
}: {
  notice: StandingNotice
  name: string
}): JSX.Element {
  const { client } = useApp()
  return (
    <Removal
      label={words.carryOut}
      question={words.carryOutSure(name)}
      detail={words.carryOutDetail}
      yes={words.carryOutYes}
      work={() => removePerson(client, person)}
    />
  )
}
