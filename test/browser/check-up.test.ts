import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress, GOOD_PASSWORD } from '../harness/account.ts'
import { importBreach } from '../harness/breach-run.ts'
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

const NEXT_PASSWORD = 'seven lanterns over the pond'
const LISTED = 'Your address was stolen elsewhere'

/** The operator brings a list on which an address stands. */
async function importOne(data: string, email: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-list-'))
  const path = join(folder, 'list.txt')
  await writeFile(path, `somebody@elsewhere.example:x\n${email}:y\n`)
  await importBreach(data, [path, '--source', 'Toy Shop'])
  await rm(folder, { recursive: true })
}

test('whose address was stolen elsewhere is asked for a new password until there is one', async () => {
  await using server = await startTestServer()
  await using chromium = await launchChromium()
  const { page } = chromium
  const trouble = watch(page, server.origin)
  const email = freshAddress()
  const home = () => page.getByRole('heading', { name: 'Post for Mia' }).waitFor()
  await page.goto(server.origin)
  await people.signUp(page, server, email)
  await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  const listed = page.getByRole('heading', { name: LISTED })
  assert.equal(await listed.count(), 0)
  await importOne(server.data, email)
  await page.reload()
  await home()
  await listed.waitFor()
  assert.deepEqual(await complaints(page), [])
  await openCheckUp(page)
  assert.equal((await lines(page))[0], `Look at this: ${LISTED}`)
  await page.getByText('on a list that thieves carry around: Toy Shop.').waitFor()
  assert.deepEqual(await complaints(page), [])
  await page.getByRole('link', { name: 'Choose a new password' }).click()
  await page.getByLabel('The password that you have now').fill(GOOD_PASSWORD)
  await page.getByLabel('Your new password').fill(NEXT_PASSWORD)
  await page.getByRole('button', { name: 'Change it' }).click()
  await page.getByText('Your password is changed.').first().waitFor()
  await openCheckUp(page)
  await page.getByText('There is one thing to look at.').waitFor()
  const answered = page.waitForResponse((response) => response.url().endsWith('/check-up'))
  await page.goto(server.origin)
  await home()
  await (await answered).finished()
  await page.waitForTimeout(300)
  assert.equal(await listed.count(), 0)
  assert.deepEqual(trouble, [])
})
