import assert from 'node:assert/strict'
import { after, beforeEach, describe, test } from 'node:test'
import { openStudio } from './studio.ts'

describe('the end of the time', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const studio = await openStudio(stack)
  const { page, trouble, button, recording, preview, discard } = studio

  beforeEach(studio.open)

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

  test('nothing went wrong meanwhile', () => {
    assert.deepEqual(trouble, [])
  })
})
