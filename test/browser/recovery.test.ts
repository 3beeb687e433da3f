import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import { watch } from './page.ts'
import * as people from './people.ts'
import { assertLogs } from './stories/log.ts'

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
  await assertLogs(server, ['genesis', 'adddev, by card'])
})

test('a lost card is replaced: the old one opens nothing, the new one everything', async () => {
  await using server = await startTestServer()
  await using mine = await launchChromium()
  await using other = await launchChromium()
  const { page } = mine
  const trouble = [watch(page, server.origin), watch(other.page, server.origin)]
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  const lost = await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Make a new card' }).click()
  await page.getByRole('dialog').getByText('The old card stops working for good').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Make a new card' }).click()
  const card = await people.putCardAway(page)
  assert.notEqual(card, lost)
  await other.page.goto(server.origin)
  await people.signUp(other.page, server, freshAddress())
  await other.page.getByRole('button', { name: 'I have a recovery card' }).click()
  await other.page.getByLabel('Recovery code').fill(lost)
  await other.page.getByRole('button', { name: 'Bring everything back' }).click()
  await other.page.getByText('This card opens no family here').waitFor()
  await other.page.getByLabel('Recovery code').fill(card)
  await other.page.getByRole('button', { name: 'Bring everything back' }).click()
  await other.page.getByRole('heading', { name: 'Post for Mia' }).waitFor()
  assert.deepEqual(trouble, [[], []])
  await assertLogs(server, ['genesis', 'card, rotated', 'adddev, by card'])
})

test('a second guardian is told that there is no card yet, and makes one', async () => {
  await using server = await startTestServer()
  await using mother = await launchChromium()
  await using father = await launchChromium()
  await mother.page.goto(server.origin)
  await people.signUp(mother.page, server, freshAddress())
  await people.startFamily(mother.page, { child: 'Mia', me: 'Mama' })
  const link = await people.invite(mother.page, 'Papa', 'Decide together with you')
  await people.askToJoin(father.page, server, { link, email: freshAddress(), name: 'Papa' })
  await mother.page.getByRole('link', { name: 'Done' }).click()
  await mother.page.getByRole('link', { name: 'Look' }).click()
  await people.digitsOn(mother.page)
  await mother.page.getByRole('button', { name: 'They are the same: let in' }).click()
  await father.page.getByText('You have no recovery card yet').waitFor()
  await father.page.getByRole('link', { name: 'Make a recovery card' }).click()
  await father.page.getByRole('button', { name: 'Make a recovery card' }).click()
  await people.putCardAway(father.page)
  await father.page.getByText('You have no recovery card yet').waitFor({ state: 'hidden' })
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
