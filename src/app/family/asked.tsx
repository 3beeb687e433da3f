import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { agree, questions, type Question } from '../../client/agreeing.ts'
import type { Client } from '../../client/client.ts'
import { notices, type StandingNotice } from '../../client/notices.ts'
import { members, type Member } from '../../client/people.ts'
import { readRules } from '../../client/rules.ts'
import type { PrincipalId } from '../../protocol/ids.ts'
import type { Policy } from '../../protocol/log/ops.ts'
import { createValue, useValue } from '../platform/value.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { changesIn } from './changes.ts'
import { dayOf } from './clock.ts'
import { asking as words } from './people-texts.ts'
import { Notice } from './standing-notice.tsx'

/** How often it is looked whether the time of an announcement is over. */
const LOOK_MS = 60_000

/** Put off until the app is opened anew. */
const later = createValue<ReadonlySet<string>>(new Set())

type Known = {
  readonly asked: readonly Question[]
  readonly standing: readonly StandingNotice[]
  readonly people: readonly Member[]
  readonly rules: Policy
}

async function look(client: Client): Promise<Known> {
  const [asked, standing, people, rules] = await Promise.all([
    questions(client),
    notices(client),
    members(client),
    readRules(client),
  ])
  return { asked, standing, people, rules }
}

/**
 * What guardians are asked to agree to, and who is announced to go. On the home (`brief`) only what
 * somebody else wants, and not what was put off.
 */
export function Asked({ brief = false }: { brief?: boolean }): JSX.Element | null {
  const { data } = useLive(look, ['family', 'messages'], LOOK_MS)
  const put = useValue(later)
  if (!data) return null
  const me = data.people.find((one) => one.me)?.person
  const isShown = ({ mine, purpose }: Question): boolean =>
    !brief || (mine !== 'agreed' && !put.has(purpose))
  return (
    <>
      {data.standing
        .filter(({ by }) => !brief || by !== me)
        .map((notice) => (
          <Notice key={notice.person} notice={notice} people={data.people} />
        ))}
      {data.asked.filter(isShown).map((question) => (
        <One key={question.purpose} question={question} known={data} brief={brief} />
      ))}
    </>
  )
}

type OneProps = { readonly question: Question; readonly known: Known; readonly brief: boolean }

function One({ question, known, brief }: OneProps): JSX.Element {
  const { mine, expires, agreed, needed } = question
  const missing = Math.max(1, needed - agreed.length)
  return (
    <section class={mine === 'asked' ? 'banner asked' : 'row column asked'}>
      <h2>{mine === 'asked' ? words.title : words.othersTitle}</h2>
      <p>{introOf(question, known)}</p>
      <ul class="wants">
        {wantsOf(question, known).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p class="small">{words.until(dayOf(expires))}</p>
      {mine === 'asked' ? (
        <Answer question={question} brief={brief} />
      ) : (
        <p class="small">{words.waits(missing)}</p>
      )}
    </section>
  )
}

function Answer({ question: { purpose }, brief }: Omit<OneProps, 'known'>): JSX.Element {
  const { client } = useApp()
  const [isDone, setDone] = useState(false)
  const say = useAction(async () => {
    await agree(client, purpose)
    setDone(true)
    announce(words.agreed)
  })
  if (isDone) return <p class="good">{words.agreed}</p>
  return (
    <>
      <Problem code={say.problem} />
      <div class="buttons">
        <button
          type="button"
          class="button primary"
          aria-disabled={say.busy}
          onClick={() => void say.run()}
        >
          {say.busy ? texts.app.moment : words.agree}
        </button>
        {brief && (
          <button
            type="button"
            class="button"
            onClick={() => later.set(new Set([...later.get(), purpose]))}
          >
            {words.later}
          </button>
        )}
      </div>
    </>
  )
}

function introOf({ by, wants, mine }: Question, { people }: Known): string {
  const asker = people.find(({ person }) => person === by)
  if (asker?.me) return words.youAsked
  const isAboutMe = wants.op === 'remove' && wants.person === people.find((one) => one.me)?.person
  const name = calledIn(people, by)
  if (isAboutMe) return words.about(name)
  return mine === 'no-say' ? words.asksOthers(name) : words.asks(name)
}

function wantsOf({ wants }: Question, { people, rules }: Known): readonly string[] {
  const nameOf = (person: PrincipalId): string => calledIn(people, person)
  if (wants.op === 'policy') return changesIn(rules, wants.policy, nameOf)
  if (wants.op === 'suite') return [words.wants.suite]
  const isMe = people.find((one) => one.me)?.person === wants.person
  return [isMe ? words.wants.removeMe : words.wants.remove(nameOf(wants.person))]
}

/** What somebody is called. */
function calledIn(people: readonly Member[], of: PrincipalId): string {
  return people.find(({ person }) => person === of)?.name || texts.family.unnamed
}
