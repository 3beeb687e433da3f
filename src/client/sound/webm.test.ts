import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concatBytes } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { readOggOpus } from './ogg.ts'
import { oggOfWebm } from './webm.ts'

/** 20 ms of Opus, as far as a container looks. */
const packet = (fill: number): Uint8Array => Uint8Array.of(0x48, fill, fill, fill)
const PACKETS = [packet(1), packet(2), packet(3)]
const HEAD = Uint8Array.of(
  ...new TextEncoder().encode('OpusHead'),
  1,
  1,
  0x38,
  1,
  ...Array(7).fill(0),
)
const SEGMENT = [0x18, 0x53, 0x80, 0x67]
const CLUSTER = [0x1f, 0x43, 0xb6, 0x75]
/** Eight bytes that say "until its end", and one byte that says the same. */
const ENDLESS = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]

const element = (id: readonly number[], body: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(...id, 0x40 | (body.length >> 8), body.length & 255), body)
const block = (sound: Uint8Array, flags = 0x80): Uint8Array =>
  concatBytes(Uint8Array.of(0x81, 0, 20, flags), sound)

function webm(blocks: readonly Uint8Array[]): Uint8Array {
  const track = element(
    [0xae],
    concatBytes(element([0xd7], Uint8Array.of(1)), element([0x63, 0xa2], HEAD)),
  )
  return concatBytes(
    element([0x1a, 0x45, 0xdf, 0xa3], Uint8Array.of(0x42, 0x86, 0x81, 1)),
    Uint8Array.of(...SEGMENT, ...ENDLESS),
    element([0x16, 0x54, 0xae, 0x6b], track),
    Uint8Array.of(...CLUSTER, 0xff),
    element([0xe7], Uint8Array.of(0)),
    ...blocks,
  )
}

const simple = (sound: Uint8Array): Uint8Array => element([0xa3], block(sound))
const grouped = (sound: Uint8Array): Uint8Array => element([0xa0], element([0xa1], block(sound, 0)))

test('the packets of a WebM file become an Ogg file, each once and in order', () => {
  const [first, second, third] = PACKETS
  assert.ok(first && second && third)
  const ogg = readOggOpus(oggOfWebm(webm([simple(first), grouped(second), simple(third)])))
  assert.deepEqual(ogg, { packets: PACKETS, preSkip: 0x138, granule: 3 * 960 })
})

test('a file that is cut off anywhere is refused or shorter, and never anything else', () => {
  const whole = webm(PACKETS.map(simple))
  for (let length = 0; length < whole.length; length++) {
    try {
      const { packets } = readOggOpus(oggOfWebm(whole.subarray(0, length)))
      assert.deepEqual(packets, PACKETS.slice(0, packets.length))
    } catch (error) {
      assert.ok(error instanceof PawpostError, String(error))
    }
  }
})

test('laced blocks, which no recorder writes, are refused', () => {
  const laced = element([0xa3], block(packet(1), 0x86))
  assert.throws(() => oggOfWebm(webm([laced])), { code: 'sound-unreadable' })
  assert.throws(() => oggOfWebm(webm([])), { code: 'sound-empty' })
})
