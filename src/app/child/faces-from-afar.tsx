import type { JSX } from 'preact'
import { Cheeks, Eyes, INK, Mouth, Pair, type FaceProps } from './face-parts.tsx'

const MANE = Array.from({ length: 12 }, (_, petal) => petal * 30)

export function Lion({ mood }: FaceProps): JSX.Element {
  return (
    <>
      {MANE.map((turn) => (
        <ellipse
          key={turn}
          cx="50"
          cy="21"
          rx="11"
          ry="14"
          fill="#b9682b"
          transform={`rotate(${turn} 50 53)`}
        />
      ))}
      <Pair>
        <circle cx="28" cy="32" r="8" fill="#efbb58" />
        <circle cx="28" cy="32" r="4" fill="#d48a4a" />
      </Pair>
      <circle cx="50" cy="54" r="27" fill="#f6c768" />
      <ellipse cx="50" cy="66" rx="14" ry="11" fill="#fff1d2" />
      <Eyes mood={mood} y={50} x={12} />
      <path
        d="M45 59h10l-5 5.500z"
        fill="#7a3f22"
        stroke="#7a3f22"
        stroke-width="2"
        stroke-linejoin="round"
      />
      <Mouth mood={mood} y={69} />
      <Cheeks y={60} x={20} />
    </>
  )
}

export function Frog({ mood }: FaceProps): JSX.Element {
  return (
    <>
      <Pair>
        <circle cx="32" cy="32" r="14" fill="#74b457" />
        <circle cx="32" cy="31" r="9.5" fill="#fff" />
      </Pair>
      <ellipse cx="50" cy="59" rx="36" ry="27" fill="#7fbf60" />
      <ellipse cx="50" cy="71" rx="24" ry="13" fill="#c5e5a4" />
      <Eyes mood={mood} y={31} x={18} />
      {mood === 'talking' ? (
        <path class="muzzle" d="M32 62q18 26 36 0z" fill="#7c2d25" />
      ) : (
        <path
          d="M30 62q20 16 40 0"
          fill="none"
          stroke={INK}
          stroke-width="2.4"
          stroke-linecap="round"
        />
      )}
      <circle cx="46" cy="53" r="1.4" fill={INK} />
      <circle cx="54" cy="53" r="1.4" fill={INK} />
      <Cheeks y={60} x={28} />
    </>
  )
}

export function Panda({ mood }: FaceProps): JSX.Element {
  return (
    <>
      <Pair>
        <circle cx="25" cy="29" r="12" fill="#37302f" />
      </Pair>
      <ellipse cx="50" cy="56" rx="34" ry="30" fill="#fdfaf6" />
      <Pair>
        <ellipse cx="36" cy="53" rx="9.5" ry="12" fill="#37302f" transform="rotate(24 36 53)" />
      </Pair>
      <g fill="#fff">
        {mood !== 'asleep' && <circle cx="37" cy="51" r="3.4" />}
        {mood !== 'asleep' && <circle cx="63" cy="51" r="3.4" />}
      </g>
      {mood === 'asleep' && (
        <path
          d="M32 53q5 4 9 0M59 53q5 4 9 0"
          fill="none"
          stroke="#fff"
          stroke-width="2.4"
          stroke-linecap="round"
        />
      )}
      <ellipse cx="50" cy="64" rx="5" ry="3.6" fill="#37302f" />
      <Mouth mood={mood} y={71} />
      <Cheeks y={68} x={22} />
    </>
  )
}

export function Elephant({ mood }: FaceProps): JSX.Element {
  return (
    <>
      <Pair>
        <ellipse cx="19" cy="48" rx="16" ry="21" fill="#86a9c6" />
        <ellipse cx="19" cy="49" rx="10" ry="14.5" fill="#f0bfb6" />
      </Pair>
      <ellipse cx="50" cy="48" rx="28" ry="27" fill="#9dbdd8" />
      <path
        d="M40 54c0 10 1 20 3 27 2 8 14 9 17 2 1 -3 -3 -5 -5 -3 -2 2 -4 1 -4 -2 1 -8 8 -14 9 -24z"
        fill="#8db0cd"
      />
      <path
        d="M42 65q7 2 13 0M43 72q5 2 10 0"
        fill="none"
        stroke="#7396b4"
        stroke-width="1.8"
        stroke-linecap="round"
      />
      <Eyes mood={mood} y={46} />
      {mood === 'talking' && <path class="muzzle" d="M58 68q8 6 11 -3z" fill="#7c2d25" />}
      <Cheeks y={57} x={20} />
    </>
  )
}

/** The family's own bear: the one that is talked to where nobody has spoken yet. */
export function Bear({ mood }: FaceProps): JSX.Element {
  return (
    <>
      <Pair>
        <circle cx="26" cy="30" r="13" fill="#a9703f" />
        <circle cx="26" cy="30" r="7" fill="#e3b486" />
      </Pair>
      <ellipse cx="50" cy="56" rx="34" ry="30" fill="#b97d49" />
      <ellipse cx="50" cy="68" rx="16" ry="13" fill="#f1d2aa" />
      <Eyes mood={mood} y={51} />
      <ellipse cx="50" cy="62" rx="5.5" ry="4" fill={INK} />
      <Mouth mood={mood} y={71} />
      <Cheeks y={62} x={25} />
    </>
  )
}
