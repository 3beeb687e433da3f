import type { JSX } from 'preact'
import type { Answer } from './answering.ts'
import { child } from './child-texts.ts'
import { Envelope, Heart, HeartPaw } from './pictures.tsx'
import { Press } from './press.tsx'

const words = child.screen
const RADIUS = 46
const ROUND = 2 * Math.PI * RADIUS

/** The big paw that records: a red heart that beats while the microphone is on, an envelope at the end. */
export function AnswerPaw({ answer }: { answer: Answer & { press: () => void } }): JSX.Element {
  const { phase } = answer
  const on = phase === 'cue' || phase === 'recording'
  return (
    <div class={`answer ${phase}`}>
      <Press
        class="answer-paw"
        label={on ? words.listening : words.answer}
        on={on}
        onPress={answer.press}
      >
        <Picture answer={answer} />
      </Press>
      {phase === 'flying' && <Envelope />}
    </div>
  )
}

function Picture({ answer: { phase, level, part } }: { answer: Answer }): JSX.Element {
  if (phase === 'replay') return <Envelope />
  if (phase !== 'cue' && phase !== 'recording') return <HeartPaw class="paw-picture" />
  return (
    <>
      <svg class="time-ring" viewBox="0 0 100 100" aria-hidden="true">
        <circle cx="50" cy="50" r={RADIUS} class="ring-ground" />
        <circle
          cx="50"
          cy="50"
          r={RADIUS}
          class="ring-used"
          stroke-dasharray={ROUND}
          stroke-dashoffset={ROUND * (1 - part)}
          transform="rotate(-90 50 50)"
        />
      </svg>
      <span class="beating" style={{ scale: String(0.8 + level * 0.3) }}>
        <Heart />
      </span>
    </>
  )
}
