import type { JSX } from 'preact'
import { beginApp, removeApp } from '../../../client/factors.ts'
import { useApp } from '../../ui/context.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'
import { dateOf, type Parts } from './factors.ts'
import { Removal } from '../../ui/removal.tsx'
import { signingIn as words } from './signing-in-texts.ts'

export type AppSecret = { readonly secret: string; readonly uri: string }

/** The authenticator app: there or not, and the way to another. */
export function AppPart({
  factors,
  proven,
  onChanged,
  onSecret,
}: Parts & { onSecret: (secret: AppSecret) => void }): JSX.Element {
  const { client } = useApp()
  const { totp } = factors
  const begin = useAction(async () => onSecret(await proven(() => beginApp(client))))
  const remove = async (): Promise<void> => {
    await proven(() => removeApp(client))
    onChanged()
  }
  return (
    <section>
      <h2>{words.app}</h2>
      <p>{words.appWhat}</p>
      {totp && <p class="good">{words.appSince(dateOf(totp.addedAt))}</p>}
      <Problem code={begin.problem} />
      <div class="buttons">
        <button
          type="button"
          class="button"
          aria-disabled={begin.busy}
          onClick={() => void begin.run()}
        >
          {totp ? words.changeApp : words.addApp}
        </button>
        {totp && (
          <Removal
            label={words.removeApp}
            question={words.removeAppSure}
            detail={words.removeDetail}
            yes={words.removeYes}
            work={remove}
          />
        )}
      </div>
    </section>
  )
}
