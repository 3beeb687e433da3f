/** Arithmetic on samples of -1..1. */

const QUIETEST_DB = -50

/** How loud a piece sounds, 0..1: its mean power from -50 dB to 0 dB of a full scale. */
export function loudness(piece: Float32Array): number {
  const power = piece.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, piece.length)
  const decibels = 10 * Math.log10(power + 1e-12)
  return Math.max(0, Math.min(1, 1 - decibels / QUIETEST_DB))
}

function peak(samples: Float32Array): number {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
}

/** Codecs give back peaks that are louder than they went in: leave them 2 dB. */
const LOUDEST = 0.8
/** 20 dB: beyond that it is the room that gets louder. */
const MOST_GAIN = 10

/** Brings the loudest sample to where a small speaker is loud and nothing is clipped. */
export function levelled(samples: Float32Array): Float32Array<ArrayBuffer> {
  const gain = Math.min(MOST_GAIN, LOUDEST / Math.max(1e-6, peak(samples)))
  return Float32Array.from(samples, (sample) => sample * gain)
}
