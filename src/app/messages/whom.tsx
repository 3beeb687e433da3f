import type { JSX } from 'preact'
import { members } from '../../client/people.ts'
import { texts } from '../texts.ts'
import { Link } from '../ui/link.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'

const words = texts.messages

/** Chooses the person for a message or for the child's answer. */
export function Whom({ author = 'sender' }: { author: string | undefined }): JSX.Element {
  const { data = [] } = useLive(members, ['family'])
  const others = data.filter(({ me, role }) => !me && role !== 'toy')
  return (
    <Screen title={words.whom} back="/">
      <ul class="list choices">
        {others.map(({ person, name }) => (
          <li key={person}>
            <Link to={`/record/${author}/${person}`} class="button wide">
              {name === '' ? texts.family.unnamed : name}
            </Link>
          </li>
        ))}
      </ul>
      {others.length === 0 && (
        <>
          <p class="lead">{words.noPeople}</p>
          <Link to="/family/invite" class="button primary">
            {texts.family.invite}
          </Link>
        </>
      )}
    </Screen>
  )
}
