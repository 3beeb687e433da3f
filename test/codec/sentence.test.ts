import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { codec } from '../../src/cli/codec.ts'
import { readWavAt } from '../../src/client/sound/wav.ts'
import { decodeClip, encodeClip } from '../../src/toy/g7221/clip.ts'
import { correlation, snr } from './material.ts'

// Row E4 of the codec's conformance table: a sentence by espeak-ng, brought to 16 kHz by sox.

const SENTENCE =
  'Hello my little bear. Grandma is thinking of you, and she sends you a very big hug. ' +
  'Seven silver swans swam silently seaward.'

const folder = mkdtempSync(join(tmpdir(), 'pawpost-codec-'))
const spoken = join(folder, 'spoken.wav')
const speech = join(folder, 'speech.wav')

function run(program: string, args: string[]): void {
  try {
    execFileSync(program, args, { stdio: 'pipe' })
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!missing) throw error
    throw new Error(`${program} is missing: apt-get install espeak-ng sox`, { cause: error })
  }
}

before(() => {
  run('espeak-ng', ['-v', 'en-gb', '-w', spoken, SENTENCE])
  run('sox', [spoken, '-r', '16000', '-c', '1', '-b', '16', speech])
})

after(() => rmSync(folder, { recursive: true }))

test('a spoken sentence is encoded and decoded (E4)', () => {
  const samples = readWavAt(readFileSync(speech), 16_000)
  assert.ok(samples.length > 100_000)
  const measured = snr(samples, decodeClip(encodeClip(samples)))
  assert.ok(measured >= 14, String(measured))
})

test('our own resampler hands over the same sentence as sox does', () => {
  const ours = readWavAt(readFileSync(spoken), 16_000)
  const theirs = readWavAt(readFileSync(speech), 16_000)
  assert.ok(Math.abs(ours.length - theirs.length) <= 1)
  // sox keeps a little of the band between 7.2 and 8 kHz that we leave out.
  assert.ok(snr(theirs, ours) > 25, String(snr(theirs, ours)))
})

test('the command line does the same with files', async () => {
  const au = join(folder, 'speech.au')
  const heard = join(folder, 'heard.wav')
  await codec(['g7221', 'encode', spoken, au])
  await codec(['g7221', 'decode', au, heard])
  const measured = correlation(
    readWavAt(readFileSync(spoken), 16_000),
    readWavAt(readFileSync(heard), 16_000),
  )
  assert.ok(measured > 0.97, String(measured))
})
