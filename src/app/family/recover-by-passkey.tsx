import type { JSX } from 'preact'
import { hasKeptCards, recoverByPasskey } from '../../client/card-wraps.ts'
import { askOutput } from '../passkeys/output.ts'
import { hasPasskeys } from '../passkeys/support.ts'
import { askToPersist } from '../platform/persistence.ts'
import { texts } from '../texts.ts'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { cardPasskey as words } from './card-passkey-texts.ts'

/** Comes back with the card that a passkey of this account keeps; nothing where none does. */
export function RecoverByPasskey(): JSX.Element | null {
  const { client } = useApp()
  const { data: hasKept } = useLive(hasKeptCards, [])
  const use = useAction(async () => {
    await recoverByPasskey(client, askOutput)
    await askToPersist()
  })
  if (!hasKept || !hasPasskeys()) return null
  const isDead = use.problem === 'card-unknown'
  return (
    <section>
      <p>{words.useSays}</p>
      {isDead ? (
        <p class="warning" role="alert">
          {words.dead}
        </p>
      ) : (
        <Problem code={use.problem} />
      )}
      <button
        type="button"
        class="button wide"
        aria-disabled={use.busy}
        onClick={() => void use.run()}
      >
        {use.busy ? texts.app.moment : words.use}
      </button>
    </section>
  )
}
