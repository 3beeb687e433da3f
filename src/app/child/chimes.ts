/** Short sounds of the child's screen: frequencies in Hz, one after the other. */
const CHIMES = {
  pop: [523],
  /** Before the microphone opens: "now you". */
  yourTurn: [523, 784],
  heard: [784, 523],
  sent: [523, 659, 784, 1047],
  /** Not this one: low and soft, nothing that scolds. */
  other: [262, 220],
  feast: [523, 659, 784, 659, 784, 1047],
  paw0: [392],
  paw1: [494],
  paw2: [587],
  paw3: [784],
} as const satisfies Record<string, readonly number[]>

export type Chime = keyof typeof CHIMES

const STEP_S = 0.15
const RING_S = 0.45
const LEVEL = 0.22

const loudspeaker: { context: AudioContext | undefined; level: number } = {
  context: undefined,
  level: LEVEL,
}

/** How loud chimes are, 0 to 1. */
export function setChimeLevel(level: number): void {
  loudspeaker.level = LEVEL * level
}

/** Plays a chime, and resolves when it has died away. Silent where the browser has no sound. */
export async function chime(name: Chime): Promise<void> {
  const tones = CHIMES[name]
  const context = (loudspeaker.context ??= new AudioContext())
  if (context.state === 'suspended') context.resume().catch(() => undefined)
  tones.forEach((hertz, index) => ring(context, hertz, context.currentTime + index * STEP_S))
  await new Promise((resolve) => setTimeout(resolve, ((tones.length - 1) * STEP_S + RING_S) * 1000))
}

function ring(context: AudioContext, hertz: number, at: number): void {
  const tone = new OscillatorNode(context, { type: 'sine', frequency: hertz })
  const shape = new GainNode(context, { gain: 0 })
  shape.gain.setValueAtTime(0, at)
  shape.gain.linearRampToValueAtTime(loudspeaker.level, at + 0.012)
  shape.gain.exponentialRampToValueAtTime(0.0005, at + RING_S)
  tone.connect(shape).connect(context.destination)
  tone.start(at)
  tone.stop(at + RING_S)
}
