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

/** A code of an app is good once: the server's clock goes on to the next one. */
const STEP = 30_000

/** A phone's own authenticator, with a finger that is always right. */
async function withAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

describe('signing in, in the app', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const clock = createTestClock()
  const email = freshAddress()
  let server: TestServer
  let page: Page
  let trouble: string[]
  let secret = ''
  let codes: string[] = []

  const home = () => page.getByRole('heading', { name: 'Post for Mia' }).waitFor()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const settings = async (): Promise<void> => {
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
  }
  const openSigningIn = async (): Promise<void> => {
    await settings()
    await page.getByRole('link', { name: 'Signing in', exact: true }).click()
    await page.getByRole('heading', { name: 'Signing in', level: 1 }).waitFor()
  }
  const signOut = async (): Promise<void> => {
    await settings()
    await press('Sign out')
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  }
  const password = async (): Promise<void> => {
    await page.getByLabel('Your e-mail address').fill(email)
    await page.getByLabel('Password').fill(GOOD_PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'One more step' }).waitFor()
  }
  const nextCode = (): string => {
    clock.advance(STEP)
    return appCode(secret, clock.now())
  }

  before(async () => {
    server = stack.use(await startTestServer({ clock }))
    page = stack.use(await launchChromium()).page
    trouble = watch(page, server.origin)
    await withAuthenticator(page)
    await page.goto(server.origin)
    await people.signUp(page, server, email)
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  })

  test('an authenticator app is added, and brings recovery codes', async () => {
    // The sign-in is an hour old: a proof is asked for first.
    clock.advance(20 * 60_000)
    await openSigningIn()
    assert.deepEqual(await complaints(page), [])
    await page.getByText('you are signed out everywhere else').waitFor()
    await page.getByRole('button', { name: 'Add an authenticator app' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Is it still you?' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('alert').getByText('prove once more').waitFor()
    await page.keyboard.press('Enter')
    await page.getByLabel('Your password').fill('not this one at all')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('That did not work').waitFor()
    await page.getByLabel('Your password').fill(GOOD_PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Add an authenticator app' }).waitFor()
    assert.deepEqual(await complaints(page), [])
    secret = (await page.locator('.app-secret span').allTextContents()).join('')
    await page.getByLabel('The six digits that the app shows now').fill(nextCode())
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
    assert.deepEqual(await complaints(page), [])
    codes = await page.locator('.recovery-codes code').allTextContents()
    assert.equal(codes.length, 10)
    await press('I have put them away')
    await page.getByText('10 codes are left.').waitFor()
    assert.deepEqual(await complaints(page), [])
  })

  test('then the password is not enough, and the six digits are', async () => {
    await signOut()
    await password()
    assert.deepEqual(await complaints(page), [])
    const field = page.getByLabel('The six digits from your app')
    assert.equal(await field.getAttribute('autocomplete'), 'one-time-code')
    assert.equal(await field.getAttribute('inputmode'), 'numeric')
    await field.fill(appCode(secret, clock.now() - 10 * STEP))
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('That did not work').waitFor()
    await field.fill(nextCode())
    await page.keyboard.press('Enter')
    await home()
  })

  test('a recovery code takes the place of the phone', async () => {
    await signOut()
    await password()
    await page.getByRole('button', { name: 'Use a recovery code' }).focus()
    await page.keyboard.press('Enter')
    assert.deepEqual(await complaints(page), [])
    await page.getByLabel('A recovery code').fill(codes[0] ?? '')
    await page.keyboard.press('Enter')
    await home()
    await openSigningIn()
    await page.getByText('9 codes are left.').waitFor()
  })

  test('a sign-in that nobody completes is asked for again, in calm words', async () => {
    await signOut()
    await password()
    clock.advance(6 * 60_000)
    await page.getByLabel('The six digits from your app').fill(nextCode())
    await page.keyboard.press('Enter')
    await page.getByText('That took a little too long').waitFor()
    assert.deepEqual(await complaints(page), [])
    await password()
    await page.getByLabel('The six digits from your app').fill(nextCode())
    await page.keyboard.press('Enter')
    await home()
  })

  test('a proof takes the second step, too', async () => {
    clock.advance(20 * 60_000)
    await openSigningIn()
    await press('Make new codes')
    await page.getByRole('dialog').getByRole('button', { name: 'Make new codes' }).click()
    await page.getByRole('heading', { name: 'Is it still you?' }).waitFor()
    assert.deepEqual(await complaints(page), [])
    await page.getByLabel('Your password').fill(GOOD_PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByText('Now the second step').waitFor()
    assert.deepEqual(await complaints(page), [])
    await page.getByRole('button', { name: 'Use a recovery code instead' }).click()
    await page.getByLabel('A recovery code').waitFor()
    await page.getByRole('button', { name: 'Use my authenticator app instead' }).click()
    await page.getByLabel('The six digits from your app').fill(nextCode())
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
    await press('I have put them away')
    await page.getByText('10 codes are left.').waitFor()
  })

  test('a passkey is added, signs in alone, and completes a sign-in', async () => {
    await openSigningIn()
    await press('Add a passkey')
    assert.equal(
      await page.getByLabel('What shall your devices call it?').inputValue(),
      'Mama at Pawpost',
    )
    assert.deepEqual(await complaints(page), [])
    await press('Add a passkey')
    await page.getByText('Not used yet').waitFor()
    assert.deepEqual(await complaints(page), [])
    await signOut()
    assert.deepEqual(await complaints(page), [])
    await press('Sign in with a passkey')
    await home()
    await signOut()
    await password()
    await press('Use a passkey')
    assert.deepEqual(await complaints(page), [])
    await press('Use a passkey')
    await home()
  })

  test('a passkey proves that it is still you, and what was added can be removed', async () => {
    clock.advance(20 * 60_000)
    await openSigningIn()
    await press('Make new codes')
    await page.getByRole('dialog').getByRole('button', { name: 'Make new codes' }).click()
    await page.getByRole('button', { name: 'Use my password instead' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('input:focus').waitFor()
    await page.getByRole('button', { name: 'Use a passkey instead' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('button:focus', { hasText: 'Continue' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
    assert.ok(
      !(await page.locator('.recovery-codes code').allTextContents()).includes(codes[1] ?? ''),
    )
    await press('I have put them away')
    await press('Remove')
    await press('Remove it')
    await page
      .getByText('Not used yet')
      .or(page.getByText('Last used'))
      .waitFor({ state: 'hidden' })
    await press('Remove the app')
    await press('Remove it')
    await page.getByText('So far your password alone').waitFor()
    assert.deepEqual(trouble, [])
  })
})
