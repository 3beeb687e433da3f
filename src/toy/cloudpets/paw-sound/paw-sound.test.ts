import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { halved, recordedAs, wayNamed } from '../../../../test/harness/paw-recording.ts'
import { alignedCorrelation, samplesOf, speak } from '../../../../test/harness/speech.ts'
import { ADPCMS, decodeAdpcm } from './adpcm.ts'
import { hearings } from './paw-sound.ts'

let folder: string
let spoken: Int16Array
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-paw-'))
  await speak('Good night grandma. The bear and I love you very much.', join(folder, 'a.wav'))
  spoken = halved(await samplesOf(join(folder, 'a.wav')))
})
after(() => rm(folder, { recursive: true }))

for (const way of ADPCMS) {
  test(`a voice that was written as ${way.name} is among the first two that are offered`, () => {
    const offered = hearings(recordedAs(way, spoken))
    assert.equal(offered.length, ADPCMS.length)
    const place = offered.findIndex(({ name }) => name === way.name)
    // Two ways of two bits differ by so little that only an ear decides.
    assert.ok(place <= (way.bits === 4 ? 0 : 1), `in place ${place}`)
    const heard = offered[place]?.samples ?? new Int16Array()
    assert.ok(alignedCorrelation(spoken, heard) > (way.bits === 4 ? 0.98 : 0.85))
  })
}

test('steps and signs are those of the published decoders', () => {
  // By hand, from the tables of IMA's recommendation: steps of 7, 16, 34 and 73.
  const ima = decodeAdpcm(wayNamed('ima-4'), Uint8Array.of(0x77, 0x0f))
  assert.deepEqual([...ima], [11, 41, -22, -13])
  // Microsoft's: 7 times 16; the step grows to 38, from which 1 is taken; it shrinks to 34.
  const microsoft = decodeAdpcm(wayNamed('ms-4'), Uint8Array.of(0x7f, 0x10))
  assert.deepEqual([...microsoft], [112, 74, 108, 108])
})

test('a recording of nothing is heard in no way, and any bytes in all', () => {
  assert.deepEqual(hearings(new Uint8Array(32)), [])
  const noise = Uint8Array.from({ length: 500 }, (_, at) => (at * 7919) % 251)
  for (const { samples } of hearings(noise)) assert.ok(samples.length >= 2 * (500 - 32))
})
