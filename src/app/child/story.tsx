import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { storySound, type Story } from '../../client/stories.ts'
import { useValue } from '../platform/value.ts'
import { playable } from '../sound/decode.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Animal } from './animals.tsx'
import { chime } from './chimes.ts'
import { child } from './child-texts.ts'
import { Press } from './press.tsx'
import { BINDINGS, useShelf } from './shelf.tsx'
import { voice } from './voice.ts'

const words = child.screen
/** Leaves of every book, whatever its length. */
const PAGES = 8

type Props = { readonly story: Story; readonly place: number }

/** A story being told: the pages turn, an animal walks along under them. A press holds it, or goes on. */
export function StoryRoom({ story, place }: Props): JSX.Element {
  const { client } = useApp()
  const now = useValue(voice.now)
  const animal = useShelf().find(({ message }) => message === story.message)?.animal
  const tell = (): void => {
    void voice.play({
      id: story.message,
      load: async () => playable(await storySound(client, story.message)),
      onFail: () => {
        announce(words.notHeard)
        void chime('other')
      },
    })
  }
  // The book was pressed to get here.
  useEffect(tell, [])
  const toggle = (): void => {
    if (!now) tell()
    else if (now.step === 'playing') voice.pause()
    else voice.resume()
  }
  const part = now?.part ?? 0
  const page = Math.min(PAGES - 1, Math.floor(part * PAGES))
  const on = now?.step === 'playing'
  return (
    <div class="story">
      <Press
        class={`open-book binding-${place % BINDINGS} ${on ? 'on' : ''}`}
        label={on ? words.pause : words.goOn}
        onPress={toggle}
      >
        <span class="leaf first" />
        <span class="leaf second">
          <Animal kind={animal ?? -1} mood={on ? 'talking' : 'calm'} />
        </span>
        <span key={page} class="leaf turning" />
        {!on && <Triangle />}
      </Press>
      <div
        class="path"
        role="progressbar"
        aria-label={words.progress}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(part * 100)}
      >
        {Array.from({ length: PAGES }, (_, stone) => (
          <span key={stone} class={`stone ${stone <= page && now ? 'passed' : ''}`}>
            {stone === page && <Animal kind={animal ?? -1} />}
          </span>
        ))}
      </div>
    </div>
  )
}

function Triangle(): JSX.Element {
  return (
    <svg class="triangle" viewBox="0 0 100 100" aria-hidden="true">
      <circle cx="50" cy="50" r="48" />
      <path d="M38 26v48l40 -24z" />
    </svg>
  )
}
