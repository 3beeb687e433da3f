import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { readWavAt, writeWav } from '../../src/client/sound/wav.ts'
import { correlation } from '../codec/material.ts'

const RATE = 16_000
/** What a person waits, after the tap, before the first word. */
const BREATH_MS = 1_500
/** How far two recordings of the same words may be apart: half a second more than that. */
const REACH = (RATE * (BREATH_MS + 500)) / 1000
/** Every how many samples the coarse search looks. */
const COARSE = 8

/** Lets espeak-ng say something into a WAV file (22.05 kHz, 16 bit, mono). */
export async function speak(words: string, file: string, voice = 'en-gb'): Promise<void> {
  await promisify(execFile)('espeak-ng', ['-v', voice, '-w', file, words])
}

/**
 * The same words as a microphone hears them that opens before anybody speaks: with a breath of
 * silence first, so that a browser that is slow to start loses silence, and no word.
 */
export async function afterABreath(spoken: string, file: string): Promise<void> {
  const samples = await samplesOf(spoken)
  const heard = new Int16Array((RATE * BREATH_MS) / 1000 + samples.length)
  heard.set(samples, heard.length - samples.length)
  await writeFile(file, writeWav(heard, RATE))
}

/** The samples of a WAV file at 16 kHz. */
export async function samplesOf(file: string): Promise<Int16Array> {
  return readWavAt(await readFile(file), RATE)
}

/**
 * Pearson's correlation of what was said and what was heard, at the delay where it is largest: -1
 * to 1. Found by cross-correlation, first with every eighth sample, then around the best exactly.
 */
export function alignedCorrelation(said: Int16Array, heard: Int16Array): number {
  const coarse = bestLag(said, heard, { from: -REACH, to: REACH, step: 2, every: COARSE })
  const lag = bestLag(said, heard, { from: coarse - 2, to: coarse + 2, step: 1, every: 1 })
  const [a, b] = shifted(said, heard, lag)
  return correlation(a, b)
}

type Search = {
  readonly from: number
  readonly to: number
  readonly step: number
  readonly every: number
}

/** The delay of `heard` at which the sum of products is largest. */
function bestLag(said: Int16Array, heard: Int16Array, search: Search): number {
  let best = { lag: 0, sum: -Infinity }
  for (let lag = search.from; lag <= search.to; lag += search.step) {
    const sum = products(said, heard, lag, search.every)
    if (sum > best.sum) best = { lag, sum }
  }
  return best.lag
}

function products(said: Int16Array, heard: Int16Array, lag: number, every: number): number {
  const [a, b] = shifted(said, heard, lag)
  let sum = 0
  for (let i = 0; i < Math.min(a.length, b.length); i += every) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

function shifted(said: Int16Array, heard: Int16Array, lag: number): [Int16Array, Int16Array] {
  return [said.subarray(Math.max(0, -lag)), heard.subarray(Math.max(0, lag))]
}
