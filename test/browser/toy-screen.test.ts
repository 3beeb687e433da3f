import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { decodeVoice } from '../../src/cli/client/opus.ts'
import type { Client } from '../../src/client/client.ts'
import { step } from '../../src/client/live.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { freshAddress } from '../harness/account.ts'
import { chooseDevice, launchChromium } from '../harness/chromium.ts'
import { halved, recordedAs, wayNamed } from '../harness/paw-recording.ts'
import { startTestServer } from '../harness/server.ts'
import { alignedCorrelation, samplesOf, speak } from '../harness/speech.ts'
import { startVirtualToy, type ServedToy } from '../harness/virtual-toy.ts'
import { complaints } from './accessible.ts'
import { relative } from './childs-side.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

// What else the toy does: it hands over what the paw recorded.

const WORDS = 'Good night grandma. The bear and I love you very much.'
const LEAST_CORRELATION = 0.85

describe('the toy’s screen', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  let page: Page
  let served: ServedToy
  let grandma: Client
  let spoken: Int16Array
  let recording = new Uint8Array()
  let trouble: string[]

  before(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pawpost-paw-'))
    stack.defer(() => rm(folder, { recursive: true }))
    await speak(WORDS, join(folder, 'words.wav'))
    spoken = await samplesOf(join(folder, 'words.wav'))
    recording = Uint8Array.from(recordedAs(wayNamed('ima-4'), halved(spoken)))
    const server = stack.use(await startTestServer())
    const knobs = { microphone: () => recording }
    served = stack.use(await startVirtualToy({ dbus: true, knobs }))
    page = stack.use(await launchChromium({ dbusAddress: served.dbusAddress ?? '' })).page
    trouble = watch(page, server.origin)
    await page.goto(server.origin)
    await people.signUp(page, server, freshAddress())
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
    grandma = await relative(page, server, 'Grandma')
    await page.getByRole('link', { name: 'Toy', exact: true }).click()
    await chooseDevice(page, 'CloudPets')
    await page.getByRole('button', { name: 'Connect the toy' }).click()
    await page.locator('#main').getByText('Connected: CloudPets').waitFor()
  })

  test('what the paw recorded comes over by itself, is heard, and goes to grandma', async () => {
    await page.getByRole('button', { name: 'Fetch the recording' }).click()
    await page.locator('#main').getByText('The paw has recorded nothing yet.').waitFor()
    served.toy.press('record')
    await page.getByText('The child is recording').waitFor()
    served.toy.press('record')
    await page.getByRole('button', { name: 'Play: What the paw recorded' }).waitFor()
    assert.deepEqual(await complaints(page), [])
    await page.getByRole('button', { name: 'Play: What the paw recorded' }).click()
    await page.getByRole('button', { name: 'Pause: What the paw recorded' }).waitFor()
    await page.getByRole('checkbox', { name: 'Grandma' }).check()
    await page.getByRole('button', { name: 'Send it as Mia’s message' }).click()
    await page.locator('#main').getByText('It is sent.').waitFor()
    const message = await herNewest()
    assert.deepEqual([message.from.child?.name, message.kind], ['Mia', 'voice'])
    const { sound: heard, raw } = await sound(grandma, message.message)
    assert.deepEqual(raw?.bytes, recording, 'what the toy recorded is kept as it came')
    const measured = alignedCorrelation(spoken, decodeVoice(heard))
    assert.ok(measured >= LEAST_CORRELATION, `from the paw to grandma: ${measured.toFixed(3)}`)
  })

  test('who hears noise tries another way, and what is thrown away goes to nobody', async () => {
    await page.getByRole('button', { name: 'Fetch the recording' }).click()
    await page.locator('#main').getByText('Way 1 of 6').waitFor()
    await page.getByRole('button', { name: 'It is only noise: try another way' }).click()
    await page.locator('#main').getByText('Way 2 of 6').waitFor()
    await page.getByText('None of them sounds right?').waitFor()
    await page.getByRole('button', { name: 'Throw it away' }).click()
    await page.getByRole('button', { name: 'Fetch the recording' }).waitFor()
    await page.getByRole('link', { name: 'Messages' }).click()
    await page.getByText('Mia to Grandma').waitFor()
    assert.equal(await page.getByText('Mia to Grandma').count(), 1)
    assert.deepEqual(trouble, [])
  })

  /** The newest message that grandma has, as soon as she has one. */
  async function herNewest(): Promise<Awaited<ReturnType<typeof messages>>[number]> {
    for (;;) {
      await step(grandma)
      const [newest] = await messages(grandma)
      if (newest) return newest
      await page.waitForTimeout(200)
    }
  }
})
