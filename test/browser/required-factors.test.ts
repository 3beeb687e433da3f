import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress, mailsTo, post, signUpAt } from '../harness/account.ts'
import { appCode } from '../harness/browser.ts'
import { launchChromium } from '../harness/chromium.ts'
import { createTestClock } from '../harness/clock.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

describe('where everybody needs a second step', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const clock = createTestClock()
  const email = freshAddress()
  let server: TestServer
  let page: Page
  let trouble: string[]

  before(async () => {
    server = stack.use(await startTestServer({ clock, args: ['--second-factor', 'required'] }))
    page = stack.use(await launchChromium()).page
    trouble = watch(page, server.origin)
    await page.goto(server.origin)
    await people.signUp(page, server, email)
  })

  test('the app leads there right after the first sign-in, and then goes on', async () => {
    await page.getByText('Here everybody signs in with a second step').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    assert.deepEqual(await complaints(page), [])
    await page.reload()
    await page.getByText('Here everybody signs in with a second step').waitFor()
    await page.getByRole('button', { name: 'Add an authenticator app' }).click()
    await page.getByRole('heading', { name: 'Add an authenticator app' }).waitFor()
    const secret = (await page.locator('.app-secret span').allTextContents()).join('')
    await page
      .getByLabel('The six digits that the app shows now')
      .fill(appCode(secret, clock.now()))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
    await page.getByRole('button', { name: 'I have put them away' }).click()
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
    assert.deepEqual(trouble, [])
  })

  test('a mailed reset signs nobody in, and says how it goes on', async () => {
    const { email: other } = await signUpAt(server)
    await post(server, '/api/resets', { email: other })
    const [mail = ''] = await mailsTo(server, other, /\/reset#/)
    await using browser = await launchChromium()
    await browser.page.goto(/^http\S+\/reset#\S+/m.exec(mail)?.[0] ?? '')
    await browser.page.getByLabel('Your new password').fill('seven lanterns over the pond')
    await browser.page.getByRole('button', { name: 'Save and sign in' }).click()
    await browser.page.locator('#main').getByText('Your password is changed.').waitFor()
    assert.deepEqual(await complaints(browser.page), [])
    await browser.page.getByRole('link', { name: 'Go on to sign in' }).click()
    await browser.page.getByLabel('Your e-mail address').waitFor()
  })
})
