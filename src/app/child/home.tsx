import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { hasNews, type Speaker } from '../../client/childs-post.ts'
import { wasJustExported } from '../../client/exported.ts'
import { useLive } from '../ui/use-live.ts'
import { Animal } from './animals.tsx'
import { child } from './child-texts.ts'
import { Books, CopiedOut, MoonFace, MoreArrow, Paws } from './pictures.tsx'
import { Press } from './press.tsx'
import type { Go } from './rooms.ts'
import { useSpeakers } from './whose.ts'

const words = child.screen
/** Faces that fit on a small phone and are still big. */
const MOST_FACES = 6

type Props = { readonly go: Go; readonly quiet: boolean }

/** Who spoke to the child, and what else there is; at night the moon alone. */
export function Home({ go, quiet }: Props): JSX.Element {
  const { data } = useSpeakers()
  const copied = useLive(wasJustExported, ['messages']).data
  if (quiet) {
    return (
      <div class="night">
        <Moon go={go} />
      </div>
    )
  }
  return (
    <>
      {data ? <Faces speakers={data} go={go} /> : <div class="friends" />}
      {copied === true && <Copied />}
      <nav class="toys" aria-label={words.title}>
        <Moon go={go} />
        <Press class="toy" label={words.stories} onPress={() => go({ at: 'shelf' })}>
          <Books />
        </Press>
        <Press class="toy" label={words.game} onPress={() => go({ at: 'game' })}>
          <Paws />
        </Press>
      </nav>
    </>
  )
}

function Moon({ go }: { go: Go }): JSX.Element {
  return (
    <Press class="toy" label={words.lullabies} onPress={() => go({ at: 'lullabies' })}>
      <MoonFace />
    </Press>
  )
}

function Copied(): JSX.Element {
  return (
    <p class="copied" role="img" aria-label={words.copied}>
      <CopiedOut />
    </p>
  )
}

type FacesProps = { readonly speakers: readonly Speaker[]; readonly go: Go }

function Faces({ speakers, go }: FacesProps): JSX.Element {
  const [page, setPage] = useState(0)
  const pages = Math.max(1, Math.ceil(speakers.length / MOST_FACES))
  const at = page % pages
  const shown = speakers.slice(at * MOST_FACES, (at + 1) * MOST_FACES)
  return (
    <div class="friends-frame">
      <ul class={`friends count-${Math.max(1, shown.length)}`}>
        {shown.map((speaker) => (
          <li key={speaker.person}>
            <Face speaker={speaker} go={go} />
          </li>
        ))}
        {speakers.length === 0 && (
          <li>
            <Press class="friend" label={words.nobody} onPress={() => go({ at: 'bear' })}>
              <Animal kind={-1} mood="asleep" />
            </Press>
          </li>
        )}
      </ul>
      {pages > 1 && (
        <Press class="more" label={words.more} onPress={() => setPage(at + 1)}>
          <MoreArrow />
        </Press>
      )}
    </div>
  )
}

function Face({ speaker, go }: { speaker: Speaker; go: Go }): JSX.Element {
  const news = hasNews(speaker)
  const who = words.speaker(speaker.name, words.animals[speaker.animal] ?? words.bear)
  return (
    <Press
      class={`friend ${news ? 'news' : ''}`}
      label={news ? words.fresh(who) : who}
      onPress={() => go({ at: 'speaker', speaker })}
    >
      <Animal kind={speaker.animal} />
      <span class="name" aria-hidden="true">
        {speaker.name}
      </span>
    </Press>
  )
}
