import type { JSX } from 'preact'
import { child } from './child-texts.ts'
import { useGame, type GamePhase } from './playing.ts'
import { Press } from './press.tsx'

const words = child.screen
/** With the toy at hand there are its two paws. */
const TOY_PAWS = [0, 1] as const
const ALL_PAWS = [0, 1, 2, 3] as const

/** The paw memory game. Nothing begins by itself, nothing is counted, and nobody loses. */
export function Game(): JSX.Element {
  const { phase, lit, paws, press, begin } = useGame()
  const shown = paws === 2 ? TOY_PAWS : ALL_PAWS
  return (
    <div class={`game ${phase}`}>
      <div class={`game-paws of-${paws}`}>
        {shown.map((paw) => (
          <Press
            key={paw}
            quick
            class={`game-paw game-paw-${paw} ${lit === paw ? 'lit' : ''}`}
            label={words.paws[paw]}
            onPress={() => press(paw)}
          >
            <Pad />
          </Press>
        ))}
        {phase === 'waiting' && (
          <Press class="begin" label={words.begin} onPress={begin}>
            <svg viewBox="0 0 100 100" aria-hidden="true">
              <path d="M36 24v52l44 -26z" />
            </svg>
          </Press>
        )}
        {phase !== 'waiting' && <Sign phase={phase} />}
      </div>
    </div>
  )
}

/** In the middle: an ear while the row is shown, a hand when it is the child's turn, a star at the end. */
function Sign({ phase }: { phase: GamePhase }): JSX.Element {
  return (
    <span class="sign" aria-hidden="true">
      <svg viewBox="0 0 100 100" aria-hidden="true">
        {phase === 'showing' && (
          <path
            d="M32 42a19 19 0 1 1 37 6c-3 8 -12 11 -12 21a11 11 0 0 1 -20 5M42 44a9 9 0 1 1 16 4c-3 4 -7 5 -7 10"
            class="line"
          />
        )}
        {phase === 'turn' && (
          <path d="M44 84c-8 -6 -14 -14 -18 -22 -3 -6 4 -9 8 -5l8 8V26a6 6 0 0 1 12 0v22l20 5q8 2 7 10l-4 21z" />
        )}
        {phase === 'feast' && (
          <path d="M50 12l11 25 27 3-20 18 6 27-24-14-24 14 6-27-20-18 27-3z" />
        )}
      </svg>
    </span>
  )
}

function Pad(): JSX.Element {
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true">
      <ellipse cx="50" cy="64" rx="25" ry="21" />
      <ellipse cx="20" cy="45" rx="9.500" ry="12.500" transform="rotate(-22 20 45)" />
      <ellipse cx="39" cy="28" rx="10" ry="13.500" transform="rotate(-6 39 28)" />
      <ellipse cx="61" cy="28" rx="10" ry="13.500" transform="rotate(6 61 28)" />
      <ellipse cx="80" cy="45" rx="9.500" ry="12.500" transform="rotate(22 80 45)" />
    </svg>
  )
}
