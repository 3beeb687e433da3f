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
import { TOY } from '../../src/toy/cloudpets/gatt.ts'
import { ToyState } from '../../src/toy/cloudpets/states.ts'
import { freshAddress } from '../harness/account.ts'
import { chooseDevice, launchChromium } from '../harness/chromium.ts'
import { halved, recordedAs, wayNamed } from '../harness/paw-recording.ts'
import { startTestServer } from '../harness/server.ts'
import { alignedCorrelation, samplesOf, speak } from '../harness/speech.ts'
import { startVirtualToy, type ServedToy } from '../harness/virtual-toy.ts'
import { complaints } from './accessible.ts'
import { approveAll, relative, says } from './childs-side.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

// What else the toy does: it hands over what the paw recorded, and keeps voices in five places.

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

  test('a voice lies where one chooses, and the toy plays it as often as one says', async () => {
    await says(grandma, 1)
    await approveAll(page, 1)
    await page.getByRole('link', { name: 'Toy', exact: true }).click()
    await page.getByRole('radio', { name: '4: played from this phone' }).check()
    await page.getByText('This phone does not know').nth(3).waitFor()
    assert.equal(await page.getByLabel('How often').count(), 0, 'of what length, nobody knows')
    await page.getByRole('button', { name: 'Put it there' }).click()
    await page.locator('#main').getByText('It lies in the toy now.').waitFor()
    assert.deepEqual(await complaints(page), [])
    const { slots, light } = served.toy.view()
    assert.deepEqual(
      slots.map((slot) => (slot?.length ?? 0) > 0),
      [true, false, false, true, false],
    )
    assert.equal(light.mode, 'off', 'the paw has nothing new to tell')
    await page.getByRole('radio', { name: /^4: .* Grandma to Mia, 0:01$/ }).waitFor()
    await page.getByLabel('How often').selectOption('10 times')
    await page.getByRole('button', { name: 'Play it in the toy' }).click()
    await page.getByRole('status').getByText('Playing').waitFor()
    await page.waitForTimeout(2_500)
    assert.equal(served.toy.view().state, ToyState.playing, 'longer than once')
    await page.getByRole('button', { name: 'Stop the toy' }).click()
    await page.getByRole('status').getByText('Ready').waitFor()
    while (ordered().at(-1)?.[0] !== 0x08) await page.waitForTimeout(50)
    assert.deepEqual(ordered().slice(-4), [
      [0x08, 0x01, 4],
      [0x0c, 10, 0],
      [0x0c, 1, 0],
      [0x08, 0x01, 0],
    ])
    await page.reload()
    await chooseDevice(page, 'CloudPets')
    await page.getByRole('button', { name: 'Connect the toy' }).click()
    await page.getByRole('radio', { name: /^4: .* Grandma to Mia, 0:01$/ }).waitFor()
    assert.deepEqual(trouble, [])
  })

  /** What the toy was told to do, each by its first bytes. */
  function ordered(): readonly (readonly number[])[] {
    const commands = served.toy.log.filter(({ characteristic }) => characteristic === TOY.cmd)
    return commands.map(({ bytes }) => [...bytes].slice(0, 3))
  }

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
