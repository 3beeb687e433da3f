import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { foreignVector, listedFrames, ownVector } from '../../../test/codec/material.ts'
import { frameOf, readHeader } from './container.ts'
import { createFrame, type Frame, parseFrame } from './frame.ts'

// Rows D1, D2 and D5 of the conformance table, and the worked example. The rows need bear16k.au too,
// and two clips of the toy's maker: the bear is in no copy of the project, the maker's clips are
// used where they lie beside the checkout and may not be published.

const CLIPS = ['synth16k', 'exterminate1', 'exterminate2']

type Clip = { au: Uint8Array; frames: Uint8Array }

/** The clip, or a printed reason why the test cannot use it. */
function clipFor(t: TestContext, name: string): Clip | undefined {
  const find = name.startsWith('synth') ? ownVector : foreignVector
  const au = find(`${name}.au`)
  const frames = find(`${name}.frames.json`)
  if (au && frames) return { au, frames }
  t.skip(`${name}.au may not be published and is not beside the checkout`)
  return undefined
}

function parse(bytes: Uint8Array): Frame {
  const frame = createFrame()
  parseFrame(bytes, frame)
  return frame
}

function framesOf(au: Uint8Array): Frame[] {
  return Array.from({ length: readHeader(au).frames }, (_, f) => parse(frameOf(au, f)))
}

for (const name of CLIPS) {
  test(`every field of every frame of ${name}.au (D1)`, (t) => {
    const clip = clipFor(t, name)
    if (!clip) return
    const fields = framesOf(clip.au).map((frame) => ({
      env: frame.envelopeBits,
      rc: frame.choice,
      left: frame.left,
      pw: [...frame.powers],
      cat: [...frame.categories],
    }))
    assert.deepEqual(fields, listedFrames(clip.frames))
  })

  test(`no frame of ${name}.au is damaged or cut off (D2)`, (t) => {
    const clip = clipFor(t, name)
    if (!clip) return
    assert.ok(framesOf(clip.au).every((frame) => !frame.damaged && frame.heard === 14))
  })

  test(`the wrong bit order is noticed in ${name}.au (D5)`, (t) => {
    const clip = clipFor(t, name)
    if (!clip) return
    const frames = framesOf(Uint8Array.from(clip.au, (b, i) => (i < 32 ? b : reversed(b))))
    const undamaged = frames.filter((frame) => !frame.damaged).length
    assert.ok(undamaged <= 0.15 * frames.length, `${undamaged} of ${frames.length}`)
  })
}

function reversed(byte: number): number {
  return Number.parseInt(byte.toString(2).padStart(8, '0').split('').reverse().join(''), 2)
}

test('the worked example, bit by bit', () => {
  const frame = parse(
    Buffer.from(
      '3eff9cb236958e052d1fb22a58e2a52429a4a010046c7e37417a5e598de26094f226882a93cae8ff',
      'hex',
    ),
  )
  assert.equal(frame.damaged, false)
  assert.deepEqual([...frame.powers], [8, 15, 15, 15, 12, 11, 8, 9, 7, 5, 3, 1, -5, -6])
  assert.equal(frame.envelopeBits, 55)
  assert.equal(frame.choice, 13)
  assert.equal(frame.left, 8)
  const levels = [...frame.levels]
  assert.deepEqual(
    levels.slice(0, 20),
    [-1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0],
  )
  assert.deepEqual(
    levels.slice(20, 40),
    [0, 0, 0, 0, 0, 0, 0, 1, -2, 2, 0, -2, 4, -3, 2, 0, -1, 2, -1, 1],
  )
})

test('a frame of another size is damaged', () => {
  assert.ok(parse(new Uint8Array(39)).damaged)
  assert.ok(parse(new Uint8Array(0)).damaged)
})
