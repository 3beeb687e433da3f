import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { oggDuration, packetSamples, readOggOpus, writeOggOpus } from './ogg.ts'
import { nextPage, writePage } from './ogg-page.ts'

/** A packet of one SILK frame of 20 ms, wideband (table of contents 9 << 3). */
function packet(size: number, fill = 7): Uint8Array {
  const bytes = new Uint8Array(size).fill(fill)
  bytes[0] = 9 << 3
  return bytes
}

const refusal = (reason: string) => ({ code: 'sound-unreadable', reason })

const PRE_SKIP = 312

function file(sizes: readonly number[], granule = sizes.length * 960): Uint8Array {
  return writeOggOpus({ packets: sizes.map((size) => packet(size)), preSkip: PRE_SKIP, granule })
}

test('what is written reads back, whatever the sizes of the packets', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 1300 }), { minLength: 1, maxLength: 300 })
  fc.assert(
    fc.property(sizes, (sizes) => {
      const packets = sizes.map((size, index) => packet(size, index))
      const granule = sizes.length * 960 - 5
      const read = readOggOpus(writeOggOpus({ packets, preSkip: PRE_SKIP, granule }))
      assert.deepEqual(read, { packets, preSkip: PRE_SKIP, granule })
    }),
    { numRuns: 50 },
  )
})

test('the file of one packet is the RFC byte for byte', () => {
  const bytes = Buffer.from(file([3]))
  const head = '4f676753000200000000000000000100000000000000'
  assert.equal(bytes.subarray(0, 22).toString('hex'), head)
  assert.equal(bytes.subarray(26, 28).toString('hex'), '0113')
  const identification = '4f7075734865616401013801803e0000000000'
  assert.equal(bytes.subarray(28, 47).toString('hex'), identification)
  const sound = bytes.subarray(bytes.lastIndexOf('OggS'))
  assert.equal(sound.subarray(4, 14).toString('hex'), '0004c003000000000000')
  assert.equal(sound.subarray(26).toString('hex'), '0103480707')
})

test('the checksum is the one of RFC 3533', () => {
  // A page as libogg writes it: stream 1, nothing on it, first and last.
  const empty = { packets: [], flags: 6, granule: 0, serial: 1, sequence: 0 }
  const page = writePage(empty)
  assert.equal(Buffer.from(page).readUInt32LE(22), bitwiseCrc(page))
})

/** The checksum as RFC 3533 words it: bit by bit, with its own field set to zero. */
function bitwiseCrc(page: Uint8Array): number {
  let value = 0n
  page.forEach((byte, at) => {
    value ^= BigInt(at >= 22 && at < 26 ? 0 : byte) << 24n
    for (let bit = 0; bit < 8; bit++) {
      value <<= 1n
      if (value >> 32n) value ^= 0x104c11db7n
    }
  })
  return Number(value)
}

test('a second of sound lies on each page', () => {
  const bytes = file(Array.from({ length: 120 }, () => 40))
  const granules: number[] = []
  for (let at = 0; at < bytes.length;) {
    const page = nextPage(bytes, at)
    granules.push(page.granule)
    at = page.next
  }
  assert.deepEqual(granules, [0, 0, 48_000, 96_000, 115_200])
})

test('packets that other writers split over pages are put together', () => {
  const whole = file([700])
  const start = Buffer.from(whole).lastIndexOf('OggS')
  const sound = packet(700)
  const parts = [sound.subarray(0, 510), sound.subarray(510)]
  const split = parts.map((part, index) => {
    const last = index === 1
    const flags = last ? 5 : 0
    const granule = last ? 960 : -1
    const page = { packets: [part], flags, granule, serial: 1, sequence: 2 + index }
    return last ? writePage(page) : unfinished(writePage(page))
  })
  const read = readOggOpus(Buffer.concat([whole.subarray(0, start), ...split]))
  assert.deepEqual(read, { packets: [sound], preSkip: PRE_SKIP, granule: 960 })
})

/** Takes the last lacing value (0) away: the page's packet goes on on the next page. */
function unfinished(page: Uint8Array): Uint8Array {
  const count = page[26] ?? 0
  const shorter = Buffer.concat([page.subarray(0, 26 + count), page.subarray(27 + count)])
  shorter[26] = count - 1
  shorter.writeUInt32LE(bitwiseCrc(shorter), 22)
  return shorter
}

test('the duration leaves out what players drop', () => {
  assert.equal(oggDuration({ packets: [], preSkip: 312, granule: 312 + 24_000 }), 500)
})

test('a packet says how long it is', () => {
  const samples = (toc: number, ...rest: number[]): number =>
    packetSamples(Uint8Array.of(toc, ...rest))
  assert.equal(samples(9 << 3), 960)
  assert.equal(samples((11 << 3) | 1), 5760)
  assert.equal(samples(14 << 3), 480)
  assert.equal(samples((31 << 3) | 3, 6), 5760)
  assert.equal(samples(16 << 3), 120)
  assert.throws(() => samples(3), refusal('packet-short'))
  assert.throws(() => packetSamples(new Uint8Array()), refusal('packet-empty'))
})

test('a position outside of the sound is not written', () => {
  for (const granule of [0, PRE_SKIP, 961]) {
    assert.throws(() => file([40], granule), refusal('granule'))
  }
  assert.throws(() => file([]), { code: 'sound-empty' })
  assert.throws(() => file([70_000]), refusal('packet-large'))
})

test('damage anywhere is noticed', () => {
  const bytes = file([40, 41, 42])
  for (let at = 0; at < bytes.length; at++) {
    const damaged = bytes.slice()
    damaged[at] = (damaged[at] ?? 0) ^ 0x10
    assert.throws(() => readOggOpus(damaged), { code: 'sound-unreadable' }, `byte ${at}`)
  }
})

test('a file that was cut off anywhere is not taken for a whole one', () => {
  const bytes = file(Array.from({ length: 60 }, () => 40))
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(() => readOggOpus(bytes.subarray(0, length)), { code: 'sound-unreadable' })
  }
})

test('pages in the wrong order, other codecs and stereo are refused', () => {
  const bytes = file(Array.from({ length: 120 }, () => 40))
  const pages: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const { next } = nextPage(bytes, at)
    pages.push(bytes.subarray(at, next))
    at = next
  }
  const [head, tags, one, two, three] = pages as [Uint8Array, ...Uint8Array[]] & Uint8Array[]
  const order = (...some: (Uint8Array | undefined)[]): Uint8Array =>
    Buffer.concat(some.filter((page) => page !== undefined))
  assert.throws(() => readOggOpus(order(head, tags, two, one, three)), refusal('page-order'))
  assert.throws(() => readOggOpus(order(head, one, two, three)), refusal('page-order'))
  assert.throws(() => readOggOpus(headed('OpusHead', 2, bytes)), refusal('not-mono'))
  assert.throws(() => readOggOpus(headed('OpusBody', 1, bytes)), refusal('not-opus'))
})

/** The file with another identification header. */
function headed(word: string, channels: number, bytes: Uint8Array): Uint8Array {
  const { next } = nextPage(bytes, 0)
  const head = Buffer.concat([Buffer.from(word), Buffer.from([1, channels]), Buffer.alloc(9)])
  const page = { packets: [head], flags: 2, granule: 0, serial: 1, sequence: 0 }
  return Buffer.concat([writePage(page), bytes.subarray(next)])
}
