import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { decodeClip, encodeClip } from '../../src/toy/g7221/clip.ts'
import { TOY } from '../../src/toy/cloudpets/gatt.ts'
import { tone } from '../harness/approved-clip.ts'
import { chooseDevice, launchChromium } from '../harness/chromium.ts'
import { servePage } from '../harness/page.ts'
import { startVirtualToy } from '../harness/virtual-toy.ts'

const BUTTONS = ['send', 'fetchRecording', 'lose', 'dawdle']
const body = `${BUTTONS.map((id) => `<button id="${id}">${id}</button>`).join('')}<output></output>`

/** Clicks a button of the page and waits for what it writes down. */
async function press(page: Page, url: string, id: string): Promise<Record<string, unknown>> {
  await page.goto(url)
  await chooseDevice(page, 'CloudPets')
  await page.click(`#${id}`)
  return read(page)
}

async function read(page: Page): Promise<Record<string, unknown>> {
  const output = page.locator('output:not(:empty)')
  const text = await output.textContent({ timeout: 30_000 })
  return JSON.parse(text ?? '{}') as Record<string, unknown>
}

describe('an unmodified Chromium and the toy', async () => {
  const page = await servePage(join(import.meta.dirname, 'toy-page.ts'), body)
  after(() => page[Symbol.asyncDispose]())

  test('a message arrives whole, the heart blinks, and nothing else was written', async () => {
    await using served = await startVirtualToy({ dbus: true })
    await using browser = await launchChromium({ dbusAddress: served.dbusAddress ?? '' })
    const { steps, ...said } = await press(browser.page, page.url, 'send')
    const sent = encodeClip(tone(1))
    assert.deepEqual(said, {
      name: 'CloudPets B 1.0.19',
      character: 'unicorn',
      volume: 128,
      state: 1,
      lit: true,
      size: sent.length,
    })
    assert.ok(Number(steps) >= sent.length / 20)
    const { slots, light } = served.toy.view()
    const slot = slots[1] ?? new Uint8Array()
    assert.deepEqual(slot.subarray(0, sent.length), sent)
    assert.ok(slot.subarray(sent.length).every((byte) => byte === 0x80))
    assert.deepEqual(decodeClip(slot), decodeClip(sent))
    assert.deepEqual(light, { mode: 'blink', period: 500 })
    const written = new Set(served.toy.log.map((one) => one.characteristic))
    assert.deepEqual([...written].sort(), [TOY.cmd, TOY.audioSend, TOY.led])
  })

  test("the paw's recording comes over whole, repeated parts included", async () => {
    const recording = new Uint8Array(32 + 500).fill(0x55)
    await using served = await startVirtualToy({
      dbus: true,
      knobs: { microphone: () => recording },
    })
    await using browser = await launchChromium({ dbusAddress: served.dbusAddress ?? '' })
    served.toy.press('record')
    served.toy.press('record')
    const first = await press(browser.page, page.url, 'fetchRecording')
    assert.deepEqual(first, { bytes: [...recording] })
    const second = await press(browser.page, page.url, 'fetchRecording')
    assert.deepEqual(second, first, 'and a second time over a new connection')
  })

  test('a toy that somebody else was quicker to connect to is busy', async () => {
    await using served = await startVirtualToy({ dbus: true })
    await using browser = await launchChromium({ dbusAddress: served.dbusAddress ?? '' })
    await browser.page.goto(page.url)
    await chooseDevice(browser.page, 'CloudPets')
    await browser.page.click('#dawdle')
    await browser.page.locator('#dawdle[aria-busy]').waitFor()
    served.toy.connect()
    await browser.page.locator('body').dispatchEvent('dblclick')
    assert.deepEqual(await read(browser.page), { code: 'toy-busy', reason: 'NetworkError' })
  })

  test('a connection that breaks in the middle is a message that was not sent', async () => {
    await using served = await startVirtualToy({ dbus: true, knobs: { disconnectAtByte: 777 } })
    await using browser = await launchChromium({ dbusAddress: served.dbusAddress ?? '' })
    assert.deepEqual(await press(browser.page, page.url, 'lose'), {
      first: { code: 'toy-gone' },
      second: { code: 'toy-gone' },
      gone: 1,
    })
    assert.equal(served.toy.view().slots[1], undefined)
  })
})
