import type { JSX } from 'preact'
import type { Speaker } from '../../client/childs-post.ts'
import { stories, type Story } from '../../client/stories.ts'
import { useLive } from '../ui/use-live.ts'
import { Animal } from './animals.tsx'
import { child } from './child-texts.ts'
import { Press } from './press.tsx'
import type { Go } from './rooms.ts'
import { useSpeakers } from './whose.ts'

const words = child.screen
/** Books that fit on a small phone; the newest come first into the child's hands. */
const MOST_BOOKS = 9
/** Colours of bindings. */
export const BINDINGS = 6

export type Shelved = Story & { readonly animal: number }

/** The stories with the animals of who tells them; who told nothing else has the family's bear. */
export function useShelf(): readonly Shelved[] {
  const all = useLive(stories, ['messages', 'family']).data ?? []
  const speakers = useSpeakers().data ?? []
  return all.map((story) => ({ ...story, animal: animalOf(story, speakers) }))
}

function animalOf({ person }: Story, speakers: readonly Speaker[]): number {
  return speakers.find((speaker) => speaker.person === person)?.animal ?? -1
}

/** The books, each with its own binding and the animal of who tells it. */
export function Shelf({ go }: { go: Go }): JSX.Element {
  const all = useShelf()
  const books = all.slice(-MOST_BOOKS)
  const first = all.length - books.length
  return (
    <ul class={`books count-${books.length}`}>
      {books.map((story, index) => (
        <li key={story.message}>
          <Press
            class={`book binding-${(first + index) % BINDINGS}`}
            label={words.story(index + 1, story.name === '' ? words.somebody : story.name)}
            onPress={() => go({ at: 'story', story, place: first + index })}
          >
            <Animal kind={story.animal} />
          </Press>
        </li>
      ))}
      {books.length === 0 && (
        <li class="no-books" role="img" aria-label={words.noStories}>
          <Animal kind={-1} mood="asleep" />
        </li>
      )}
    </ul>
  )
}
