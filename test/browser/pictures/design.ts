import { launchChromium } from '../../harness/chromium.ts'
import { startTestServer } from '../../harness/server.ts'
import { type Camera, listen, sketchbook } from '../picture.ts'

/** The page of the design system: `node test/browser/pictures/design.ts` after `vite build`. */
export async function walk(camera: Camera): Promise<void> {
  await using server = await startTestServer()
  await using browser = await launchChromium()
  const { page } = browser
  listen(page, 'builder')
  await page.goto(`${server.origin}/design`)
  await page.getByRole('heading', { name: 'Recorder' }).waitFor()
  await camera.picture(page, 'design')
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('dialog').waitFor()
  await camera.picture(page, 'design-dialog')
}

if (import.meta.main) await walk(sketchbook())
