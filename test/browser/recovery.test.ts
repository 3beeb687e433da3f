import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import * as people from './people.ts'

test('a lost phone: the card brings the family to the next one', async () => {
  await using server = await startTestServer()
  const card = await foundAndLose(server)
  await using next = await launchChromium()
  const { page } = next
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  await page.getByRole('button', { name: 'I have a recovery card' }).click()
  await page.getByLabel('Recovery code').fill('this is not the code')
  await page.getByRole('button', { name: 'Bring everything back' }).click()
  await page.getByText('This recovery code is not right').waitFor()
  await page.getByLabel('Recovery code').fill(card.toLowerCase())
  await page.getByRole('button', { name: 'Bring everything back' }).click()
  await page.getByRole('heading', { name: 'Post for Mia' }).waitFor()
  await page.getByRole('link', { name: 'Family' }).click()
  await page.getByText('Mama').first().waitFor()
})

/** A family whose only device is gone; what is left is the card. */
async function foundAndLose(server: Awaited<ReturnType<typeof startTestServer>>): Promise<string> {
  await using lost = await launchChromium()
  await lost.page.goto(server.origin)
  await people.signUp(lost.page, server, freshAddress())
  const card = await people.startFamily(lost.page, { child: 'Mia', me: 'Mama' })
  assert.match(card, /^\w{4}(-\w{4}){6}$/)
  return card
}
