import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress } from '../harness/account.ts'
import { launchChromium, type Chromium } from '../harness/chromium.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

const PREVIEW = 'Listen before you send it'

describe('the record button', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const profile = await mkdtemp(join(tmpdir(), 'pawpost-recorder-'))
  stack.defer(() => rm(profile, { recursive: true }))
  let server: TestServer
  let browser: Chromium
  let page: Page
  let trouble: string[]

  before(async () => {
    server = stack.use(await startTestServer())
    browser = stack.use(await launchChromium({ userDataDir: profile }))
    page = browser.page
    trouble = watch(page, server.origin)
    await page.goto(server.origin)
    await people.signUp(page, server, freshAddress())
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  })

  beforeEach(async () => {
    await page.goto(`${server.origin}/record/sender/child`)
    await button('Record').waitFor()
  })

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const recording = () => page.locator('.recorder.recording').waitFor()
  const preview = () => page.getByRole('heading', { name: PREVIEW }).waitFor()
  const said = (words: string) => page.locator('.note').getByText(words).waitFor()
  const nothingKept = async (): Promise<void> => {
    await page.reload()
    await button('Record').waitFor()
    assert.equal(await page.getByRole('heading', { name: PREVIEW }).count(), 0)
  }

  /** Presses the button's middle and keeps the finger there. */
  async function press(): Promise<{ x: number; y: number }> {
    const box = await button('Record').boundingBox()
    assert.ok(box)
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    await page.mouse.move(middle.x, middle.y)
    await page.mouse.down()
    await recording()
    return middle
  }

  async function discard(): Promise<void> {
    await button('Delete').click()
    await button('Delete it').click()
    await button('Record').waitFor()
  }

  test('held, it records until it is let go', async () => {
    await press()
    await page.waitForTimeout(900)
    await page.mouse.up()
    await preview()
    await discard()
    await nothingKept()
  })

  test('slid to the left, it throws away', async () => {
    const { x, y } = await press()
    await page.waitForTimeout(600)
    await page.mouse.move(x - 60, y, { steps: 3 })
    await page.getByText('Slide left to throw away').waitFor()
    await page.mouse.move(x - 120, y, { steps: 3 })
    await said('Thrown away.')
    await page.mouse.up()
    await nothingKept()
  })

  test('slid upwards, it goes on without the finger, until the next tap', async () => {
    const { x, y } = await press()
    await page.mouse.move(x, y - 120, { steps: 3 })
    await page.mouse.up()
    await page.waitForTimeout(600)
    await recording()
    await button('Stop').click()
    await preview()
    await discard()
  })

  test('too short a recording sends nothing and says so', async () => {
    await button('Record').focus()
    await page.keyboard.press('Enter')
    await recording()
    await page.keyboard.press('Enter')
    await said('That was too short.')
    await nothingKept()
  })

  test('Space starts and stops; Escape throws away', async () => {
    await button('Record').focus()
    await page.keyboard.press('Space')
    await recording()
    await page.waitForTimeout(600)
    await page.keyboard.press('Escape')
    await said('Thrown away.')
    await page.keyboard.press('Space')
    await recording()
    await page.waitForTimeout(600)
    await page.keyboard.press('Space')
    await preview()
    await discard()
  })

  test('a stopped recording outlives the window, is offered again, and goes out once', async () => {
    await people.recordByTaps(page, 900)
    await page.goto('about:blank')
    await page.goto(server.origin)
    await page.getByText('A recording for Mia is not sent yet.').waitFor()
    await page.getByRole('link', { name: 'Look' }).click()
    await preview()
    await people.send(page)
    await page.getByText('You to Mia').waitFor()
    assert.equal(await page.getByText('You to Mia').count(), 1)
    await nothingKeptAtHome()
  })

  async function nothingKeptAtHome(): Promise<void> {
    await page.reload()
    await page.getByText('You to Mia').waitFor()
    assert.equal(await page.getByText('is not sent yet').count(), 0)
  }

  test('leaving the screen stops the recording and keeps it', async () => {
    await button('Record').click()
    await recording()
    await page.waitForTimeout(700)
    await page.getByRole('link', { name: 'Messages' }).click()
    await page.getByText('A recording for Mia is not sent yet.').waitFor()
    await page.getByRole('link', { name: 'Look' }).click()
    await discard()
  })

  test('recording again keeps the old one until the new one is stopped', async () => {
    await people.recordByTaps(page, 600)
    await button('Record again').click()
    await recording()
    await page.keyboard.press('Escape')
    await preview()
    await discard()
  })

  test('for the toy it ends by itself at 39 seconds, after a warning', async () => {
    await button('Record').click()
    await recording()
    await page.getByText('0:28 / 0:39').waitFor({ timeout: 40_000 })
    assert.equal(await page.locator('.warning-seconds').textContent(), '')
    await page.locator('.warning-seconds').getByText('10 seconds left').waitFor()
    await page.locator('#announcer').getByText('10 seconds left').waitFor()
    await preview()
    await page.getByText('The time is up. Your recording is kept.').first().waitFor()
    await page.locator('.play').getByText('0:39').waitFor()
    await discard()
  })

  test('the microphone is off when nothing is recorded', async () => {
    await page.evaluate(() => {
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await open(wanted)
        Object.assign(globalThis, { microphone: stream.getTracks()[0] })
        return stream
      }
    })
    await button('Record').click()
    await recording()
    await page.keyboard.press('Escape')
    await said('Thrown away.')
    const state = await page.evaluate(
      () => (globalThis as { microphone?: MediaStreamTrack }).microphone?.readyState,
    )
    assert.equal(state, 'ended')
  })

  test('nothing went wrong meanwhile', () => {
    assert.deepEqual(trouble, [])
  })
})
