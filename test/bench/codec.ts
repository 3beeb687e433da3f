import { decodeClip, encodeClip } from '../../src/toy/g7221/clip.ts'
import { ownSamples } from '../codec/material.ts'

const RUNS = 9

/** Speed of the toy's sound codec on one core, in multiples of real time: the median of nine runs. */
export async function bench(): Promise<{ name: string; value: number; unit: string }[]> {
  const piece = ownSamples('synth16k.wav')
  const samples = new Int16Array(12 * piece.length)
  for (let i = 0; i < 12; i++) samples.set(piece, i * piece.length)
  const seconds = samples.length / 16_000
  const file = encodeClip(samples)
  const unit = 'times real time'
  return [
    { name: 'codec encode', value: speed(seconds, () => encodeClip(samples)), unit },
    { name: 'codec decode', value: speed(seconds, () => decodeClip(file)), unit },
  ]
}

function speed(seconds: number, work: () => unknown): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now()
    work()
    return (performance.now() - start) / 1_000
  })
  const median = times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? NaN
  return Math.round(seconds / median)
}
