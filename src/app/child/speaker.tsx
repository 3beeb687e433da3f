import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { childsSound, heardByChild, type Post, type Speaker } from '../../client/childs-post.ts'
import { sendVoice } from '../../client/voices.ts'
import type { MessageId, PrincipalId } from '../../protocol/ids.ts'
import { useValue } from '../platform/value.ts'
import { playable } from '../sound/decode.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Animal } from './animals.tsx'
import { AnswerPaw } from './answer-paw.tsx'
import { useAnswer, type Answer } from './answering.ts'
import { chime } from './chimes.ts'
import { child } from './child-texts.ts'
import { SoundWaves } from './pictures.tsx'
import { Press } from './press.tsx'
import { voice } from './voice.ts'
import { useChild, useSpeakers } from './whose.ts'

const words = child.screen
/** Pebbles that fit in a row on a small phone. */
const MOST_POSTS = 5

/** One person: their animal, big, their last messages as pebbles, and the paw that answers them. */
export function SpeakerRoom({ speaker: entered }: { speaker: Speaker }): JSX.Element {
  const { client } = useApp()
  const { data } = useSpeakers()
  const last = useRef<MessageId | undefined>(undefined)
  const speaker = data?.find(({ person }) => person === entered.person) ?? entered
  const posts = speaker.posts.slice(-MOST_POSTS)
  const answer = useAnswering(speaker.answersTo, () => last.current)
  const hear = (post: Post | undefined): void => {
    if (!post || answer.phase === 'recording' || answer.phase === 'cue') return
    last.current = post.message
    void voice.play({
      id: post.message,
      load: async () => playable(await childsSound(client, post.message)),
      onFail: () => sorry(),
    })
    if (post.fresh) void heardByChild(client, post.message)
  }
  // The face was pressed to get here: that is what it was pressed for.
  useEffect(() => hear(nextOf(posts)), [])
  return (
    <>
      <Talker
        kind={speaker.animal}
        name={speaker.name}
        answer={answer}
        onHear={() => hear(nextOf(posts))}
      />
      <Pebbles posts={posts} onHear={hear} />
      <AnswerPaw answer={answer} />
    </>
  )
}

/** Nobody has spoken yet: the bear listens, and the parents get it. */
export function BearRoom(): JSX.Element {
  const answer = useAnswering('household', () => undefined)
  return (
    <>
      <Talker kind={-1} name="" answer={answer} onHear={() => void chime('pop')} />
      <Pebbles posts={[]} onHear={() => undefined} />
      <AnswerPaw answer={answer} />
    </>
  )
}

/** The child's own voice, to somebody; `heard` gives the message that it answers, if any. */
function useAnswering(
  to: PrincipalId | 'household',
  heard: () => MessageId | undefined,
): Answer & { press: () => void } {
  const { client } = useApp()
  const author = useChild()
  return useAnswer((take) => {
    const re = heard()
    return sendVoice(client, { ...take, to, author, ...(re && { re }) })
  })
}

/** What comes next: the oldest that is new, or else the newest. */
function nextOf(posts: readonly Post[]): Post | undefined {
  return posts.find(({ fresh }) => fresh) ?? posts.at(-1)
}

function sorry(): void {
  announce(words.notHeard)
  void chime('other')
}

type TalkerProps = {
  readonly kind: number
  readonly name: string
  readonly answer: Answer
  readonly onHear: () => void
}

/** The animal. It talks while its person is heard, and is all ears while the child speaks. */
function Talker({ kind, name, answer, onHear }: TalkerProps): JSX.Element {
  const now = useValue(voice.now)
  const talking = now !== undefined && now.id !== 'answer'
  const who = words.speaker(name, words.animals[kind] ?? words.bear)
  return (
    <Press
      class={`talker ${talking ? 'talking' : ''} ${answer.phase}`}
      label={talking ? words.stop : who}
      onPress={() => (talking ? voice.stop() : onHear())}
    >
      <Animal kind={kind} mood={talking ? 'talking' : 'calm'} />
      {name !== '' && (
        <span class="name" aria-hidden="true">
          {name}
        </span>
      )}
    </Press>
  )
}

type PebblesProps = { readonly posts: readonly Post[]; readonly onHear: (post: Post) => void }

function Pebbles({ posts, onHear }: PebblesProps): JSX.Element {
  const now = useValue(voice.now)
  const count = posts.length
  return (
    <ul class="pebbles">
      {posts.map((post, index) => {
        const on = now?.id === post.message
        const label = post.fresh ? words.hearNew(index + 1, count) : words.hear(index + 1, count)
        return (
          <li key={post.message}>
            <Press
              class={`pebble ${post.fresh ? 'news' : ''} ${on ? 'on' : ''}`}
              label={on ? words.stop : label}
              onPress={() => (on ? voice.stop() : onHear(post))}
            >
              <SoundWaves />
            </Press>
          </li>
        )
      })}
    </ul>
  )
}
