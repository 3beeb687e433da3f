/**
 * Change of sample rate by a sinc under a Kaiser window: stop band 80 dB down from half of the lower
 * rate on, pass band flat to 0.89 of that (7.1 kHz for a target of 16 kHz).
 */
const CROSSINGS = 48
const KAISER_BETA = 7.857
const CUTOFF = 0.948
/** Points of the kernel per sample of the lower rate; between them it is interpolated. */
const RESOLUTION = 512
const KERNEL = kernel()

/** Resamples `samples` from one rate to another (Hz); silence is assumed before and after. */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples
  const scale = Math.min(1, to / from)
  const output = new Float32Array(Math.round((samples.length * to) / from))
  for (let i = 0; i < output.length; i++) output[i] = valueAt(samples, (i * from) / to, scale)
  return output
}

function valueAt(samples: Float32Array, time: number, scale: number): number {
  const reach = CROSSINGS / scale
  const last = Math.min(samples.length - 1, Math.floor(time + reach))
  let sum = 0
  for (let n = Math.max(0, Math.ceil(time - reach)); n <= last; n++) {
    const place = Math.abs(n - time) * scale * RESOLUTION
    const point = Math.trunc(place)
    const value = KERNEL[point] ?? 0
    const slope = (KERNEL[point + 1] ?? 0) - value
    sum += (samples[n] ?? 0) * (value + (place - point) * slope)
  }
  return sum * scale
}

/** One half of the kernel; the other mirrors it. */
function kernel(): Float64Array {
  return Float64Array.from({ length: CROSSINGS * RESOLUTION + 2 }, (_, i) => {
    const x = i / RESOLUTION
    const edge = Math.max(0, 1 - (x / CROSSINGS) ** 2)
    const window = bessel(KAISER_BETA * Math.sqrt(edge)) / bessel(KAISER_BETA)
    return CUTOFF * sinc(CUTOFF * x) * window
  })
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function bessel(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}
