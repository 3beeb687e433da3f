import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { freshAddress } from '../../harness/account.ts'
import { launchChromium } from '../../harness/chromium.ts'
import { startTestServer } from '../../harness/server.ts'
import { speak } from '../../harness/speech.ts'
import { approveAll, digitsInWords, handOver, relative, says, takeBack } from '../childs-side.ts'
import { type Camera, listen, sketchbook } from '../picture.ts'
import * as people from '../people.ts'

/** Pictures of the child's side: `node test/browser/pictures/child.ts` after `vite build`. */
export async function walk(camera: Camera): Promise<void> {
  const voice = join(tmpdir(), 'pawpost-child.wav')
  await speak('Good night grandma. The bear and I love you very much.', voice)
  await using server = await startTestServer()
  await using browser = await launchChromium({ microphoneWav: voice })
  const { page } = browser
  listen(page, 'mother')
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  await handOver(page)
  await camera.picture(page, 'child-empty')
  await page.getByRole('button', { name: 'Stories' }).click()
  await camera.picture(page, 'child-no-stories')
  await gate(page, camera)
  for (const name of ['Grandma', 'Papa', 'Uncle Theodore', 'Aunt Ilse', 'Cousin Jo', 'Opa']) {
    const client = await relative(page, server, name)
    await says(client, 3)
    if (name === 'Grandma') await says(client, 12)
    await page.getByText(`${name} to Mia`).first().waitFor()
    await approveAll(page, name === 'Grandma' ? 2 : 1)
    if (name === 'Grandma' || name === 'Uncle Theodore') {
      await handOver(page)
      await page.locator('.friends .friend .name').first().waitFor()
      await camera.picture(page, `child-home-${name === 'Grandma' ? 'one' : 'three'}`)
      await gate(page)
    }
  }
  await stories(camera, page)
  await page.getByRole('link', { name: 'Messages' }).click()
  await rooms(camera, page)
  await night(camera, page)
}

/** Through the gate; pictured where there is a camera. */
async function gate(page: Page, camera?: Camera): Promise<void> {
  await page.getByRole('button', { name: 'For grown-ups' }).click()
  await page.locator('.spelled').waitFor()
  await camera?.picture(page, 'child-gate')
  await page.getByLabel('Four digits').fill(await digitsInWords(page))
  await page.getByRole('button', { name: 'Open' }).click()
  await page.getByRole('heading', { name: /^Post for/ }).waitFor()
}

async function stories(camera: Camera, page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Hand it to the child' }).click()
  await page.getByRole('button', { name: 'Hand it over' }).waitFor()
  await camera.picture(page, 'child-hand-over')
  await page.getByRole('link', { name: 'Choose stories' }).click()
  for (let count = 0; count < 5; count++) {
    await page.getByRole('button', { name: 'Put on the shelf' }).first().click()
    await page.locator('.good').nth(count).waitFor()
  }
  await camera.picture(page, 'child-choose-stories')
}

async function rooms(camera: Camera, page: Page): Promise<void> {
  await handOver(page)
  await page.locator('.friends .friend').nth(5).waitFor()
  await camera.picture(page, 'child-home-six')
  await page.getByRole('button', { name: /Grandma/ }).click()
  await page.locator('.talker.talking').waitFor()
  await camera.picture(page, 'child-speaker')
  await page.getByRole('button', { name: 'Speak' }).click()
  await page.locator('.answer.recording').waitFor()
  await page.waitForTimeout(2_500)
  await camera.picture(page, 'child-recording')
  await page.getByRole('button', { name: /Speak now/ }).click()
  await page.locator('.answer.replay').waitFor()
  await camera.picture(page, 'child-replay')
  await page.locator('.answer.flying').waitFor()
  await page.getByRole('button', { name: 'Back to the start' }).click()
  await page.waitForTimeout(600)
  await page.getByRole('button', { name: 'Lullabies' }).click()
  await camera.picture(page, 'child-lullabies')
  await page.getByRole('button', { name: '10 minutes' }).click()
  await page.waitForTimeout(600)
  await page.getByRole('button', { name: 'Cradle song' }).click()
  await page.locator('.sky.playing').waitFor()
  await camera.picture(page, 'child-lullaby')
  await page.getByRole('button', { name: 'Back to the start' }).click()
  await page.waitForTimeout(600)
  await page.getByRole('button', { name: 'Stories' }).click()
  await page.waitForTimeout(600)
  await camera.picture(page, 'child-shelf')
  await page.getByRole('button', { name: /^Story 2/ }).click()
  await page.waitForTimeout(1_500)
  await camera.picture(page, 'child-story')
  await page.getByRole('button', { name: 'Back to the start' }).click()
  await page.waitForTimeout(600)
  await page.getByRole('button', { name: 'Paw game' }).click()
  await page.getByRole('button', { name: 'Begin' }).waitFor()
  await camera.picture(page, 'child-game')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.locator('.game-paw.lit').waitFor()
  await camera.detail(page, 'child-game-lit')
}

/** All hours of a day but its last minute. */
async function night(camera: Camera, page: Page): Promise<void> {
  await takeBack(page)
  await page.getByRole('link', { name: 'Family' }).click()
  await page.getByRole('link', { name: /^Mia/ }).click()
  for (const name of ['On school nights', 'At the weekend']) {
    await page.getByRole('checkbox', { name }).check()
    await page.getByRole('group', { name }).getByLabel('From').fill('00:00')
    await page.getByRole('group', { name }).getByLabel('To').fill('23:59')
  }
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Family', level: 1 }).waitFor()
  await page.getByRole('link', { name: 'Messages' }).click()
  await handOver(page)
  await page.locator('main.child.quiet .night').waitFor()
  await camera.picture(page, 'child-night')
}

if (import.meta.main) await walk(sketchbook())
