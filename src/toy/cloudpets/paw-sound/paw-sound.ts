import { ADPCMS, decodeAdpcm } from './adpcm.ts'

/** The original app took what the paw recorded for 8,000 samples a second, mono (facts, section 11). */
export const PAW_RATE = 8_000
const HEADER_BYTES = 32

/** One way to hear what the paw recorded. */
export type Hearing = {
  /** Which way it is, for a log; never for a person. */
  readonly name: string
  readonly samples: Int16Array
}

/**
 * What the paw's recording may sound like, the likeliest first. Its format is unknown: these are
 * guesses, and only an ear can tell whether one of them is right. Empty for a recording without
 * sound.
 */
export function hearings(recording: Uint8Array): readonly Hearing[] {
  const payload = recording.subarray(HEADER_BYTES)
  if (payload.length === 0) return []
  return ADPCMS.map((way) => ({ name: way.name, samples: decodeAdpcm(way, payload) }))
    .map((hearing) => ({ hearing, score: smoothness(hearing.samples) }))
    .toSorted((one, other) => other.score - one.score)
    .map(({ hearing }) => hearing)
}

/** Removes what is slower than a voice: a wrong way drifts, and a drift is smooth, too. */
const SLOW = 0.95

/**
 * How alike neighbouring samples are, -1..1: the correlation at a lag of one. A voice at this rate is
 * smooth; codes that are read the wrong way are a crackle. Samples that hit the rails count against.
 */
export function smoothness(samples: Int16Array): number {
  let [slow, last, power, alike, railed] = [0, 0, 0, 0, 0]
  for (const sample of samples) {
    slow = SLOW * slow + (1 - SLOW) * sample
    const now = sample - slow
    power += now * now
    alike += now * last
    railed += Math.abs(sample) > 32_000 ? 1 : 0
    last = now
  }
  return alike / (power + 1) - railed / samples.length
}
