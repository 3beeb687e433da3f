import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshAddress } from '../../harness/account.ts'
import { chooseDevice, launchChromium } from '../../harness/chromium.ts'
import { halved, recordedAs, wayNamed } from '../../harness/paw-recording.ts'
import { startTestServer } from '../../harness/server.ts'
import { samplesOf, speak } from '../../harness/speech.ts'
import { startVirtualToy } from '../../harness/virtual-toy.ts'
import { approveAll, relative, says } from '../childs-side.ts'
import { type Camera, listen, sketchbook } from '../picture.ts'
import * as people from '../people.ts'

/** The toy's screen: away, connected, with a recording, with voices in it: `node test/browser/pictures/toy.ts`. */
export async function walk(camera: Camera): Promise<void> {
  const words = join(tmpdir(), 'pawpost-toy.wav')
  await speak('Good night grandma. The bear and I love you very much.', words)
  const recording = recordedAs(wayNamed('ima-4'), halved(await samplesOf(words)))
  await using server = await startTestServer()
  await using served = await startVirtualToy({ dbus: true, knobs: { microphone: () => recording } })
  await using browser = await launchChromium({ dbusAddress: served.dbusAddress ?? '' })
  const { page } = browser
  listen(page, 'mother')
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  const grandma = await relative(page, server, 'Grandma')
  for (const seconds of [1, 2]) await says(grandma, seconds)
  await page.locator('.waiting .message').nth(1).waitFor()
  await camera.picture(page, 'messages-waiting-and-offered')
  await approveAll(page, 2)
  await page.getByRole('link', { name: 'Toy', exact: true }).click()
  await camera.picture(page, 'toy-away')
  await chooseDevice(page, 'CloudPets')
  await page.getByRole('button', { name: 'Connect the toy' }).click()
  await page.getByRole('button', { name: 'Fetch the recording' }).waitFor()
  await camera.picture(page, 'toy-connected')
  served.toy.press('record')
  await page.getByText('The child is recording').waitFor()
  served.toy.press('record')
  await page.getByRole('button', { name: 'Play: What the paw recorded' }).waitFor()
  await camera.picture(page, 'toy-recording-here')
  await page.getByRole('button', { name: 'Throw it away' }).click()
  await page.getByRole('radio', { name: /^3:/ }).check()
  await page.getByRole('button', { name: 'Put it there' }).click()
  await page.locator('#main').getByText('It lies in the toy now.').waitFor()
  await camera.picture(page, 'toy-places')
}

if (import.meta.main) await walk(sketchbook())
