/** Samples as Web Audio has them: -1..1, mono. Files and toys hold 16-bit integers instead. */

/** From -1..1 to 16-bit integers: rounded, and clamped where too loud. */
export function toPcm16(samples: Float32Array): Int16Array<ArrayBuffer> {
  return Int16Array.from(samples, (x) =>
    Math.max(-32_768, Math.min(32_767, Math.round(x * 32_768))),
  )
}

/** From 16-bit integers to -1..1; {@link toPcm16} gives back the same integers. */
export function fromPcm16(samples: Int16Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(samples, (x) => x / 32_768)
}
