import type { Page } from 'playwright-core'
import { GOOD_PASSWORD, newestCode } from '../harness/account.ts'

/** What people do with the app, told in the words they see on its screens. */

type Server = { readonly origin: string; mails(): Promise<string[]> }

/** Signs up on the first screen and types the code out of the mail. */
export async function signUp(page: Page, server: Server, email: string): Promise<void> {
  await page.getByLabel('Your e-mail address').fill(email)
  await page.getByLabel('Password').fill(GOOD_PASSWORD)
  await page.getByRole('button', { name: 'Make an account' }).click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  await confirmAddress(page, server, email)
}

export async function confirmAddress(page: Page, server: Server, email: string): Promise<void> {
  await page.getByLabel('The six digits').fill(await newestCode(server, email))
  await page.getByRole('button', { name: 'Continue' }).click()
}

/** Starts a family and puts the recovery card away; gives the card's code. */
export async function startFamily(
  page: Page,
  { child, me }: { child: string; me: string },
): Promise<string> {
  await page.getByLabel('The child’s name or nickname').fill(child)
  await page.getByLabel('And what does the child call you?').fill(me)
  await page.getByLabel('I am allowed to decide this for the child').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  const card = await putCardAway(page)
  await page.getByRole('heading', { name: `Post for ${child}` }).waitFor()
  return card
}

/** Reads the recovery card on the screen and says that it is safe; gives its code. */
export async function putCardAway(page: Page): Promise<string> {
  await page.getByRole('heading', { name: 'Your recovery card', level: 1 }).waitFor()
  const groups = await page.locator('.code span').allTextContents()
  await page.getByRole('button', { name: 'I have put it away' }).click()
  await page.getByRole('button', { name: 'Yes, it is safe' }).click()
  await page.getByRole('heading', { name: /^Post for/ }).waitFor()
  return groups.join('-')
}

/** Invites somebody, a relative unless a role is named as on the screen; gives the link. */
export async function invite(page: Page, name: string, role?: string): Promise<string> {
  await page.getByRole('link', { name: 'Family' }).click()
  await page.getByRole('link', { name: 'Invite somebody' }).click()
  await page.getByLabel('Who is it?').fill(name)
  if (role !== undefined) await page.getByLabel(role).check()
  await page.getByRole('button', { name: 'Make the invitation' }).click()
  return page.getByLabel('Invitation link').inputValue()
}

/** Opens an invitation as somebody new, signs up and asks to come in. */
export async function askToJoin(
  page: Page,
  server: Server,
  { link, email, name }: { link: string; email: string; name: string },
): Promise<void> {
  await page.goto(link)
  await signUp(page, server, email)
  await page.getByLabel('What does the child call you?').fill(name)
  await page.getByRole('button', { name: 'Ask to come in' }).click()
  await page.getByRole('heading', { name: 'Nearly there' }).waitFor()
}

/** The six digits that a screen shows. */
export async function digitsOn(page: Page): Promise<string> {
  const digits = page.locator('[data-digits]')
  await digits.waitFor({ timeout: 30_000 })
  return (await digits.getAttribute('data-digits')) ?? ''
}

/** Records by two taps, with `ms` between them, and leaves the recording to be looked at. */
export async function recordByTaps(page: Page, ms: number): Promise<void> {
  await page.getByRole('button', { name: 'Record', exact: true }).click()
  await page.locator('.recorder.recording').waitFor()
  await page.waitForTimeout(ms)
  // A busy machine hands sound out late, and what is too short is not kept.
  await page.locator('.recorder .clock strong').getByText(/[1-9]/).waitFor()
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByRole('heading', { name: 'Listen before you send it' }).waitFor()
}

/** Ticks for whom something is, and goes on to record it. */
export async function chooseWhom(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) await page.getByRole('checkbox', { name, exact: true }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { level: 1, name: names.at(-1) ?? '' }).waitFor()
}

/** Sends the recording on the screen. */
export async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page
    .getByRole('heading', { name: 'Listen before you send it' })
    .waitFor({ state: 'hidden' })
}
