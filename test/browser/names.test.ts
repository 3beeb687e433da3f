import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

test('names that went down with a phone are asked for, and can be changed', async () => {
  await using server = await startTestServer()
  await using lost = await launchChromium({ serviceWorkers: 'block' })
  await using next = await launchChromium()
  // The phone never gets its messages out: the names are in one.
  await lost.page.route('**/messages/**', (route) => route.abort())
  await lost.page.goto(server.origin)
  await people.signUp(lost.page, server, freshAddress())
  const card = await people.startFamily(lost.page, { child: 'Mia', me: 'Mama' })

  const { page } = next
  const trouble = watch(page, server.origin)
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  await page.getByRole('button', { name: 'I have a recovery card' }).click()
  await page.getByLabel('Recovery code').fill(card)
  await page.getByRole('button', { name: 'Bring everything back' }).click()
  await page.getByRole('heading', { name: 'Post for the child' }).waitFor()
  await page.getByRole('link', { name: 'Change the names' }).click()
  await page.getByRole('heading', { name: 'Names', level: 1 }).waitFor()
  assert.deepEqual(await complaints(page), [])
  await page.getByLabel('The child’s name').fill('Zoe')
  await page.getByLabel('What the child calls you').fill('Mum')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('#announcer').getByText('Saved.').waitFor({ state: 'attached' })
  await page.getByText('Mum').first().waitFor()
  await page.getByRole('link', { name: 'Messages' }).click()
  await page.getByRole('heading', { name: 'Post for Zoe' }).waitFor()
  await page.getByRole('link', { name: 'Change the names' }).waitFor({ state: 'hidden' })
  assert.deepEqual(trouble, [])
})
