import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress, GOOD_PASSWORD } from '../harness/account.ts'
import { appCode } from '../harness/browser.ts'
import { launchChromium } from '../harness/chromium.ts'
import { createTestClock } from '../harness/clock.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

/** A code of an app is good once: the server's clock goes on to the next one, and stays near ours. */
const STEP = 30_000

describe('a phone that is remembered', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const clock = createTestClock()
  const email = freshAddress()
  let server: TestServer
  let page: Page
  let trouble: string[]
  let secret = ''

  const home = () => page.getByRole('heading', { name: 'Post for Mia' }).waitFor()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const isAsked = (at = page) => at.getByRole('heading', { name: 'One more step' }).waitFor()
  const here = () => page.getByText('This device', { exact: true })
  const openSigningIn = async (): Promise<void> => {
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('link', { name: 'Signing in', exact: true }).click()
    await page.getByRole('heading', { name: 'Signing in', level: 1 }).waitFor()
  }
  const signOut = async (): Promise<void> => {
    await page.getByRole('link', { name: 'Settings' }).click()
    await press('Sign out')
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  }
  const password = async (at = page): Promise<void> => {
    await at.getByLabel('Your e-mail address').fill(email)
    await at.getByLabel('Password').fill(GOOD_PASSWORD)
    await at.keyboard.press('Enter')
  }
  const digits = async (): Promise<void> => {
    clock.advance(STEP)
    const field = page.getByLabel('The six digits from your app')
    await field.fill(appCode(secret, clock.now()))
    await page.keyboard.press('Enter')
    await home()
  }

  before(async () => {
    server = stack.use(await startTestServer({ clock }))
    page = stack.use(await launchChromium()).page
    trouble = watch(page, server.origin)
    await page.goto(server.origin)
    await people.signUp(page, server, email)
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
    await openSigningIn()
    await press('Add an authenticator app')
    await page.getByRole('heading', { name: 'Add an authenticator app' }).waitFor()
    secret = (await page.locator('.app-secret span').allTextContents()).join('')
    const field = page.getByLabel('The six digits that the app shows now')
    await field.fill(appCode(secret, clock.now()))
    await page.keyboard.press('Enter')
    await press('I have put them away')
    await page.getByText('10 codes are left.').waitFor()
  })

  test('is asked for the six digits once, if its person ticks so, and then for the password only', async () => {
    await signOut()
    await password()
    await isAsked()
    const tick = page.getByLabel('Do not ask for the six digits on this device again')
    assert.equal(await tick.isChecked(), false)
    assert.deepEqual(await complaints(page), [])
    await tick.focus()
    await page.keyboard.press('Space')
    assert.equal(await tick.isChecked(), true)
    await digits()
    await signOut()
    await password()
    await home()
  })

  test('while another one is asked as ever', async () => {
    await using other = await launchChromium()
    await other.page.goto(server.origin)
    await other.page.getByRole('button', { name: 'I have an account' }).click()
    await password(other.page)
    await isAsked(other.page)
  })

  test('and is forgotten in the settings', async () => {
    await openSigningIn()
    await here().waitFor()
    assert.deepEqual(await complaints(page), [])
    await press('Ask again')
    const dialogue = page.getByRole('dialog')
    await dialogue.getByRole('button', { name: 'Ask again from now on' }).click()
    await here().waitFor({ state: 'hidden' })
    await signOut()
    await password()
    await isAsked()
    await digits()
    await openSigningIn()
    await page.getByText('10 codes are left.').waitFor()
    assert.equal(await here().count(), 0)
    // The one refused question of a phone that tried by its key, and the four for digits.
    assert.deepEqual(trouble, [])
  })
})
