import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { readWavAt, writeWav } from '../../src/client/sound/wav.ts'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import { alignedCorrelation, samplesOf, speak } from '../harness/speech.ts'
import { keepSounds, lastSound, watch } from './page.ts'
import * as people from './people.ts'

const RATE = 16_000
const HUSH_MS = 1_500
const SAID = [
  'Good morning, my little bear.',
  'This is not for you at all, somebody is at the door.',
  'And now I go on with the story.',
]
/** Another voice stays below 0.3; a machine with other work costs a little of one's own. */
const SAME_VOICE = 0.7
const OTHER_VOICE = 0.4

describe('pauses in a recording', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-pauses-'))
  stack.defer(() => rm(folder, { recursive: true }))
  const [before, between, behind] = await Promise.all(SAID.map(said))
  const spoken = join(folder, 'spoken.wav')
  const hush = new Int16Array((RATE * HUSH_MS) / 1000)
  assert.ok(before && between && behind)
  const all = [hush, before, hush, between, hush, behind, hush]
  await writeFile(spoken, writeWav(Int16Array.from(all.flatMap((one) => [...one])), RATE))

  test('what is said before and after is one recording, what is said meanwhile is not in it', async () => {
    const server = stack.use(await startTestServer())
    const { page } = stack.use(await launchChromium({ microphoneWav: spoken }))
    const trouble = watch(page, server.origin)
    await page.goto(server.origin)
    await people.signUp(page, server, freshAddress())
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
    await page.goto(`${server.origin}/record/sender/child`)
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    await button('Record').click()
    await page.locator('.recorder.recording').waitFor()
    const started = Date.now()
    const at = (ms: number): Promise<void> => page.waitForTimeout(started + ms - Date.now())
    const pausedAt = 1.5 * HUSH_MS + ms(before)
    const resumedAt = pausedAt + HUSH_MS + ms(between)
    await at(pausedAt)
    await button('Pause').click()
    await at(resumedAt)
    await button('Go on').click()
    await at(resumedAt + HUSH_MS + ms(behind))
    await button('Stop').click()
    await page.getByRole('heading', { name: 'Listen before you send it' }).waitFor()
    await keepSounds(page)
    await page.locator('.play button').first().click()
    const heard = readWavAt(await lastSound(page), RATE)
    const expected = pausedAt + HUSH_MS + ms(behind)
    assert.ok(Math.abs(ms(heard) - expected) < 1000, `${ms(heard)} of ${expected} ms`)
    const cut = heard.length - behind.length - 1.5 * hush.length
    const [first, rest] = [heard.subarray(0, cut), heard.subarray(cut)]
    const found = {
      before: alignedCorrelation(before, first),
      behind: alignedCorrelation(behind, rest),
      between: Math.max(alignedCorrelation(between, first), alignedCorrelation(between, rest)),
    }
    assert.ok(found.before >= SAME_VOICE, JSON.stringify(found))
    assert.ok(found.behind >= SAME_VOICE, JSON.stringify(found))
    assert.ok(found.between <= OTHER_VOICE, JSON.stringify(found))
    assert.deepEqual(trouble, [])
  })

  async function said(words: string, index: number): Promise<Int16Array> {
    const file = join(folder, `${index}.wav`)
    await speak(words, file)
    return samplesOf(file)
  }

  function ms({ length }: Int16Array): number {
    return Math.round((length * 1000) / RATE)
  }
})
