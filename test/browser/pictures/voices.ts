import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { freshAddress } from '../../harness/account.ts'
import { launchChromium } from '../../harness/chromium.ts'
import { startTestServer } from '../../harness/server.ts'
import { speak } from '../../harness/speech.ts'
import * as people from '../people.ts'
import { type Camera, listen, sketchbook } from '../picture.ts'

/** Pictures of the recorder and the player: `node test/browser/pictures/voices.ts`. */
export async function walk(camera: Camera, directions = ['ltr']): Promise<void> {
  const voice = join(tmpdir(), 'pawpost-pictures-voice.wav')
  await speak(
    'Hello my dear, this is grandma. Sleep well, and kiss the bear from me. '.repeat(4),
    voice,
  )
  await using server = await startTestServer()
  await using browser = await launchChromium({ microphoneWav: voice })
  const { page } = browser
  listen(page, 'mother')
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  await people.startFamily(page, { child: 'Mia', me: 'Mama' })

  for (const direction of directions) {
    await page.goto(`${server.origin}/record/sender/child`)
    await button(page, 'Record').waitFor()
    await page.evaluate((dir) => document.documentElement.setAttribute('dir', dir), direction)
    await recorded(page, (name) => camera.picture(page, `voices-${direction}-${name}`))
  }
}

function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true })
}

/** Every state, from the first look to the last. */
async function recorded(page: Page, shoot: (name: string) => Promise<void>): Promise<void> {
  await shoot('idle')
  await button(page, 'Record').click()
  await page.locator('.recorder.recording').waitFor()
  await page.waitForTimeout(2500)
  await shoot('recording')
  await button(page, 'Pause').click()
  await shoot('paused')
  await button(page, 'Throw away').click()
  await held(page)
  await shoot('held')
  await page.waitForTimeout(5000)
  await page.mouse.up()
  await page.getByRole('heading', { name: 'Listen before you send it' }).waitFor()
  await page.locator('.wave:not(.unknown)').waitFor()
  await shoot('preview')
  await page.getByRole('button', { name: /^Play/ }).click()
  await page.locator('.position').getByText('0:01').waitFor()
  await page.getByRole('button', { name: /^Pause/ }).click()
  await shoot('playing')
  await button(page, 'Record again').click()
  await page.locator('.warning-seconds').getByText('9 seconds left').waitFor({ timeout: 60_000 })
  await shoot('last-seconds')
  await page.keyboard.press('Escape')
  await button(page, 'Delete').click()
  await button(page, 'Delete it').click()
  await button(page, 'Record').waitFor()
  await refused(page)
  await shoot('refused')
}

async function held(page: Page): Promise<void> {
  const box = await button(page, 'Record').boundingBox()
  if (!box) throw new Error('no button')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.locator('.recorder.recording').waitFor()
  const isRightToLeft = await page.evaluate(() => document.documentElement.dir === 'rtl')
  await page.mouse.move(x + (isRightToLeft ? 45 : -45), y - 20, { steps: 4 })
}

/** Nobody lets this page hear anything. */
async function refused(page: Page): Promise<void> {
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('', 'NotAllowedError'))
  })
  await button(page, 'Record').click()
  await page.locator('.problem').getByText(/./).waitFor()
}

if (import.meta.main) await walk(sketchbook(), ['ltr', 'rtl'])
