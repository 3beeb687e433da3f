import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { watch } from './page.ts'
import * as people from './people.ts'
import { newPhone, withPasskeys } from './phones.ts'
import { assertLogs } from './stories/log.ts'

describe('a passkey that keeps the recovery card', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  let server: TestServer
  let page: Page
  let trouble: string[]
  let card = ''

  const settings = async (): Promise<void> => {
    await page.goto(`${server.origin}/settings`)
    await page.getByRole('heading', { name: 'Recovery card', exact: true }).waitFor()
  }
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  /** The passkey is the second step, too: it stands for itself. */
  const enter = async (): Promise<void> => {
    await page.getByRole('button', { name: 'I have an account' }).click()
    await page.getByRole('button', { name: /passkey/ }).click()
    await page.getByRole('button', { name: 'I have a recovery card' }).click()
  }

  before(async () => {
    server = stack.use(await startTestServer())
    page = stack.use(await launchChromium()).page
    trouble = watch(page, server.origin)
    await withPasskeys(page)
    await page.goto(server.origin)
    await people.signUp(page, server, freshAddress())
    card = await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  })

  test('who has no passkey is told to make one first', async () => {
    await settings()
    await page.getByText('You have no passkey yet').waitFor()
    assert.deepEqual(await complaints(page), [])
    await page.getByRole('link', { name: 'Signing in and passkeys' }).click()
    await press('Add a passkey')
    await page
      .getByLabel(/name|call/i)
      .first()
      .waitFor()
    await press('Add a passkey')
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
    await press('I have put them away')
  })

  test('the code of the card is typed, and the passkey keeps it', async () => {
    await settings()
    await press('Let a passkey keep the card')
    const code = page.getByLabel('Type the code of your recovery card')
    await code.fill(card.replace(/.$/, (last) => (last === '0' ? '1' : '0')))
    await press('Let a passkey keep the card')
    await page.getByText('This recovery code is not right').waitFor()
    assert.deepEqual(await complaints(page), [])
    await code.fill(card.toLowerCase())
    await press('Let a passkey keep the card')
    await page.getByText('A passkey of yours keeps this card.').waitFor()
    assert.deepEqual(await complaints(page), [])
  })

  test('phone and card are lost: the passkey brings everything back', async () => {
    await newPhone(page, server.origin)
    await enter()
    await page.getByText('It can stand in for it.').waitFor()
    assert.deepEqual(await complaints(page), [])
    await press('Use my passkey')
    await page.getByRole('heading', { name: 'Post for Mia' }).waitFor()
    await page.getByRole('link', { name: 'Family' }).click()
    await page.getByText('Mama').first().waitFor()
    await settings()
    await page.getByText('A passkey of yours keeps this card.').waitFor()
    await assertLogs(server, ['genesis', 'adddev, by card'])
  })

  test('a new card: the passkey keeps the old one, which the screen says', async () => {
    await press('Make a new card')
    await page.getByRole('dialog').getByRole('button', { name: 'Make a new card' }).click()
    await page.getByRole('heading', { name: 'Your recovery card', level: 1 }).waitFor()
    await page.getByText('Your passkey keeps an older card').waitFor()
    assert.deepEqual(await complaints(page), [])
    await people.putCardAway(page)
    await settings()
    await page.getByText('Your passkey keeps an older card').waitFor()
    await newPhone(page, server.origin)
    await enter()
    await press('Use my passkey')
    await page.getByText('It was replaced, so it opens nothing any more').waitFor()
    assert.deepEqual(await complaints(page), [])
    assert.deepEqual(
      trouble.filter((line) => !/\b4\d\d\b/.test(line)),
      [],
    )
    await assertLogs(server, ['genesis', 'adddev, by card', 'card, rotated'])
  })
})
