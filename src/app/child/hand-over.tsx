import type { JSX } from 'preact'
import { handOver, hasCode } from '../../client/childs-lock.ts'
import { children } from '../../client/children.ts'
import type { ChildId } from '../../protocol/ids.ts'
import { setHanded } from '../platform/handed.ts'
import { texts } from '../texts.ts'
import { useApp } from '../ui/context.ts'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { chime } from './chimes.ts'
import { child } from './child-texts.ts'
import { OwnCode } from './own-code.tsx'

const words = child.handOver

/** Before a guardian hands the device over: what the child gets, and how to take it back. */
export function HandOver(): JSX.Element {
  const { client } = useApp()
  const all = useLive(children, ['family']).data ?? []
  const [first] = all
  const name = all.length === 1 && first?.name ? first.name : texts.family.child
  const own = useLive(hasCode, [])
  const go = useAction(async (child: ChildId) => {
    // The press that allows sound and the whole screen is the adult's: the child meets no question.
    void chime('pop')
    await document.documentElement.requestFullscreen?.().catch(() => undefined)
    await askForMicrophone()
    await handOver(client, child)
    setHanded(true)
  })
  return (
    <Screen title={words.title(name)} back="/">
      <p class="lead">{words.lead(name)}</p>
      <p>{words.stays}</p>
      <Problem code={go.problem} />
      {all.map(({ id, name: called }) => (
        <button
          key={id}
          type="button"
          class="button primary wide"
          aria-disabled={go.busy}
          onClick={() => void go.run(id)}
        >
          {all.length > 1 && called !== '' ? words.goTo(called) : words.go}
        </button>
      ))}
      <section>
        <h2>{words.shelfTitle}</h2>
        <p>{words.shelfSays}</p>
        <div class="buttons">
          <Link to="/child/stories" class="button">
            {words.shelf}
          </Link>
        </div>
      </section>
      {own.data !== undefined && <OwnCode has={own.data} onChange={() => own.reload()} />}
      <p class="small">{words.pin}</p>
    </Screen>
  )
}

/** Asks the browser's question now, while somebody is there who can read it. */
async function askForMicrophone(): Promise<void> {
  const { closeMicrophone, openMicrophone } = await import('../sound/microphone.ts')
  // Refused or missing: everything else works, and the paw says so.
  await openMicrophone().then(closeMicrophone, () => undefined)
}
