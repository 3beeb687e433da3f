import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { freshAddress } from '../../harness/account.ts'
import { pageOf, someVoices } from '../../harness/archives.ts'
import { launchChromium } from '../../harness/chromium.ts'
import { startTestServer } from '../../harness/server.ts'
import * as people from '../people.ts'
import { type Camera, listen, sketchbook } from '../picture.ts'

/** Everything about taking voices along, bringing them, and leaving. */
export async function walk(camera: Camera): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-pictures-'))
  await using server = await startTestServer()
  await using browser = await launchChromium()
  const { page } = browser
  listen(page, 'mum')
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'))
  const file = join(folder, 'voices.html')
  await writeFile(file, await pageOf(someVoices(12)))

  try {
    await page.goto(pathToFileURL(file).href)
    await camera.picture(page, 'archive-page')
    await page
      .getByRole('button', { name: /^Play / })
      .first()
      .click()
    await camera.picture(page, 'archive-page-playing')

    await page.goto(server.origin)
    await people.signUp(page, server, freshAddress())
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
    const open = async (name: string): Promise<void> => {
      await page.getByRole('link', { name: 'Settings' }).click()
      await page.getByRole('link', { name: 'Your data' }).click()
      await page.getByRole('link', { name, exact: true }).click()
      await page.getByRole('heading', { name, level: 1 }).waitFor()
    }
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('link', { name: 'Your data' }).click()
    await page.getByRole('heading', { name: 'Your voices' }).waitFor()
    await camera.picture(page, 'archive-data')
    await open('Bring an archive')
    await camera.picture(page, 'archive-bring')
    await page.getByLabel('The file').setInputFiles(file)
    await page.getByRole('button', { name: 'Bring the voices' }).click()
    await page.getByText('12 recordings are new here.').first().waitFor()
    await camera.picture(page, 'archive-brought')
    await page.getByRole('link', { name: 'Listen to them' }).click()
    await page.getByRole('listitem').first().waitFor()
    await camera.picture(page, 'archive-keepsakes')
    await open('Download everything')
    await camera.picture(page, 'archive-take')
    await page.getByRole('button', { name: 'Make the locked files' }).click()
    await page.getByRole('heading', { name: 'The opening line' }).waitFor()
    await camera.picture(page, 'archive-line')
    await page.getByRole('button', { name: 'I have put it away' }).click()
    await page.getByRole('button', { name: 'Yes, it is safe' }).click()
    await open('Leave this family')
    await camera.picture(page, 'archive-leave')
    await page.getByRole('button', { name: 'End the family' }).click()
    await camera.picture(page, 'archive-end-sure')
    await page.getByRole('button', { name: 'End it for ever' }).click()
    await page.getByRole('heading', { name: 'The family is ended' }).waitFor()
    await camera.picture(page, 'archive-ended')
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 20 })
  }
}

if (import.meta.main) await walk(sketchbook())
