/** The picture of a voice: its loudest moments, of equal stretches. */

/** Bars of a picture: as many as a narrow phone shows apart. */
export const BARS = 40

/** Samples looked at in one go: some milliseconds on an old phone. */
const CHUNK = 400_000

/**
 * How loud each of {@link BARS} stretches is at most, 0..255, where the loudest of all is 255. Lets
 * the page breathe between chunks.
 */
export async function peaksOf(samples: Float32Array): Promise<Uint8Array> {
  const peaks = new Float32Array(BARS)
  for (let from = 0; from < samples.length; from += CHUNK) {
    if (from > 0) await breath()
    const to = Math.min(samples.length, from + CHUNK)
    for (let n = from; n < to; n++) {
      const bar = Math.floor((n * BARS) / samples.length)
      const level = Math.abs(samples[n] ?? 0)
      if (level > (peaks[bar] ?? 0)) peaks[bar] = level
    }
  }
  const loudest = Math.max(1e-3, ...peaks)
  return Uint8Array.from(peaks, (peak) => Math.round((255 * peak) / loudest))
}

function breath(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve)
  })
}
