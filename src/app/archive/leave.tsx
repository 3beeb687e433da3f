import type { JSX } from 'preact'
import { endFamily, mayEndFamily } from '../../client/ending.ts'
import type { Client } from '../../client/client.ts'
import { myRole } from '../../client/family.ts'
import { leave } from '../../client/leaving.ts'
import { navigate } from '../platform/router.ts'
import { useProof } from '../proof/use-proof.tsx'
import { useApp } from '../ui/context.ts'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { Removal } from '../ui/removal.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { archive as words } from './archive-texts.ts'

type Standing = { readonly isGuardian: boolean; readonly isLast: boolean }

async function standingOf(client: Client): Promise<Standing> {
  const isGuardian = (await myRole(client)) === 'guardian'
  return { isGuardian, isLast: isGuardian && (await mayEndFamily(client)) }
}

/** The way out of a family: with everything, at once; and its end, by the last guardian. */
export function Leave(): JSX.Element {
  const { data, problem } = useLive(standingOf, ['family'])
  if (!data) return problem ? <Problem code={problem} /> : <Wait />
  const { isGuardian, isLast } = data
  return (
    <Screen title={words.leaveTitle} back="/settings/data">
      {!isLast && <p class="lead">{words.leaveLead}</p>}
      <section>
        <h2>{words.first}</h2>
        <p>{words.firstSays}</p>
        <Link to="/settings/archive" class="button primary">
          {words.toTake}
        </Link>
      </section>
      <section>
        <h2>{words.staysTitle}</h2>
        <ul class="points">
          {words.stays.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {!isLast && <Go />}
      </section>
      {isGuardian && !isLast && <Anew />}
      {isGuardian && <End isLast={isLast} />}
    </Screen>
  )
}

function Go(): JSX.Element {
  const { client } = useApp()
  const go = async (): Promise<void> => {
    await leave(client)
    navigate('/', { replace: true })
  }
  return (
    <Removal
      label={words.leaveDo}
      question={words.leaveSure}
      detail={words.leaveDetail}
      yes={words.leaveYes}
      work={go}
    />
  )
}

function Anew(): JSX.Element {
  return (
    <section>
      <h2>{words.anewTitle}</h2>
      <p>{words.anewSays}</p>
      <ol class="points steps">
        {words.anewSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  )
}

function End({ isLast }: { isLast: boolean }): JSX.Element {
  const { client } = useApp()
  const { proven, dialogue } = useProof()
  const end = async (): Promise<void> => {
    await proven(() => endFamily(client))
    navigate('/', { replace: true })
  }
  return (
    <section>
      <h2>{words.endTitle}</h2>
      <p>{isLast ? words.endSays : words.endOthers}</p>
      {isLast && (
        <Removal
          label={words.endDo}
          question={words.endSure}
          detail={words.endDetail}
          yes={words.endYes}
          work={end}
        />
      )}
      {dialogue}
    </section>
  )
}
