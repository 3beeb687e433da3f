import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { useValue } from '../platform/value.ts'
import { announce } from '../ui/announce.ts'
import { chime } from './chimes.ts'
import { child } from './child-texts.ts'
import { Phase, Stars } from './moon.tsx'
import { lullaby, renderTune } from './music-box.ts'
import { SoundWaves } from './pictures.tsx'
import { Press } from './press.tsx'
import { TunePicture } from './tune-pictures.tsx'
import { TUNES, type Tune } from './tunes.ts'
import { voice } from './voice.ts'

const words = child.screen
const MINUTES = [5, 10, 15] as const
const LONGEST = 15
const LEVELS = [
  { level: 0.25, name: words.soft },
  { level: 0.55, name: words.middle },
  { level: 1, name: words.loud },
] as const

/** Three tunes, three moons for how long, and how loud. The moon wanes as the time goes by. */
export function Lullabies(): JSX.Element {
  const now = useValue(voice.now)
  const [minutes, setMinutes] = useState<number>(MINUTES[0])
  const [loud, setLoud] = useState(1)
  const level = LEVELS[loud] ?? LEVELS[1]
  const playing = TUNES.find(({ name }) => name === now?.id)
  const lit = (minutes / LONGEST) * (1 - (playing ? (now?.part ?? 0) : 0))
  const sing = (tune: Tune, long: number): void => {
    announce(words.sings(long))
    void voice.play({
      id: tune.name,
      load: () => rendered(tune, long),
      level: level.level,
      onFail: () => void chime('other'),
    })
  }
  const choose = (long: number): void => {
    setMinutes(long)
    if (playing) sing(playing, long)
  }
  const louder = (): void => {
    const next = (loud + 1) % LEVELS.length
    setLoud(next)
    voice.setLevel(LEVELS[next]?.level ?? 1)
  }
  return (
    <div class="lullabies">
      <div class={`sky ${playing ? 'playing' : ''}`}>
        <Stars />
        <Phase part={lit} face={playing ? 'awake' : 'asleep'} />
      </div>
      <ul class="tunes">
        {TUNES.map((tune) => {
          const on = tune.name === playing?.name
          return (
            <li key={tune.name}>
              <Press
                class="tune"
                label={words.tunes[tune.name]}
                on={on}
                onPress={() => (on ? voice.stop() : sing(tune, minutes))}
              >
                <TunePicture name={tune.name} />
              </Press>
            </li>
          )
        })}
      </ul>
      <ul class="timers">
        {MINUTES.map((long) => (
          <li key={long}>
            <Press
              class="timer"
              label={words.minutes(long)}
              on={long === minutes}
              onPress={() => choose(long)}
            >
              <Phase part={long / LONGEST} />
            </Press>
          </li>
        ))}
        <li>
          <Press class="timer" label={`${words.louder}: ${level.name}`} onPress={louder}>
            <SoundWaves level={loud + 1} />
          </Press>
        </li>
      </ul>
    </div>
  )
}

/** The whole time as one file, so that it plays on, and ends, while the phone sleeps. */
async function rendered(tune: Tune, minutes: number): Promise<Blob> {
  // Lets the press be seen before the tune is made.
  await new Promise((resolve) => setTimeout(resolve, 30))
  return new Blob([...lullaby(renderTune(tune), minutes)], { type: 'audio/wav' })
}
