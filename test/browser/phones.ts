import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { GOOD_PASSWORD } from '../harness/account.ts'

/** What people do with their own phones, told in the words they see. */

export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('Your e-mail address').fill(email)
  await page.getByLabel('Password').fill(GOOD_PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Opens the list of one's own phones. */
export async function openPhones(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Show my phones' }).click()
  await page.getByRole('heading', { name: 'My phones' }).waitFor()
}

/** Shows the code for another phone; gives its link. */
export async function showCode(page: Page): Promise<string> {
  await openPhones(page)
  await page.getByRole('link', { name: 'Add another phone' }).click()
  return page.getByLabel('Or open this link on your other computer').inputValue()
}

/** What the new phone does after its camera opened the link. */
export async function come(page: Page, link: string, email: string): Promise<void> {
  await page.goto(link)
  await signIn(page, email)
  await page.getByRole('button', { name: 'Bring it here' }).click()
}

/** Compares the digits on both phones, and lets the new one in. */
export async function letIn(old: Page, next: Page): Promise<void> {
  await old.getByRole('heading', { name: 'A new phone wants to come in' }).waitFor()
  await next.getByRole('heading', { name: 'Look at your other phone' }).waitFor()
  const [shown, other] = await Promise.all([old, next].map(digitsOn))
  assert.match(shown ?? '', /^\d{4}$/)
  assert.equal(other, shown)
  await old.getByRole('button', { name: 'Yes, these digits: let it in' }).click()
  await old.getByRole('heading', { name: 'Your other phone is in' }).waitFor()
}

async function digitsOn(page: Page): Promise<string | null> {
  return page.locator('[data-digits]').getAttribute('data-digits')
}

/** The whole of it: the second phone of somebody who is in. */
export async function secondPhone(old: Page, next: Page, email: string): Promise<void> {
  await come(next, await showCode(old), email)
  await letIn(old, next)
  await next.getByRole('heading', { name: /^Post for/ }).waitFor()
}

/** Says that the other one of two phones is lost. */
export async function loseOther(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Lost it/ }).click()
  await page.getByRole('dialog').getByText('gets nothing new from now on').waitFor()
  await page.getByRole('button', { name: 'Yes, it is lost' }).click()
  await page.getByText('It gets nothing new any more.').first().waitFor()
}

/** A password manager's authenticator: what it has outlives the phone, as far as this page goes. */
export async function withPasskeys(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** Another phone of the same person: nothing is left here but what the authenticator has. */
export async function newPhone(page: Page, origin: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await page.goto('about:blank')
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
  await page.context().clearCookies()
  await page.goto(origin)
}
