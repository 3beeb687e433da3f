import { freshAddress } from '../../harness/account.ts'
import { launchChromium } from '../../harness/chromium.ts'
import { startPushService } from '../../harness/push-service.ts'
import { startTestServer } from '../../harness/server.ts'
import { pretendMessenger } from '../notices-page.ts'
import * as people from '../people.ts'
import { type Camera, listen, sketchbook } from '../picture.ts'

/** Takes pictures of how one is told that post came: `node test/browser/pictures/notices.ts`. */
export async function walk(camera: Camera): Promise<void> {
  await using service = await startPushService()
  await using server = await startTestServer({ args: ['--push-hosts', service.origin] })
  await using chromium = await launchChromium()
  const { page, context } = chromium
  listen(page, 'mother')
  await context.grantPermissions(['notifications'])
  await pretendMessenger(page, service.origin)
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  await page.goto(`${server.origin}/settings`)
  await page.getByRole('link', { name: 'When post comes' }).click()
  await page.getByRole('button', { name: 'Tell me on this device' }).waitFor()
  await camera.picture(page, 'notices-off')
  await page.getByRole('button', { name: 'Tell me on this device' }).click()
  await page.getByText('No sound at night').click()
  await page.getByLabel('From').waitFor()
  await page.getByLabel('At most once a day').check()
  await camera.picture(page, 'notices-on')
  await page.goto(`${server.origin}/unsubscribe#AAAAAAAAAAAAAAAAAAAAAA`)
  await page.getByRole('button', { name: 'Send me no more of these mails' }).waitFor()
  await camera.picture(page, 'unsubscribe')
  await page.getByRole('button', { name: 'Send me no more of these mails' }).click()
  await page.getByText('This link does nothing any more').waitFor()
  await camera.picture(page, 'unsubscribe-wrong')
}

if (import.meta.main) await walk(sketchbook())
