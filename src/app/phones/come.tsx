import type { JSX } from 'preact'
import { arrive } from '../../client/arriving.ts'
import { forgetInvitation } from '../platform/invitation.ts'
import { askToPersist } from '../platform/persistence.ts'
import { texts } from '../texts.ts'
import { useApp } from '../ui/context.ts'
import { Paw } from '../ui/paw.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { phones as words } from './phones-texts.ts'
import { labelOf } from './this-device.ts'

type Props = { readonly link: string; readonly onLeave: () => void }

/** Asks the other phone whether this one may come in. */
export function Come({ link, onLeave }: Props): JSX.Element {
  const { client } = useApp()
  const ask = useAction(async () => {
    await arrive(client, { link, label: labelOf(navigator.userAgent) })
    forgetInvitation()
    await askToPersist()
  })
  const leave = (): void => {
    forgetInvitation()
    onLeave()
  }
  return (
    <Screen title={words.comeTitle}>
      <div class="hero">
        <Paw />
        <p class="lead">{words.come}</p>
      </div>
      <Problem code={ask.problem} />
      <button
        type="button"
        class="button primary wide"
        aria-disabled={ask.busy}
        onClick={() => void ask.run()}
      >
        {ask.busy ? texts.app.moment : words.comeYes}
      </button>
      <button type="button" class="button quiet wide" onClick={leave}>
        {words.comeNo}
      </button>
    </Screen>
  )
}
