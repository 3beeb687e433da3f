import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress, GOOD_PASSWORD } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { digitsInWords, handOver, takeBack } from './childs-side.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

describe('the lock of the child’s screen', () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  let server: TestServer
  let page: Page
  let trouble: string[]

  before(async () => {
    server = stack.use(await startTestServer())
    page = stack.use(await launchChromium()).page
    await page.setViewportSize({ width: 360, height: 640 })
    trouble = watch(page, server.origin)
    await page.goto(server.origin)
    await people.signUp(page, server, freshAddress())
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
    await handOver(page)
  })

  const room = (name: string) => page.locator(`main.child.in-${name}`).waitFor()

  test('no address, no step back and no reload leads to the rest of the app', async () => {
    for (const path of [
      '/',
      '/settings',
      '/guide',
      '/reset',
      '/record/sender',
      '/child/stories',
      '/nowhere',
    ]) {
      await page.goto(server.origin + path)
      await room('home')
      assert.equal(await page.getByRole('link').count(), 0, path)
    }
    for (let back = 0; back < 3; back++) {
      await page.goBack({ timeout: 2_000 }).catch(() => undefined)
      await room('home')
    }
    await page.reload()
    await room('home')
    // The first picture's memory alone opens nothing.
    await page.evaluate(() => localStorage.clear())
    await page.reload()
    await room('home')
  })

  test('the lock opens for who reads, and is slow for who guesses', async () => {
    const button = page.getByRole('button', { name: 'For grown-ups' })
    await button.click()
    await room('gate')
    await page.locator('.spelled').waitFor()
    assert.deepEqual(await complaints(page), [])
    for (const guess of ['1111', '2222', '3333']) {
      await page.getByLabel('Four digits').fill(guess)
      await page.getByRole('button', { name: 'Open' }).click()
      await page
        .getByText(guess === '3333' ? /^Please wait \d+ seconds/ : /^That was not it/)
        .waitFor()
    }
    assert.equal(await page.getByLabel('Four digits').count(), 0)
    await page.reload()
    await room('home')
    await button.click()
    await page.getByText(/^Please wait \d+ seconds/).waitFor()
    assert.equal(await page.getByLabel('Four digits').count(), 0, 'a reload forgets nothing')
    await page.clock.setSystemTime(Date.now() + 20_000)
    await page.reload()
    await room('home')
    await takeBack(page)
    await page.goto(`${server.origin}/settings`)
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
  })

  test('digits of one’s own open it, and nothing is shown that would', async () => {
    await page.goto(`${server.origin}/child`)
    await page.getByLabel('Your four digits').fill('4711')
    await page.getByRole('button', { name: 'Use these digits' }).click()
    await page.getByRole('button', { name: 'Ask in words again' }).waitFor()
    assert.deepEqual(await complaints(page), [])
    await page.getByRole('button', { name: 'Hand it over' }).click()
    await room('home')
    await page.getByRole('button', { name: 'For grown-ups' }).click()
    await page.getByText('Type your four digits').waitFor()
    assert.equal(await page.locator('.spelled').count(), 0)
    await page.getByLabel('Four digits').fill('4712')
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByText('These are not your digits.').waitFor()
    assert.equal(await digitsInWords(page), '')
    await page.getByLabel('Four digits').fill('4711')
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByRole('heading', { name: /^Post for/ }).waitFor()
  })

  test('who forgot their digits opens it by the password', async () => {
    await page.goto(`${server.origin}/child`)
    await page.getByRole('button', { name: 'Hand it over' }).click()
    await room('home')
    await page.getByRole('button', { name: 'For grown-ups' }).click()
    await page.getByRole('button', { name: 'I forgot my digits' }).click()
    const password = page.getByLabel('Your password', { exact: true })
    await password.fill('tea and biscuits at five')
    await page.getByRole('button', { name: 'Open' }).last().click()
    await page.locator('[data-problem]:not(:empty)').waitFor()
    assert.deepEqual(await complaints(page), [])
    await password.fill(GOOD_PASSWORD)
    await page.getByRole('button', { name: 'Open' }).last().click()
    await page.getByRole('heading', { name: /^Post for/ }).waitFor()
    await handOver(page)
    await takeBack(page)
  })

  test('nothing went wrong meanwhile', () => {
    assert.deepEqual(trouble, [])
  })
})
