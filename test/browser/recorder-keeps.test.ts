import assert from 'node:assert/strict'
import { after, beforeEach, describe, test } from 'node:test'
import { complaints } from './accessible.ts'
import { openStudio } from './studio.ts'
import * as people from './people.ts'

describe('what was recorded is kept', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const studio = await openStudio(stack)
  const { server, page, trouble, button, recording, aSecond, preview, said, discard, nothingKept } =
    studio

  beforeEach(studio.open)

  test('a hidden window stops the recording, keeps it and says so', async () => {
    await button('Record').click()
    await recording()
    await aSecond()
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
    await aSecond()
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

  /** Ends the window as a phone without power does: nobody is told, and nothing can be done. */
  async function cut(): Promise<void> {
    await page.evaluate(() => {
      const stop = (event: Event): void => event.stopImmediatePropagation()
      document.addEventListener('visibilitychange', stop, { capture: true })
    })
    await page.goto('about:blank')
  }

  test('cut off in the middle, what was said until then is offered, once', async () => {
    await button('Record').click()
    await recording()
    await page.locator('.clock').getByText('0:07').waitFor()
    await cut()
    await page.goto(server.origin)
    await page.getByText('A recording for Mia was interrupted.').waitFor()
    await page.getByRole('link', { name: 'Look' }).click()
    await preview()
    await page.getByText('The last seconds may be missing.').waitFor()
    assert.match((await page.locator('.play .length').textContent()) ?? '', /^0:0[67]$/)
    assert.deepEqual(await complaints(page), [])
    await page.getByRole('button', { name: /^Play/ }).click()
    await page.locator('.play.playing').waitFor()
    await discard()
    await nothingKept()
  })

  test('cut off in a pause, everything is there that was said before it', async () => {
    await button('Record').click()
    await recording()
    await page.locator('.clock').getByText('0:01').waitFor()
    await button('Pause').click()
    await page.locator('.recorder.paused').waitFor()
    // What was said is on the disk a moment later: this machine has other work.
    await page.waitForTimeout(2000)
    await cut()
    await page.goto(`${server.origin}/record/sender/child`)
    await preview()
    await page.locator('.play .length').getByText('0:01').waitFor()
    await discard()
  })

  test('what was thrown away or stopped is not offered as interrupted', async () => {
    await button('Record').click()
    await recording()
    await page.locator('.clock').getByText('0:04').waitFor()
    await page.keyboard.press('Escape')
    await said('Thrown away.')
    await nothingKept()
    await button('Record').click()
    await page.locator('.clock').getByText('0:04').waitFor()
    await button('Stop').click()
    await preview()
    await page.reload()
    await preview()
    assert.equal(await page.getByText('interrupted').count(), 0)
    await discard()
    await nothingKept()
  })

  test('nothing went wrong meanwhile', () => {
    assert.deepEqual(trouble, [])
  })
})
