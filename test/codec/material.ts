import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readWavAt } from '../../src/client/sound/wav.ts'

/** Sounds, files and measures that the tests of the codec share. */

const top = join(import.meta.dirname, '..', '..')

/** A file of `test/vectors/`: made for the specification, free to publish. */
export function ownVector(name: string): Uint8Array {
  return readFileSync(join(top, 'test', 'vectors', name))
}

/** A file that may not be published and lies, if at all, beside the checkout. */
export function foreignVector(name: string): Uint8Array | undefined {
  const path = join(top, '..', 'shared', 'vectors', name)
  return existsSync(path) ? readFileSync(path) : undefined
}

export function ownSamples(name: string): Int16Array {
  return readWavAt(ownVector(name), 16_000)
}

/** One frame as `*.frames.json` lists it. */
export type ListedFrame = { env: number; rc: number; left: number; pw: number[]; cat: number[] }

export function listedFrames(json: Uint8Array): ListedFrame[] {
  return JSON.parse(new TextDecoder().decode(json)) as ListedFrame[]
}

/** Numbers 0 <= x < 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Two seconds of a formula, in 16-bit units. */
export function sound(formula: (n: number) => number, samples = 32_000): Int16Array {
  return Int16Array.from({ length: samples }, (_, n) => Math.round(formula(n)))
}

export function tone(hertz: number, amplitude: number): Int16Array {
  return sound((n) => amplitude * Math.sin((2 * Math.PI * hertz * n) / 16_000))
}

/** SNR in dB over the samples both have: no gain fitting, no delay. */
export function snr(reference: ArrayLike<number>, heard: ArrayLike<number>): number {
  let signal = 0
  let noise = 0
  for (let i = 0; i < Math.min(reference.length, heard.length); i++) {
    const x = reference[i] ?? 0
    signal += x * x
    noise += (x - (heard[i] ?? 0)) ** 2
  }
  return 10 * Math.log10(signal / noise)
}

/** Pearson's correlation over the samples both have. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = Math.min(a.length, b.length)
  const sums = { a: 0, b: 0, aa: 0, bb: 0, ab: 0 }
  for (let i = 0; i < n; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0]
    sums.a += x
    sums.b += y
    sums.aa += x * x
    sums.bb += y * y
    sums.ab += x * y
  }
  const spread = (sums.aa - sums.a ** 2 / n) * (sums.bb - sums.b ** 2 / n)
  return (sums.ab - (sums.a * sums.b) / n) / Math.sqrt(spread)
}

/** The signals of row E2 of the conformance table that are formulas. */
export function hardSignals(): Record<string, Int16Array> {
  const random = seeded(7)
  const noise = (peak: number) => (): number => (2 * random() - 1) * peak
  return {
    silence: sound(() => 0),
    'full-scale noise': sound(noise(32_767)),
    'noise of 3': sound(noise(3)),
    'full-scale square wave': sound((n) => (n % 73 < 36 ? 32_767 : -32_768)),
    '1 kHz': tone(1_000, 30_000),
    '6.9 kHz': tone(6_900, 30_000),
    sweep: sound((n) => 30_000 * Math.sin((Math.PI * 7_500 * n * n) / 32_000 / 16_000)),
    clicks: sound((n) => (n % 1_999 === 0 ? 32_767 : 0)),
    constant: sound(() => 20_000),
    'noise bursts': sound((n) => (n % 4_000 < 500 ? noise(32_767)() : noise(4)())),
  }
}
