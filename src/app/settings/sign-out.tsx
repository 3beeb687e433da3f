import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { signOut } from '../../client/session.ts'
import { stopTelling } from '../notices/keep.ts'
import { navigate } from '../platform/router.ts'
import { texts } from '../texts.ts'
import { Confirm } from '../ui/confirm.tsx'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'

const words = texts.settings

/** The way out: ends this session, after asking. */
export function SignOut(): JSX.Element {
  const { client } = useApp()
  const [asking, setAsking] = useState(false)
  const leave = useAction(async () => {
    navigate('/', { replace: true })
    await stopTelling(client)
    await signOut(client)
  })
  return (
    <section>
      <Problem code={leave.problem} />
      <button type="button" class="button" onClick={() => setAsking(true)}>
        {words.signOut}
      </button>
      {asking && (
        <Confirm
          question={words.signOutSure}
          detail={words.signOutDetail}
          yes={words.signOutYes}
          onYes={() => void leave.run()}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}

/** The same below a screen that has no way to the settings yet. */
export function SignOutBelow(): JSX.Element {
  return (
    <footer class="screen no-print">
      <SignOut />
    </footer>
  )
}
