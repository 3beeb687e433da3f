import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { children } from '../../client/children.ts'
import { inHandsOf } from '../../client/childs-lock.ts'
import { useValue } from '../platform/value.ts'
import { useLive } from '../ui/use-live.ts'
import { child } from './child-texts.ts'
import { setChimeLevel } from './chimes.ts'
import { Game } from './game-room.tsx'
import { Gate } from './gate.tsx'
import { Home } from './home.tsx'
import { keepHere } from './keep-here.ts'
import { Lullabies } from './lullabies.tsx'
import { House, Padlock } from './pictures.tsx'
import { Press } from './press.tsx'
import { LOOK_MS, night, nightOf } from './quiet.ts'
import type { Go, Room } from './rooms.ts'
import { Shelf } from './shelf.tsx'
import { BearRoom, SpeakerRoom } from './speaker.tsx'
import { StoryRoom } from './story.tsx'
import { voice } from './voice.ts'
import { WhoseContext } from './whose.ts'

const words = child.screen

/** All that there is while the device is in the child's hands, whatever the address says. */
export function ChildScreen(): JSX.Element {
  const whose = useLive(inHandsOf, ['family']).data
  const all = useLive(children, ['family', 'messages']).data
  useEffect(() => {
    if (whose && all) night.set(nightOf(all, whose))
  }, [whose, all])
  if (!whose) return <main class="child" id="main" />
  return (
    <WhoseContext.Provider value={whose}>
      <Rooms />
    </WhoseContext.Provider>
  )
}

function Rooms(): JSX.Element {
  const [room, setRoom] = useState<Room>({ at: 'home' })
  const loudest = useNight()
  const quiet = loudest !== undefined
  useEffect(() => keepHere(), [])
  useEffect(() => voice.stop, [])
  useEffect(() => {
    voice.setLoudest(loudest ?? 1)
    setChimeLevel(loudest ?? 1)
  }, [loudest])
  useEffect(() => {
    // Who is at the gate stays there, and a lullaby plays on.
    if (quiet) setRoom((now) => (now.at === 'gate' || now.at === 'lullabies' ? now : HOME))
  }, [quiet])
  const go: Go = (next) => {
    if (room.at !== 'lullabies' || next.at !== 'gate') voice.stop()
    setRoom(next)
  }
  const isHome = room.at === 'home'
  return (
    <Frame room={room.at} quiet={quiet}>
      <header class="child-top">
        {isHome ? <span /> : <Back go={go} />}
        {room.at !== 'gate' && (
          <button
            type="button"
            class="adults"
            aria-label={words.adults}
            onClick={() => go({ at: 'gate' })}
          >
            <Padlock />
          </button>
        )}
      </header>
      <Shown room={room} go={go} quiet={quiet} />
    </Frame>
  )
}

const HOME: Room = { at: 'home' }

function Back({ go }: { go: Go }): JSX.Element {
  return (
    <Press class="home-button" label={words.back} onPress={() => go(HOME)}>
      <House />
    </Press>
  )
}

type ShownProps = { readonly room: Room; readonly go: Go; readonly quiet: boolean }

function Shown({ room, go, quiet }: ShownProps): JSX.Element {
  switch (room.at) {
    case 'speaker':
      return <SpeakerRoom speaker={room.speaker} />
    case 'bear':
      return <BearRoom />
    case 'lullabies':
      return <Lullabies />
    case 'shelf':
      return <Shelf go={go} />
    case 'story':
      return <StoryRoom story={room.story} place={room.place} />
    case 'game':
      return <Game />
    case 'gate':
      return <Gate />
    default:
      return <Home go={go} quiet={quiet} />
  }
}

const TITLES: Readonly<Record<Room['at'], string>> = {
  home: words.title,
  bear: words.nobody,
  speaker: words.title,
  lullabies: words.lullabies,
  shelf: words.stories,
  story: words.stories,
  game: words.game,
  gate: child.gate.title,
}

type FrameProps = {
  readonly room: Room['at']
  readonly quiet: boolean
  readonly children: ComponentChildren
}

/** One picture over the whole screen. Its heading is for screen readers, and takes the focus. */
function Frame({ room, quiet, children }: FrameProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  const title = quiet && room === 'home' ? words.night : TITLES[room]
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    document.title = `${title} · Pawpost`
  }, [room, title])
  return (
    <main class={`child in-${room} ${quiet ? 'quiet' : ''}`} id="main">
      <h1 ref={heading} tabIndex={-1} class={room === 'gate' ? '' : 'visually-hidden'}>
        {title}
      </h1>
      {children}
    </main>
  )
}

/** How loud it may be while it is night; undefined by day. */
function useNight(): number | undefined {
  const levelAt = useValue(night)
  const [loudest, setLoudest] = useState(() => levelAt(Date.now()))
  useEffect(() => {
    const look = (): void => setLoudest(levelAt(Date.now()))
    look()
    const timer = setInterval(look, LOOK_MS)
    return () => clearInterval(timer)
  }, [levelAt])
  return loudest
}
