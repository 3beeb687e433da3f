import type { JSX } from 'preact'
import { child as childsWords } from '../child/child-texts.ts'
import { Face } from '../ui/face.tsx'
import { Link } from '../ui/link.tsx'
import { recordingPath } from './drafts.ts'
import type { Named } from './mail.ts'
import { messages as words } from './messages-texts.ts'

/** What a guardian can say, each a tile: to a child, a child's answer, to somebody else. */
export function Say({ named }: { named: readonly Named[] }): JSX.Element {
  const [only, another] = named
  return (
    <section>
      <h2>{words.say}</h2>
      <div class="tiles">
        {named.map(({ id, name }) => (
          <Link
            key={id}
            to={recordingPath({ author: 'sender', to: [id] })}
            class={another ? 'tile main half' : 'tile main'}
          >
            <Face of={id} name={name} />
            {words.toChild(name)}
          </Link>
        ))}
        {only && (
          <Link to="/record/child" class="tile">
            {another ? words.childsAnswer : words.answer(only.name)}
          </Link>
        )}
        <Link to="/record/sender" class="tile">
          {words.toPerson}
        </Link>
        <Link to="/child" class={only ? 'tile last' : 'tile'}>
          {childsWords.handOver.link}
        </Link>
      </div>
    </section>
  )
}
