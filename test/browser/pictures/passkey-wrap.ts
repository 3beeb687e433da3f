import { freshAddress } from '../../harness/account.ts'
import { launchChromium } from '../../harness/chromium.ts'
import { startTestServer } from '../../harness/server.ts'
import * as people from '../people.ts'
import { newPhone, withPasskeys } from '../phones.ts'
import { type Camera, listen, sketchbook } from '../picture.ts'

/** Pictures of a passkey that keeps the recovery card: offered, typed, used. */
export async function walk(camera: Camera): Promise<void> {
  await using server = await startTestServer()
  await using browser = await launchChromium()
  const { page } = browser
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  listen(page, 'mother')
  await withPasskeys(page)
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  await page.goto(`${server.origin}/settings/signing-in`)
  await press('Add a passkey')
  await page.getByLabel('What shall your devices call it?').waitFor()
  await press('Add a passkey')
  await press('I have put them away')
  await page.goto(`${server.origin}/settings`)
  await press('Let a passkey keep the card')
  await page.getByLabel('Type the code of your recovery card').waitFor()
  await camera.picture(page, 'passkey-typed')
  await press('Make a new card')
  await page.getByRole('dialog').getByRole('button', { name: 'Make a new card' }).click()
  await page.getByRole('heading', { name: 'Your recovery card', level: 1 }).waitFor()
  await page.getByText('A passkey of yours can keep this card').waitFor()
  await camera.picture(page, 'passkey-offered')
  await press('Let a passkey keep the card')
  await page.getByText('A passkey of yours keeps this card.').waitFor()
  await people.putCardAway(page)
  await newPhone(page, server.origin)
  await press('I have an account')
  await page.getByRole('button', { name: /passkey/ }).click()
  await press('I have a recovery card')
  await page.getByText('It can stand in for it.').waitFor()
  await camera.picture(page, 'passkey-use')
}

if (import.meta.main) await walk(sketchbook())
