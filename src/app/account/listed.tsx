import type { JSX } from 'preact'
import { accountFacts } from '../../client/account.ts'
import type { Client } from '../../client/client.ts'
import { Link } from '../ui/link.tsx'
import { useLive } from '../ui/use-live.ts'
import { listed as words } from './listed-texts.ts'

/** Asks for a new password while the address is on a list that is younger; nothing otherwise. */
export function Listed(): JSX.Element | null {
  const { data = '' } = useLive(sourcesOf, ['session'])
  if (data === '') return null
  return (
    <section class="banner alarm">
      <h2>{words.title}</h2>
      <p>{words.says(data)}</p>
      <Link to="/settings/password" class="button">
        {words.todo}
      </Link>
    </section>
  )
}

async function sourcesOf(client: Client): Promise<string> {
  const { addressBreaches } = await accountFacts(client)
  return addressBreaches.map(({ source }) => source).join(', ')
}
