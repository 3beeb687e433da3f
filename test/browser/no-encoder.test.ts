import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { readWavAt, writeWav } from '../../src/client/sound/wav.ts'
import { alignedCorrelation, samplesOf, speak } from '../harness/speech.ts'
import { keepSounds, lastSound } from './page.ts'
import { openStudio } from './studio.ts'

const RATE = 16_000
/** Another voice stays below 0.3; a machine with other work costs a little of one's own. */
const SAME_VOICE = 0.7

describe('a phone that cannot encode samples', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-no-encoder-'))
  stack.defer(() => rm(folder, { recursive: true }))
  const spoken = join(folder, 'spoken.wav')
  await speak('Good morning, my little bear. Did you sleep well?', spoken)
  const words = await samplesOf(spoken)
  const hush = new Int16Array(RATE)
  await writeFile(spoken, writeWav(Int16Array.from([...hush, ...words, ...hush, ...hush]), RATE))
  const studio = await openStudio(stack, { microphoneWav: spoken })
  const { page, trouble, button } = studio

  test('what its own recorder makes is repacked, and holds the very words', async () => {
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'AudioEncoder'))
    await studio.open()
    await button('Record').click()
    await studio.recording()
    await page.waitForTimeout(2000 + (words.length * 1000) / RATE)
    await button('Stop').click()
    await studio.preview()
    await keepSounds(page)
    await page.locator('.play button').first().click()
    const heard = readWavAt(await lastSound(page), RATE)
    const match = alignedCorrelation(words, heard)
    assert.ok(match >= SAME_VOICE, String(match))
    assert.deepEqual(trouble, [])
  })

  test('a phone that has no recorder for it either says so before anything is said', async () => {
    await page.addInitScript(() => {
      MediaRecorder.isTypeSupported = () => false
    })
    await page.reload()
    await studio.discard()
    await button('Record').click()
    await page.locator('.recorder .problem').getByText(/./).waitFor()
    assert.equal(await page.locator('.recorder.recording').count(), 0)
  })
})
