import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startPushService } from '../harness/push-service.ts'
import { startTestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { pretendMessenger } from './notices-page.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

test('a person chooses how to be told, on this device and by mail, and nothing is on before', async () => {
  await using service = await startPushService()
  await using server = await startTestServer({ args: ['--push-hosts', service.origin] })
  await using chromium = await launchChromium()
  const { page, context } = chromium
  const trouble = watch(page, server.origin)
  await context.grantPermissions(['notifications'])
  await pretendMessenger(page, service.origin)
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'When post comes' }).click()
  const start = page.getByRole('button', { name: 'Tell me on this device' })
  await start.waitFor()
  await page.getByRole('radio', { name: 'Never', checked: true }).waitFor()
  assert.deepEqual(await complaints(page), [])
  await start.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Stop telling me here' }).waitFor()
  await page.getByLabel('No sound at night').click()
  await page.getByLabel('From').fill('20:30')
  await page.getByLabel('At most once a day').check()
  assert.deepEqual(await complaints(page), [])
  await page.reload()
  await page.getByRole('button', { name: 'Stop telling me here' }).waitFor()
  assert.equal(await page.getByLabel('From').inputValue(), '20:30')
  assert.ok(await page.getByLabel('At most once a day').isChecked())
  await page.getByRole('button', { name: 'Stop telling me here' }).click()
  await start.waitFor()
  await page.goto(`${server.origin}/unsubscribe/${'A'.repeat(22)}`)
  await page.getByRole('button', { name: 'Send me no more of these mails' }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/unsubscribe')
  assert.deepEqual(await complaints(page), [])
  await page.getByRole('button', { name: 'Send me no more of these mails' }).click()
  await page.getByText('This link does nothing any more').waitFor()
  assert.deepEqual(trouble, [])
})
