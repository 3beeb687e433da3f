import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

async function openCheckUp(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Is everything safe?' }).click()
  await page.getByRole('heading', { name: 'Check-up' }).waitFor()
}

/** What each line says about itself, such as `Fine: You have a recovery card`. */
function lines(page: Page): Promise<string[]> {
  return page.locator('.check').evaluateAll((checks) =>
    checks.map((check) => {
      const state = check.querySelector('.check-state')?.textContent
      return `${state}: ${check.querySelector('h2')?.textContent}`
    }),
  )
}

test('the check-up tells each guardian what is fine, and what to mend and where', async () => {
  await using server = await startTestServer()
  await using mother = await launchChromium()
  await using father = await launchChromium()
  const trouble = watch(mother.page, server.origin)
  await mother.page.goto(server.origin)
  await people.signUp(mother.page, server, freshAddress())
  await people.startFamily(mother.page, { child: 'Mia', me: 'Mama' })
  await openCheckUp(mother.page)
  await mother.page.getByText('There is one thing to look at.').waitFor()
  assert.deepEqual(await complaints(mother.page), [])
  assert.deepEqual(await lines(mother.page), [
    'Look at this: Your password is the only lock',
    'Fine: More than one way in',
    'Fine: You have a recovery card',
    'Fine: One device is yours',
    'Fine: Your password',
    'Fine: Signed in at one place',
  ])
  const link = await people.invite(mother.page, 'Papa', 'Decide together with you')
  await people.askToJoin(father.page, server, { link, email: freshAddress(), name: 'Papa' })
  await mother.page.getByRole('link', { name: 'Done' }).click()
  await mother.page.getByRole('link', { name: 'Look' }).click()
  await people.digitsOn(mother.page)
  await mother.page.getByRole('button', { name: 'They are the same: let in' }).click()
  await father.page.getByRole('heading', { name: /^Post for/ }).waitFor()
  await openCheckUp(father.page)
  await father.page.getByText('There are 2 things to look at.').waitFor()
  assert.deepEqual(await complaints(father.page), [])
  assert.equal((await lines(father.page))[0], 'Look at this: You have no recovery card')
  await father.page.getByRole('link', { name: 'Make a recovery card' }).focus()
  await father.page.keyboard.press('Enter')
  await father.page.getByRole('button', { name: 'Make a recovery card' }).click()
  await people.putCardAway(father.page)
  await openCheckUp(father.page)
  await father.page.getByText('There is one thing to look at.').waitFor()
  assert.deepEqual(trouble, [])
})
