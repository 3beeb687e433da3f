import type { JSX } from 'preact'
import type { Client } from '../../client/client.ts'
import { noteWishes, readWishes } from '../../client/post-notices.ts'
import { navigate } from '../platform/router.ts'
import { useApp } from '../ui/context.ts'
import { useLive } from '../ui/use-live.ts'
import { pushAbility } from './browser.ts'
import { notices as words } from './notices-texts.ts'

/** Says once, when the first message is there, that one can be told; and never again. */
export function Suggest(): JSX.Element | null {
  const { client } = useApp()
  const live = useLive(isToSuggest, ['session'])
  if (live.data !== true) return null
  const put = async (): Promise<void> => {
    await noteWishes(client, { suggested: true })
    live.reload()
  }
  const choose = async (): Promise<void> => {
    await put()
    navigate('/settings/notices')
  }
  return (
    <section class="banner" aria-labelledby="suggest-notices">
      <h2 id="suggest-notices">{words.suggestTitle}</h2>
      <p>{words.suggest}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={() => void choose()}>
          {words.suggestYes}
        </button>
        <button type="button" class="button quiet" onClick={() => void put()}>
          {words.suggestNo}
        </button>
      </div>
    </section>
  )
}

async function isToSuggest(client: Client): Promise<boolean> {
  const { push, suggested } = await readWishes(client)
  return !push && !suggested && (await pushAbility()) === 'able'
}
