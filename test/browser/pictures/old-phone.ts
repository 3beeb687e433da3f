import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { freshAddress } from '../../harness/account.ts'
import { launchChromium } from '../../harness/chromium.ts'
import { startTestServer } from '../../harness/server.ts'
import { speak } from '../../harness/speech.ts'
import * as people from '../people.ts'
import { type Camera, listen, sketchbook } from '../picture.ts'

/**
 * Takes pictures of the old phone's page and of the guardian's screens for it, also on phones that
 * are small or lie on their side, and of the printed sheet, into .cache/screens:
 * `node test/browser/pictures/old-phone.ts` after `vite build`.
 */
export async function walk(camera: Camera): Promise<void> {
  const voice = join(tmpdir(), 'pawpost-old-phone-pictures.wav')
  await speak('Hello my dear, this is grandma. Sleep well, and kiss the bear from me.', voice)
  await using server = await startTestServer()
  await using mother = await launchChromium()
  await using grandma = await launchChromium({ microphoneWav: voice })
  listen(mother.page, 'mother')
  listen(grandma.page, 'grandma')
  const link = await makeLink(camera, mother.page, server)
  await talk(camera, grandma.page, link)
  await judge(camera, mother.page)
  await grandma.page.reload()
  await grandma.page.getByText('This link has ended').waitFor()
  await pictures(camera, grandma.page, 'old-phone-ended')
  await grandma.page.goto(link.slice(0, -2))
  await grandma.page.getByText('This link is not complete').waitFor()
  await pictures(camera, grandma.page, 'old-phone-incomplete')
}

type Server = Awaited<ReturnType<typeof startTestServer>>

async function makeLink(camera: Camera, page: Page, server: Server): Promise<string> {
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  await page.getByRole('link', { name: 'Family' }).click()
  await page.getByRole('link', { name: 'A link for an old phone' }).click()
  await page.getByText('There is no such link now.').waitFor()
  await camera.picture(page, 'links-none')
  await page.getByRole('button', { name: 'Make the link' }).click()
  await page.getByLabel('Who gets it?').fill('Grandma')
  await camera.picture(page, 'links-make')
  await page.getByRole('button', { name: 'Make the link' }).click()
  await page.getByRole('heading', { name: 'The link for Grandma' }).waitFor()
  await camera.picture(page, 'links-made')
  await page.emulateMedia({ media: 'print', colorScheme: 'light' })
  await page.setViewportSize({ width: 794, height: 1123 })
  await camera.detail(page, 'links-sheet-print')
  await page.emulateMedia({ media: null })
  return page.getByLabel('Link', { exact: true }).inputValue()
}

async function talk(camera: Camera, page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: 'Press and talk' }).waitFor()
  await pictures(camera, page, 'old-phone')
  await page.getByRole('button', { name: 'Press and talk' }).click()
  await page.getByText('seconds left').waitFor()
  await page.waitForTimeout(1500)
  await pictures(camera, page, 'old-phone-recording')
  await page.waitForTimeout(24_000)
  await camera.picture(page, 'old-phone-warning')
  await page.getByRole('button', { name: 'Press to stop' }).click()
  await page.getByRole('button', { name: 'Send' }).waitFor()
  await pictures(camera, page, 'old-phone-take')
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('It goes out as soon').waitFor()
  await pictures(camera, page, 'old-phone-waiting')
  await page.context().setOffline(false)
  await page.getByText('It is on its way').waitFor()
  await pictures(camera, page, 'old-phone-sent')
}

async function judge(camera: Camera, page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Messages' }).click()
  await page.getByText('by link').waitFor()
  await camera.picture(page, 'links-waiting')
  await page.getByRole('link', { name: 'Family' }).click()
  await page.getByRole('link', { name: 'A link for an old phone' }).click()
  await page.getByText('last used on').waitFor()
  await camera.picture(page, 'links-one')
  await page.getByRole('button', { name: 'End this link' }).click()
  await camera.picture(page, 'links-end')
  await page.getByRole('button', { name: 'End it' }).click()
  await page.getByText('There is no such link now.').waitFor()
}

/** Phones that are small, or lie on their side; and a text size of 200 %. */
async function pictures(camera: Camera, page: Page, name: string): Promise<void> {
  await camera.picture(page, name)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  for (const [size, viewport] of Object.entries({
    small: { width: 320, height: 480 },
    side: { width: 480, height: 320 },
  })) {
    await page.setViewportSize(viewport)
    await camera.detail(page, `${name}-${size}`)
  }
  await page.setViewportSize({ width: 390, height: 844 })
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
  await camera.detail(page, `${name}-200`)
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
}

if (import.meta.main) await walk(sketchbook())
