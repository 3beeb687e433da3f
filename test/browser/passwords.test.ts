import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress, GOOD_PASSWORD } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

const WORDS = /\/assets\/strength-/

/** What the meter says, once it says it. */
async function says(page: Page, words: string): Promise<void> {
  await page.locator('.strength').getByText(words).waitFor()
}

test('the meter comes when somebody types, speaks, and stands in nobody’s way', async () => {
  await using server = await startTestServer()
  await using browser = await launchChromium()
  const { page } = browser
  const trouble = watch(page, server.origin)
  const asked: string[] = []
  const posted: string[] = []
  // The service worker's own requests are the context's, too.
  browser.context.on('request', (request) => {
    if (WORDS.test(request.url())) asked.push(request.url())
    if (request.method() === 'POST') posted.push(request.url())
  })
  await page.goto(server.origin)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.keyboard.press('Tab')
  await page.keyboard.type('ann.baker@family.example')
  assert.deepEqual(asked, [])
  await page.keyboard.press('Tab')
  await page.keyboard.type('short')
  await says(page, 'Too short: 10 more characters.')
  await page.locator('#announcer').getByText('Too short: 10 more').waitFor({ state: 'attached' })
  assert.deepEqual(await complaints(page), [])
  await page.keyboard.press('Enter')
  const alert = page.getByRole('alert').getByText('This password is too short')
  await alert.waitFor()
  assert.deepEqual(posted, [])
  await page.keyboard.type('er')
  await alert.waitFor({ state: 'hidden' })
  await page.keyboard.press('Enter')
  await alert.waitFor()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('ann.baker 2017 2017')
  await says(page, 'Easy to guess for somebody who knows you, because of “ann.baker”.')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('qwertyuiopasdfgh')
  await says(page, 'Easy to guess.')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(GOOD_PASSWORD)
  await says(page, 'Very good')
  await page.locator('#announcer').getByText('Very good').waitFor({ state: 'attached' })
  assert.equal(asked.length, 1)
  assert.deepEqual(await complaints(page), [])
  assert.deepEqual(trouble, [])
})

test('the password can be looked at, pasted, and found by who keeps passwords', async () => {
  await using server = await startTestServer()
  await using browser = await launchChromium()
  const { page } = browser
  await page.goto(server.origin)
  const field = page.getByLabel('Password')
  assert.equal(await field.getAttribute('autocomplete'), 'new-password')
  assert.equal(await page.getByLabel('address').getAttribute('autocomplete'), 'username')
  await page.getByLabel('address').fill(GOOD_PASSWORD)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('ControlOrMeta+x')
  await field.focus()
  await page.keyboard.press('ControlOrMeta+v')
  assert.equal(await field.inputValue(), GOOD_PASSWORD)
  await says(page, 'Very good')
  await page.keyboard.press('Tab')
  const show = page.getByRole('button', { name: 'Show the password', pressed: false })
  await show.waitFor()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Show the password', pressed: true }).waitFor()
  assert.equal(await field.getAttribute('type'), 'text')
  await page.keyboard.press('Space')
  assert.equal(await field.getAttribute('type'), 'password')
  const described = (await field.getAttribute('aria-describedby')) ?? ''
  const texts = described.split(' ').map((id) => page.locator(`[id="${id}"]`).textContent())
  assert.match((await Promise.all(texts)).join(' '), /At least 15.*Very good/)
  await page.getByRole('button', { name: 'I have an account' }).click()
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor()
  assert.equal(await field.getAttribute('autocomplete'), 'current-password')
})

test('names of the family are compared here, and never sent', async () => {
  await using server = await startTestServer()
  await using browser = await launchChromium()
  const { page } = browser
  const trouble = watch(page, server.origin)
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')))
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  await people.startFamily(page, { child: 'Mia-Zebulon', me: 'Mama' })
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'I am new here' }).click()
  await page.getByLabel('Password').fill('z3bulon loves mama')
  await says(page, 'because of “Zebulon” and “Mama”')
  assert.ok(sent.length > 5)
  assert.ok(!sent.some((request) => /zebulon|z3bulon/i.test(request)))
  assert.deepEqual(trouble, [])
})

test('without its lists of words the length is what counts', async () => {
  await using server = await startTestServer()
  await using browser = await launchChromium()
  const { page } = browser
  await browser.context.route(WORDS, (route) => route.abort())
  await page.goto(server.origin)
  const gone = page.waitForEvent('requestfailed', (request) => WORDS.test(request.url()))
  await page.getByLabel('Password').fill('tea and biscui')
  await says(page, 'Too short: 1 more character.')
  await gone
  await page.getByLabel('Password').fill(GOOD_PASSWORD)
  await says(page, 'Long enough.')
  await page.context().unroute(WORDS)
  await people.signUp(page, server, freshAddress())
  await page.getByLabel('The child’s name or nickname').waitFor()
})
