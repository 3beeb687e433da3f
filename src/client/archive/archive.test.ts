import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { unzipSync, zipSync } from 'fflate'
import { newArchiveLock } from '../../keys/archive.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { archiveTexts } from './archive-texts.ts'
import { stampOf, voiceId, type Archive, type ArchivedVoice } from './format.ts'
import { readPage } from './read-page.ts'
import { readZip } from './read-zip.ts'
import { writePage } from './write-page.ts'
import { LIMITS, writeZip } from './write-zip.ts'

const AT = Date.UTC(2026, 10, 23, 7, 15)

function voice(more: Partial<ArchivedVoice> = {}): ArchivedVoice {
  return {
    from: 'Grandma',
    child: false,
    to: 'Mia',
    at: AT,
    durationMs: 4200,
    state: 'played',
    codec: 'opus/ogg',
    sound: Uint8Array.from(randomBytes(500)),
    ...more,
  }
}

const VOICES = [
  voice(),
  voice({ from: 'Mia', child: true, to: 'Grandma', at: AT - 60_000 }),
  voice({ from: '</script><script>alert(1)</script>', to: `"'&<b>`, at: AT - 90_000_000 }),
  voice({ from: '', to: '', state: 'of another day', sound: new Uint8Array([0]) }),
]

function archiveOf(voices: readonly ArchivedVoice[]): Archive {
  async function* each(): AsyncGenerator<ArchivedVoice> {
    yield* voices
  }
  const about = { family: 'Mia', at: AT, zone: 'Europe/Berlin' }
  return { about, count: voices.length, voices: each }
}

async function all<T>(from: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const one of from) found.push(one)
  return found
}

async function pageOf(voices: readonly ArchivedVoice[]): Promise<Buffer> {
  return Buffer.concat(await all(writePage(archiveOf(voices), archiveTexts)))
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

function sourceOf(bytes: Uint8Array) {
  return { size: bytes.length, read: async (from: number, to: number) => bytes.slice(from, to) }
}

function plain(voices: readonly ArchivedVoice[]): unknown {
  return voices.map((one) => ({ ...one, sound: Buffer.from(one.sound).toString('hex') }))
}

function refused(code: string): (error: unknown) => boolean {
  return (error) => error instanceof PawpostError && error.code === code
}

describe('the page', () => {
  for (const size of [1, 1000, 1 << 20]) {
    test(`is read as it was written, ${size} bytes at a time`, async () => {
      const page = await pageOf(VOICES)
      assert.deepEqual(plain(await all(readPage(inPieces(page, size)))), plain(VOICES))
    })
  }

  test('has no name of anybody as a tag, and one script that may run', async () => {
    const page = (await pageOf(VOICES)).toString()
    assert.doesNotMatch(page, /alert\(1\)<\/script>/)
    assert.equal([...page.matchAll(/<script>/g)].length, 1)
    assert.doesNotMatch(page, /https?:|src=|href=|import\(/)
    assert.match(page, /default-src 'none'; script-src 'sha256-[\w+/=]{44}'; style-src 'sha256-/)
  })

  test('says nothing else: no file of another kind is read', async () => {
    for (const text of ['', 'hello', '<!doctype html><title>x</title>', 'x'.repeat(100_000)]) {
      await assert.rejects(
        all(readPage(inPieces(Buffer.from(text), 999))),
        refused('archive-unreadable'),
      )
    }
  })

  test('cut off, or with a voice that is no voice, it is refused', async () => {
    const page = await pageOf(VOICES)
    const at = page.lastIndexOf('<script type="application/vnd')
    await assert.rejects(
      all(readPage(inPieces(page.subarray(0, at + 200), 99))),
      refused('archive-unreadable'),
    )
    const text = page.toString()
    for (const [from, to] of [
      ['"durationMs":4200', '"durationMs":-1'],
      ['"sound":"', '"sound":"?'],
      ['"codec":"opus/ogg"', '"codec":"x"'],
    ] as const) {
      const wrong = Buffer.from(text.replace(from, to))
      assert.notEqual(wrong.toString(), text)
      await assert.rejects(all(readPage(inPieces(wrong, 4096))), refused('archive-unreadable'))
    }
    const endless = Buffer.from(`${text.slice(0, at + 60)}${'A'.repeat(3_000_000)}`)
    await assert.rejects(all(readPage(inPieces(endless, 4096))), refused('archive-unreadable'))
  })

  test('what comes after a voice that was read does not take it back', async () => {
    const page = await pageOf(VOICES)
    const reader = readPage(inPieces(page, 64))
    const first = await reader.next()
    assert.equal(first.done, false)
    await reader.return(undefined)
  })
})

describe('the locked file', async () => {
  const lock = await newArchiveLock()
  const zip = Buffer.concat(await all(writeZip(archiveOf(VOICES), archiveTexts, lock)))

  test('is read as it was written', async () => {
    assert.deepEqual(plain(await all(readZip(sourceOf(zip), lock))), plain(VOICES))
  })

  test('names nobody outside of its file names, and does not open by itself', async () => {
    assert.equal(zip.includes(lock.identity), false)
    assert.equal(zip.includes(Buffer.from(VOICES[0]?.sound ?? [1])), false)
    assert.deepEqual(Object.keys(unzipSync(zip)), [
      'README.txt',
      'voices/2026-11-23 0815 Grandma to Mia.ogg.age',
      'voices/2026-11-23 0814 Mia to Grandma.ogg.age',
      "voices/2026-11-22 0715 script script alert(1) script to ' b.ogg.age",
      'voices/2026-11-23 0815 Somebody.ogg.age',
      'index.json.age',
    ])
  })

  test('packed anew by somebody, it still opens', async () => {
    const again = zipSync(unzipSync(zip), { level: 6 })
    assert.deepEqual(plain(await all(readZip(sourceOf(again), lock))), plain(VOICES))
  })

  test('another line does not open it; a line with a slip is told so', async () => {
    const other = await newArchiveLock()
    for (const identity of [other.identity, '', `${lock.identity}Q`, other.recipient]) {
      await assert.rejects(all(readZip(sourceOf(zip), { identity })), refused('archive-locked'))
    }
    const typed = ` ${lock.identity.toLowerCase()}\n`
    assert.equal((await all(readZip(sourceOf(zip), { identity: typed }))).length, VOICES.length)
  })

  test('cut off, or with a file that is too large, it is refused', async () => {
    for (const end of [0, 10, 500, zip.length - 1, zip.length - 30]) {
      const cut = zip.subarray(0, end)
      await assert.rejects(all(readZip(sourceOf(cut), lock)), refused('archive-unreadable'))
    }
    const bomb = zipSync({ 'index.json.age': new Uint8Array(70 * 1024 * 1024) }, { level: 1 })
    await assert.rejects(all(readZip(sourceOf(bomb), lock)), refused('archive-unreadable'))
  })

  test('a size that lies is not believed', async () => {
    const packed = deflateRawSync(Buffer.alloc(5_000_000))
    const small = Buffer.from(
      zipSync({ 'index.json.age': new Uint8Array(packed.length) }, { level: 0 }),
    )
    const directory = small.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    const local = small.indexOf(Buffer.from(new Uint8Array(packed.length)))
    packed.copy(small, local)
    small.writeUInt16LE(8, directory + 10)
    small.writeUInt32LE(100, directory + 24)
    await assert.rejects(all(readZip(sourceOf(small), lock)), refused('archive-unreadable'))
  })
})

test('more than a ZIP file can hold is refused before anything is written', async () => {
  const lock = await newArchiveLock()
  const many = { ...archiveOf([]), count: LIMITS.files + 1 }
  await assert.rejects(all(writeZip(many, archiveTexts, lock)), refused('archive-too-large'))
})

test('no more than one voice is ahead of what was written, however many there are', async () => {
  const lock = await newArchiveLock()
  const sound = Uint8Array.from(randomBytes(10_000))
  let asked = 0
  async function* many(): AsyncGenerator<ArchivedVoice> {
    for (; asked < 50;) {
      asked += 1
      yield voice({ sound, at: AT - asked })
    }
  }
  const about = { family: '', at: AT, zone: 'UTC' }
  for (const write of [
    () => writePage({ about, count: 50, voices: many }, archiveTexts),
    () => writeZip({ about, count: 50, voices: many }, archiveTexts, lock),
  ]) {
    asked = 0
    let written = 0
    for await (const piece of write()) {
      assert.ok(asked * sound.length <= written + 2 * sound.length, `${asked}, ${written}`)
      written += piece.length
    }
    assert.equal(asked, 50)
  }
})

test('two voices are the same when they say the same, then, by the same', () => {
  const one = voice()
  assert.equal(voiceId(one), voiceId({ ...one }))
  assert.notEqual(voiceId(one), voiceId({ ...one, at: AT + 1 }))
  assert.notEqual(voiceId(one), voiceId({ ...one, from: 'Grandpa' }))
  assert.notEqual(voiceId(one), voiceId({ ...one, sound: new Uint8Array([1]) }))
})

test('times stand in the zone of the family', () => {
  assert.equal(stampOf(Date.UTC(2026, 0, 1, 0, 5), 'UTC'), '2026-01-01 0005')
  assert.equal(stampOf(Date.UTC(2025, 11, 31, 23, 5), 'Asia/Tokyo'), '2026-01-01 0805')
})
