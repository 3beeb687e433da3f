import assert from 'node:assert/strict'
import { test } from 'node:test'
import { launchChromium } from '../harness/chromium.ts'
import { freshAddress } from '../harness/account.ts'
import { startTestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

const TITLE = 'Keep your account safe'

test('the guide is open to everybody, with the keyboard alone, and leads back', async () => {
  await using server = await startTestServer()
  await using browser = await launchChromium()
  const { page } = browser
  const trouble = watch(page, server.origin)
  await page.goto(`${server.origin}/guide`)
  await page.getByRole('heading', { name: TITLE }).waitFor()
  assert.deepEqual(await complaints(page), [])
  assert.equal(
    await page
      .getByRole('listitem')
      .filter({ has: page.locator('h2') })
      .count(),
    5,
  )
  const pwned = page.getByRole('link', { name: 'Have I Been Pwned' })
  assert.equal(await pwned.getAttribute('href'), 'https://haveibeenpwned.com/')
  assert.equal(await pwned.getAttribute('target'), '_blank')
  assert.equal(await pwned.getAttribute('rel'), 'noopener noreferrer')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Voices for a small bear' }).waitFor()
  const link = page.getByRole('link', { name: TITLE })
  await link.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: TITLE }).waitFor()
  assert.equal(await page.locator('h1:focus').textContent(), TITLE)
  await page.goBack()
  await page.getByRole('button', { name: 'I have an account' }).click()
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor()
  await link.click()
  await page.getByRole('heading', { name: TITLE }).waitFor()
  assert.deepEqual(trouble, [])
})

test('who is signed in finds it in the settings, and a second window may read it', async () => {
  await using server = await startTestServer()
  await using browser = await launchChromium()
  const { page, context } = browser
  const trouble = watch(page, server.origin)
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'How to keep it safe' }).click()
  await page.getByRole('heading', { name: TITLE }).waitFor()
  await page.getByRole('link', { name: 'Back' }).click()
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  const second = await context.newPage()
  await second.goto(`${server.origin}/guide`)
  await second.getByRole('heading', { name: TITLE }).waitFor()
  await second.getByRole('link', { name: 'Back' }).click()
  await second.getByText('already open in another window').waitFor()
  assert.deepEqual(trouble, [])
})
