/** What the toy says it is doing: first byte of the state characteristic (facts, section 4). */
export const ToyState = {
  invalid: 0,
  idle: 1,
  recording: 2,
  uploading: 3,
  unplayed: 4,
  playing: 5,
  streaming: 6,
  downloading: 7,
  measuring: 8,
  priming: 9,
  testStartup: 10,
  testRecord: 11,
  testRecordEnd: 12,
  testIdle: 13,
  testPlayback: 14,
  locked: 15,
  starting: 16,
  returning: 17,
  recordPaw: 18,
  playPaw: 19,
} as const
export type ToyState = (typeof ToyState)[keyof typeof ToyState]

const KNOWN: ReadonlySet<number> = new Set(Object.values(ToyState))

/** The state in a read or notified value; anything unknown is `invalid`. */
export function parseState(bytes: Uint8Array): ToyState {
  const code = bytes[0] ?? ToyState.invalid
  return KNOWN.has(code) ? (code as ToyState) : ToyState.invalid
}

const { idle, unplayed, recordPaw, playPaw, playing, streaming, returning, recording } = ToyState
const AT_REST: readonly ToyState[] = [idle, unplayed, recordPaw, playPaw]
const SOUNDING: readonly ToyState[] = [playing, streaming, returning]

/** In which states each verb makes sense; what is not listed here is refused before it is sent. */
const ALLOWED = {
  upload: AT_REST,
  download: AT_REST,
  play: [...AT_REST, ...SOUNDING],
  stop: [...AT_REST, ...SOUNDING, recording],
  loop: [...AT_REST, ...SOUNDING],
  light: [...AT_REST, ...SOUNDING, recording],
  volume: [...AT_REST, ...SOUNDING, recording],
  game: AT_REST,
  configure: AT_REST,
} as const satisfies Record<string, readonly ToyState[]>

export type ToyVerb = keyof typeof ALLOWED
export type Refusal = 'recording' | 'playing' | 'transferring' | 'key-check' | 'not-ready'

/** Why `verb` cannot be done now, for the screen to say; undefined when it can. */
export function refusal(verb: ToyVerb, state: ToyState): Refusal | undefined {
  const allowed: readonly ToyState[] = ALLOWED[verb]
  return allowed.includes(state) ? undefined : reason(state)
}

function reason(state: ToyState): Refusal {
  if (state === ToyState.recording) return 'recording'
  if (SOUNDING.includes(state)) return 'playing'
  if (state === ToyState.locked) return 'key-check'
  const transfers: readonly ToyState[] = [
    ToyState.uploading,
    ToyState.downloading,
    ToyState.priming,
    ToyState.measuring,
  ]
  return transfers.includes(state) ? 'transferring' : 'not-ready'
}
