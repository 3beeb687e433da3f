import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { freshAddress, GOOD_PASSWORD } from '../../harness/account.ts'
import { appCode } from '../../harness/browser.ts'
import { chooseDevice, launchChromium } from '../../harness/chromium.ts'
import { startTestServer } from '../../harness/server.ts'
import { speak } from '../../harness/speech.ts'
import { startVirtualToy } from '../../harness/virtual-toy.ts'
import * as people from '../people.ts'
import { type Camera, listen, sketchbook } from '../picture.ts'

/** Two people live through the app's whole story: `node test/browser/pictures/story.ts`. */
export async function walk(camera: Camera): Promise<void> {
  const voice = join(tmpdir(), 'pawpost-screens.wav')
  await speak('Hello my dear, this is grandma. Sleep well, and kiss the bear from me.', voice)
  await using server = await startTestServer()
  await using toy = await startVirtualToy({ dbus: true })
  await using mother = await launchChromium({
    dbusAddress: toy.dbusAddress ?? '',
    microphoneWav: voice,
  })
  await using grandma = await launchChromium({ microphoneWav: voice })
  listen(mother.page, 'mother')
  listen(grandma.page, 'grandma')
  const email = await settling(camera, mother.page, server)
  await joining(camera, mother.page, grandma.page, server)
  await talking(camera, mother.page, grandma.page)
  await playing(camera, mother.page)
  await securing(camera, mother.page)
  await entering(camera, mother.page, email)
}

type Server = Awaited<ReturnType<typeof startTestServer>>

async function settling(camera: Camera, page: Page, server: Server): Promise<string> {
  await page.goto(server.origin)
  await page.getByRole('button', { name: 'Make an account' }).waitFor()
  await camera.picture(page, 'welcome')
  await page.getByRole('link', { name: 'Keep your account safe' }).click()
  await page.getByRole('heading', { name: 'Ask to be told' }).waitFor()
  await camera.picture(page, 'guide')
  await page.getByRole('link', { name: 'Back' }).click()
  const email = freshAddress()
  await page.getByLabel('Your e-mail address').fill(email)
  await page.getByLabel('Password').fill('too short')
  await page.getByRole('button', { name: 'Make an account' }).click()
  await page.getByText('This password is too short').waitFor()
  await camera.picture(page, 'password-short')
  await page.getByLabel('Password').fill('passwordpassword')
  await page.getByText('Easy to guess').waitFor()
  await camera.picture(page, 'password-weak')
  await page.getByLabel('Password').fill('tea and biscuits at four')
  await page.getByText('Very good').waitFor()
  await camera.picture(page, 'password-good')
  await page.getByRole('button', { name: 'Make an account' }).click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  await camera.picture(page, 'code')
  await people.confirmAddress(page, server, email)
  await page.getByLabel('The child’s name or nickname').waitFor()
  await camera.picture(page, 'create')
  await page.getByLabel('The child’s name or nickname').fill('Mia')
  await page.getByLabel('And what does the child call you?').fill('Mama')
  await page.getByLabel('I am allowed to decide this for the child').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: 'Your recovery card' }).waitFor()
  await camera.picture(page, 'card')
  await page.emulateMedia({ media: 'print' })
  await camera.detail(page, 'card-print')
  await page.emulateMedia({ media: 'screen' })
  await page.getByRole('button', { name: 'I have put it away' }).click()
  await camera.picture(page, 'card-sure')
  await page.getByRole('button', { name: 'Yes, it is safe' }).click()
  await page.getByRole('heading', { name: 'Post for Mia' }).waitFor()
  await camera.picture(page, 'home-empty')
  return email
}

async function joining(camera: Camera, mother: Page, grandma: Page, server: Server): Promise<void> {
  await mother.getByRole('link', { name: 'Family' }).click()
  await mother.getByRole('link', { name: 'Invite somebody' }).click()
  await camera.picture(mother, 'invite')
  await mother.getByRole('link', { name: 'Back' }).click()
  const link = await people.invite(mother, 'Grandma')
  await camera.picture(mother, 'invitation')
  await mother.getByRole('link', { name: 'Done' }).click()
  await camera.picture(mother, 'family-invited')
  await grandma.goto(link)
  await grandma.getByRole('button', { name: 'Make an account' }).waitFor()
  await camera.picture(grandma, 'invited')
  await people.signUp(grandma, server, freshAddress())
  await grandma.getByLabel('What does the child call you?').waitFor()
  await camera.picture(grandma, 'who-are-you')
  await grandma.getByLabel('What does the child call you?').fill('Grandma Rose')
  await grandma.getByRole('button', { name: 'Ask to come in' }).click()
  await grandma.getByRole('heading', { name: 'Nearly there' }).waitFor()
  await camera.picture(grandma, 'nearly-there')
  await mother.getByRole('link', { name: 'Look' }).waitFor()
  await camera.picture(mother, 'family-waiting')
  await people.digitsOn(grandma)
  await camera.picture(grandma, 'digits')
  await mother.getByRole('link', { name: 'Look' }).click()
  await people.digitsOn(mother)
  await camera.picture(mother, 'compare')
  await mother.getByRole('button', { name: 'They are the same: let in' }).click()
  await mother.getByRole('heading', { name: 'Family' }).waitFor()
  await mother.getByText('records and listens').waitFor()
  await mother.getByText('Somebody wants to come in').waitFor({ state: 'hidden' })
  await camera.picture(mother, 'family')
  await mother.getByRole('link', { name: 'Change the names' }).click()
  await mother.getByRole('heading', { name: 'Names', level: 1 }).waitFor()
  await camera.picture(mother, 'names')
  await mother.getByRole('link', { name: 'Back' }).click()
}

async function talking(camera: Camera, mother: Page, grandma: Page): Promise<void> {
  await grandma.getByRole('heading', { name: 'Post for Mia' }).waitFor()
  await camera.picture(grandma, 'relative-home')
  await grandma.getByRole('button', { name: 'Record', exact: true }).click()
  await grandma.locator('.recorder.recording').waitFor()
  await grandma.waitForTimeout(2500)
  await camera.picture(grandma, 'recording')
  await grandma.getByRole('button', { name: 'Stop', exact: true }).click()
  await grandma.getByRole('heading', { name: 'Listen before you send it' }).waitFor()
  await camera.picture(grandma, 'preview')
  await people.send(grandma)
  await grandma.getByText('The parents listen first').waitFor()
  await camera.picture(grandma, 'relative-sent')
  await mother.getByRole('link', { name: 'Messages' }).click()
  await mother.getByRole('button', { name: 'Approve' }).waitFor()
  await camera.picture(mother, 'home-waiting')
  await mother.getByRole('button', { name: /^Play/ }).click()
  await mother.getByRole('button', { name: /^Pause/ }).waitFor()
  await camera.picture(mother, 'home-playing')
  await mother.getByRole('button', { name: 'Not this one' }).click()
  await camera.picture(mother, 'home-reject')
  await mother.getByRole('button', { name: 'No, go back' }).click()
  await mother.getByRole('button', { name: 'Approve' }).click()
  await mother.getByText('Approved, not in the bear yet').waitFor()
  await camera.picture(mother, 'home-approved')
}

async function playing(camera: Camera, mother: Page): Promise<void> {
  await mother.getByRole('link', { name: 'Toy', exact: true }).click()
  await mother.getByRole('button', { name: 'Connect the toy' }).waitFor()
  await camera.picture(mother, 'toy')
  await chooseDevice(mother, 'CloudPets')
  await mother.getByRole('button', { name: 'Connect the toy' }).click()
  await mother.locator('#main').getByText('Connected: CloudPets').waitFor()
  await camera.picture(mother, 'toy-connected')
  await mother.getByRole('button', { name: 'Send to the toy' }).click()
  await mother.getByText(/[1-9]\d % there/).waitFor()
  await camera.picture(mother, 'toy-sending')
  await mother.locator('#main').getByText('It is in the bear.').waitFor({ timeout: 60_000 })
  await camera.picture(mother, 'toy-sent')
  await mother.getByRole('link', { name: /answer$/ }).click()
  await mother.getByRole('checkbox', { name: 'Grandma Rose' }).waitFor()
  await camera.picture(mother, 'whom')
  await people.chooseWhom(mother, ['Grandma Rose'])
  await mother.getByText('Hold the phone near').waitFor()
  await camera.picture(mother, 'answer')
  await mother.getByRole('link', { name: 'Settings' }).click()
  await mother.getByRole('button', { name: 'Make a new card' }).waitFor()
  await camera.picture(mother, 'settings')
  await mother.getByRole('button', { name: 'Make a new card' }).click()
  await camera.picture(mother, 'card-replace')
  await mother.getByRole('button', { name: 'No, go back' }).click()
  await mother.getByRole('link', { name: 'Is everything safe?' }).click()
  await mother.getByRole('heading', { name: 'Check-up' }).waitFor()
  await camera.picture(mother, 'check-up')
}

/** The ways of signing in, and what belongs to the account. */
async function securing(camera: Camera, page: Page): Promise<void> {
  await openFromSettings(page, 'Signing in')
  await camera.picture(page, 'signing-in')
  await page.getByRole('button', { name: 'Add an authenticator app' }).click()
  await page.locator('.app-secret').waitFor()
  await camera.picture(page, 'authenticator-app')
  const secret = (await page.locator('.app-secret span').allTextContents()).join('')
  await page.getByLabel('The six digits that the app shows now').fill(appCode(secret, Date.now()))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
  await camera.picture(page, 'recovery-codes')
  await page.getByRole('button', { name: 'I have put them away' }).click()
  await page.getByText('10 codes are left.').waitFor()
  await camera.picture(page, 'signing-in-secured')
  for (const name of ['Change your password', 'Where you are signed in', 'Your data']) {
    await openFromSettings(page, name)
    await camera.picture(page, name.toLowerCase().replaceAll(' ', '-'))
  }
}

async function openFromSettings(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

async function entering(camera: Camera, page: Page, email: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await camera.picture(page, 'sign-in')
  await page.getByLabel('Your e-mail address').fill(email)
  await page.getByLabel('Password').fill(GOOD_PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
  await camera.picture(page, 'second-step')
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await camera.picture(page, 'second-step-recovery-code')
  await page.getByRole('button', { name: 'Start again' }).click()
  await page.getByRole('link', { name: 'I forgot my password' }).click()
  await camera.picture(page, 'forgotten-password')
  await page.getByLabel('Your e-mail address').fill(email)
  await page.keyboard.press('Enter')
  await page.getByLabel('The code from the mail').waitFor()
  await camera.picture(page, 'new-password')
}

if (import.meta.main) await walk(sketchbook())
