import type { JSX } from 'preact'
import type { Client } from '../../../client/client.ts'
import { Link } from '../../ui/link.tsx'
import { codeOf, Problem, type Trouble } from '../../ui/problem.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useLive } from '../../ui/use-live.ts'
import { Wait } from '../../ui/wait.tsx'
import { accountLines } from './account-lines.ts'
import { checkUp as words } from './check-up-texts.ts'
import { familyLines } from './family-lines.ts'
import type { Line, Source } from './lines.ts'

/** Asked each by itself: what one of them cannot tell now does not hide what the others know. */
const SOURCES: readonly Source[] = [familyLines, accountLines]

type Looked = { readonly lines: readonly Line[]; readonly problem: Trouble | undefined }

async function lookAtAll(client: Client): Promise<Looked> {
  const answers = await Promise.allSettled(SOURCES.map((source) => source(client)))
  const lines = answers.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  const failed = answers.find((one) => one.status === 'rejected')
  return { lines: lines.toSorted(lookFirst), problem: failed && codeOf(failed.reason) }
}

function lookFirst(a: Line, b: Line): number {
  return Number(b.state === 'look') - Number(a.state === 'look')
}

/** Whether account and family are safe, line by line, and what to do where they are not. */
export function CheckUp(): JSX.Element {
  const { data } = useLive(lookAtAll, ['family', 'session'])
  if (!data) return <Wait />
  const toLook = data.lines.filter(({ state }) => state === 'look').length
  return (
    <Screen title={words.title} back="/settings">
      <Problem code={data.problem} />
      {data.lines.length > 0 && (
        <p class="lead">{toLook === 0 ? words.allFine : words.toLook(toLook)}</p>
      )}
      <ul class="list">
        {data.lines.map((line) => (
          <Row key={line.title} {...line} />
        ))}
      </ul>
      <Link to="/guide" class="button quiet">
        {words.guide}
      </Link>
    </Screen>
  )
}

function Row({ title, state, says, todo }: Line): JSX.Element {
  return (
    <li class="check" data-state={state}>
      <p class="check-state">{words[state]}</p>
      <h2>{title}</h2>
      <p>{says}</p>
      {todo && (
        <Link to={todo.to} class="button">
          {todo.label}
        </Link>
      )}
    </li>
  )
}
