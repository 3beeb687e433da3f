import { freshAddress } from '../../harness/account.ts'
import { launchChromium } from '../../harness/chromium.ts'
import { startTestServer } from '../../harness/server.ts'
import * as people from '../people.ts'
import { type Camera, listen, sketchbook } from '../picture.ts'

/** A few screens in other languages, one of them from the right. */
export async function walk(camera: Camera): Promise<void> {
  await using server = await startTestServer()
  await using spanish = await launchChromium({ locale: 'es-MX' })
  await spanish.page.goto(server.origin)
  await spanish.page.locator('html[lang="es"] main h1').waitFor()
  await camera.picture(spanish.page, 'welcome-spanish')
  await using browser = await launchChromium()
  const { page } = browser
  listen(page, 'mother')
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  await page.goto(`${server.origin}/record/sender/child`)
  await people.recordByTaps(page, 1_500)
  await people.send(page)
  await page.goto(`${server.origin}/settings`)
  await page.getByRole('button', { name: 'العربية' }).click()
  await page.locator('html[dir="rtl"] .places').waitFor()
  await camera.picture(page, 'settings-arabic')
  await page.goto(server.origin)
  await page.locator('html[dir="rtl"] .message').first().waitFor()
  await camera.picture(page, 'home-arabic')
}

if (import.meta.main) await walk(sketchbook())
