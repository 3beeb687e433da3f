import assert from 'node:assert/strict'
import { after, beforeEach, describe, test } from 'node:test'
import { complaints } from './accessible.ts'
import { openStudio, PREVIEW } from './studio.ts'

describe('the record button', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const studio = await openStudio(stack)
  const { page, trouble, button, recording, aSecond, preview, said, discard, nothingKept } = studio

  beforeEach(studio.open)

  const scaleOf = (selector: string) =>
    page.locator(selector).evaluate((element) => getComputedStyle(element).scale)

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

  test('held, it records until it is let go', async () => {
    await press()
    await aSecond()
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
    await aSecond()
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
    assert.equal(await scaleOf('.meter .bars'), '-1 1')
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
    await aSecond()
    await page.keyboard.press('Space')
    await preview()
    const focused = await page.evaluate(() => document.activeElement?.textContent)
    assert.equal(focused, PREVIEW)
    await discard()
  })

  test('while it is paused the clock stands still, and it can be stopped', async () => {
    await button('Record').click()
    await recording()
    await aSecond()
    await button('Pause').click()
    await page.locator('.recorder.paused').waitFor()
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
    await aSecond()
    await onMicrophone((track) => track.dispatchEvent(new Event('mute')))
    await said('Something else needs the microphone.')
    await button('Go on').click()
    await recording()
    await onMicrophone((track) => track.dispatchEvent(new Event('ended')))
    await preview()
    await page.getByText('The microphone was taken away').first().waitFor()
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
    await aSecond()
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
    await aSecond()
    await button('Pause').click()
    await page.locator('.recorder.paused').waitFor()
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
    await aSecond()
    await page.keyboard.press('Space')
    await preview()
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
