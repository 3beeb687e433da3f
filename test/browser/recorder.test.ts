import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress } from '../harness/account.ts'
import { launchChromium, type Chromium } from '../harness/chromium.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
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

  /** From now on the page knows the microphone's track. */
  async function keepMicrophone(): Promise<void> {
    await page.evaluate(() => {
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await open(wanted)
        Object.assign(globalThis, { microphone: stream.getTracks()[0] })
        return stream
      }
    })
  }

  async function onMicrophone<T>(work: (track: MediaStreamTrack) => T): Promise<T> {
    const track = await page.evaluateHandle(() => {
      const { microphone } = globalThis as { microphone?: MediaStreamTrack }
      if (!microphone) throw new Error('no microphone was opened')
      return microphone
    })
    return (await track.evaluate(work)) as T
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
    await page.getByText('Slide to the bin to throw away').waitFor()
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

  test('read from the right, the bin is on the right', async () => {
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
    const { x, y } = await press()
    await page.waitForTimeout(600)
    await page.mouse.move(x - 120, y, { steps: 3 })
    await recording()
    const bin = await page.locator('.record-goal.bin').boundingBox()
    assert.ok(bin && bin.x > x)
    await page.mouse.move(x + 120, y, { steps: 3 })
    await said('Thrown away.')
    await page.mouse.up()
    await nothingKept()
  })

  test('everything works by the keyboard: record, pause, go on, throw away, and stop', async () => {
    await button('Record').focus()
    await page.keyboard.press('Enter')
    await recording()
    await page.waitForTimeout(500)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('.recorder.paused').waitFor()
    await page.locator('#announcer').getByText('Nothing is heard now.').waitFor()
    await page.keyboard.press('Enter')
    await recording()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await said('Thrown away.')
    await button('Record').focus()
    await page.keyboard.press('Space')
    await recording()
    await page.waitForTimeout(500)
    await page.keyboard.press('Space')
    await preview()
    const focused = await page.evaluate(() => document.activeElement?.textContent)
    assert.equal(focused, PREVIEW)
    await discard()
  })

  test('while it is paused the clock stands still, and it can be stopped', async () => {
    await button('Record').click()
    await recording()
    await page.waitForTimeout(1200)
    await button('Pause').click()
    const clock = page.locator('.clock')
    const before = await clock.textContent()
    await page.waitForTimeout(1500)
    assert.equal(await clock.textContent(), before)
    assert.match(before ?? '', /^0:0[1-9] /)
    await button('Done').click()
    await preview()
    const length = (await page.locator('.play .length').textContent()) ?? ''
    assert.ok(before?.startsWith(length), `${before} became ${length}`)
    await discard()
  })

  test('a call that takes the microphone pauses; what was said is kept', async () => {
    await keepMicrophone()
    await button('Record').click()
    await recording()
    await page.waitForTimeout(700)
    await onMicrophone((track) => track.dispatchEvent(new Event('mute')))
    await said('Something else needs the microphone.')
    await button('Go on').click()
    await recording()
    await onMicrophone((track) => track.dispatchEvent(new Event('ended')))
    await preview()
    await page.getByText('The microphone was taken away').first().waitFor()
    await discard()
  })

  test('a hidden window stops the recording, keeps it and says so', async () => {
    await button('Record').click()
    await recording()
    await page.waitForTimeout(700)
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, value: true })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await preview()
    await page.getByText('You left this page').first().waitFor()
    await page.reload()
    await preview()
    await discard()
  })

  test('the screen stays on while it records, and no longer', async () => {
    await page.evaluate(() => {
      const locks: string[] = []
      Object.assign(globalThis, { locks })
      navigator.wakeLock.request = () => {
        locks.push('on')
        const release = () => Promise.resolve(void locks.push('off'))
        return Promise.resolve({ release } as WakeLockSentinel)
      }
    })
    const locks = () => page.evaluate(() => (globalThis as { locks?: string[] }).locks)
    await button('Record').click()
    await recording()
    await page.waitForTimeout(500)
    assert.deepEqual(await locks(), ['on'])
    await page.keyboard.press('Escape')
    await said('Thrown away.')
    assert.deepEqual(await locks(), ['on', 'off'])
  })

  test('nobody is stopped by this screen', async () => {
    assert.deepEqual(await complaints(page), [])
    await button('Record').click()
    await recording()
    assert.deepEqual(await complaints(page), [])
    await button('Pause').click()
    assert.deepEqual(await complaints(page), [])
    await button('Done').click()
    await preview()
    await page.getByRole('button', { name: /^Play/ }).click()
    await page.locator('.wave-slider').waitFor()
    assert.deepEqual(await complaints(page), [])
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
    await keepMicrophone()
    await button('Record').click()
    await recording()
    await page.keyboard.press('Escape')
    await said('Thrown away.')
    const state = await onMicrophone((track) => track.readyState)
    assert.equal(state, 'ended')
  })

  test('nothing went wrong meanwhile', () => {
    assert.deepEqual(trouble, [])
  })
})
