import type { Page } from 'playwright-core'
import { freshAddress } from '../../harness/account.ts'
import { browserAt } from '../../harness/browser.ts'
import { launchChromium } from '../../harness/chromium.ts'
import { createTestClock } from '../../harness/clock.ts'
import { startTestServer, type TestServer } from '../../harness/server.ts'
import { GOOD_PASSWORD } from '../../harness/account.ts'
import * as people from '../people.ts'
import { type Camera, listen, sketchbook } from '../picture.ts'

const QUARTER_HOUR = 15 * 60_000

/**
 * What one hardly sees: ways in that are seldom taken, what is refused, and the way out.
 * `node test/browser/pictures/account.ts` after `vite build`.
 */
export async function walk(camera: Camera): Promise<void> {
  await required(camera)
  await using stack = new AsyncDisposableStack()
  const clock = createTestClock()
  const server = stack.use(await startTestServer({ clock }))
  const { page, context } = stack.use(await launchChromium())
  listen(page, 'mother')
  await notLoaded(camera, page, server)
  const email = freshAddress()
  await page.goto(server.origin)
  await people.signUp(page, server, email)
  await otherWays(camera, page)
  await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  const second = await context.newPage()
  await second.goto(server.origin)
  await second.getByRole('button', { name: 'Use it here' }).waitFor()
  await camera.picture(second, 'busy')
  await second.close()
  await asking(camera, page, server)
  for (let each = 0; each < 3; each += 1) {
    await browserAt(server).post('/api/sessions', { email, password: GOOD_PASSWORD })
  }
  clock.advance(2 * QUARTER_HOUR)
  await proving(camera, page)
  await offline(camera, page, server)
  await unblocking(camera, page, { server, email })
  await leaving(camera, page, server)
}

/** A server on which everybody needs a second step. */
async function required(camera: Camera): Promise<void> {
  await using server = await startTestServer({ args: ['--second-factor', 'required'] })
  await using browser = await launchChromium()
  const { page } = browser
  listen(page, 'newcomer')
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  await page.getByText('Here everybody signs in with a second step').waitFor()
  await camera.picture(page, 'first-factor')
}

/** A screen whose script does not arrive. */
async function notLoaded(camera: Camera, page: Page, server: TestServer): Promise<void> {
  await using browser = await launchChromium({ serviceWorkers: 'block' })
  await browser.page.route('**/assets/guide-*.js', (route) => route.abort())
  await browser.page.goto(`${server.origin}/guide`)
  await browser.page.getByRole('alert').waitFor()
  await camera.picture(browser.page, 'not-loaded')
  await browser.page.close()
}

async function otherWays(camera: Camera, page: Page): Promise<void> {
  await page.getByRole('button', { name: 'I was invited' }).click()
  await page.getByRole('button', { name: 'Back' }).waitFor()
  await camera.picture(page, 'paste-invitation')
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: 'I have a recovery card' }).click()
  await page.getByLabel('Recovery code').fill('this is not the code')
  await page.getByRole('button', { name: 'Bring everything back' }).click()
  await page.getByText('This recovery code is not right').waitFor()
  await camera.picture(page, 'recover')
  await page.reload()
}

/** Somebody asks to come in, shows other digits and is turned away. */
async function asking(camera: Camera, page: Page, server: TestServer): Promise<void> {
  await using browser = await launchChromium()
  const link = await people.invite(page, 'Grandma')
  const stranger = browser.page
  listen(stranger, 'stranger')
  await people.askToJoin(stranger, server, { link, email: freshAddress(), name: 'Grandma' })
  await page.getByRole('navigation').getByRole('link', { name: 'Family' }).click()
  await page.getByRole('link', { name: 'Look' }).click()
  await people.digitsOn(page)
  await page.getByRole('button', { name: 'They differ: turn away' }).click()
  await page.getByRole('dialog').getByText('somebody may be listening in').waitFor()
  await camera.picture(page, 'turn-away')
  await page.getByRole('dialog').getByRole('button', { name: 'Turn away' }).click()
  await stranger.getByRole('heading', { name: 'You were not let in' }).waitFor()
  await camera.picture(stranger, 'turned-away')
}

async function openFromSettings(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

async function proving(camera: Camera, page: Page): Promise<void> {
  await openFromSettings(page, 'Where you are signed in')
  await page.getByRole('listitem').nth(3).waitFor()
  await camera.picture(page, 'sessions')
  await page.getByRole('button', { name: 'End', exact: true }).first().click()
  await page.getByRole('button', { name: 'Sign out there' }).click()
  await page.getByRole('heading', { name: 'Is it still you?' }).waitFor()
  await camera.picture(page, 'prove')
  await page.keyboard.press('Escape')
}

async function offline(camera: Camera, page: Page, { origin }: TestServer): Promise<void> {
  await page.goto(`${origin}/settings/refused`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await camera.picture(page, 'refused')
  await page.getByRole('link', { name: 'Messages' }).click()
  await page.getByRole('heading', { name: 'Post for Mia' }).waitFor()
  await page.context().setOffline(true)
  await page.locator('.offline').getByText(/./).waitFor()
  await camera.picture(page, 'offline')
  await page.context().setOffline(false)
  await page.locator('.offline').getByText(/./).waitFor({ state: 'detached' })
}

type Guessed = { readonly server: TestServer; readonly email: string }

/** The owner of an account whose password others guess at follows the link of the mail. */
async function unblocking(camera: Camera, page: Page, { server, email }: Guessed): Promise<void> {
  const link = async (): Promise<string | undefined> =>
    /^http\S+\/unblock#[\w-]{22}/m.exec((await server.mails()).join('\n'))?.[0]
  for (let each = 0; each < 40 && (await link()) === undefined; each += 1) {
    await browserAt(server).post('/api/sessions', { email, password: 'is it this perhaps' })
  }
  await page.goto((await link()) ?? '')
  await page.getByRole('button', { name: 'Yes, this is me' }).waitFor()
  await camera.picture(page, 'unblock')
  await page.goto(server.origin)
  await page.getByRole('heading', { name: 'Post for Mia' }).waitFor()
}

async function leaving(camera: Camera, page: Page, { origin }: TestServer): Promise<void> {
  await page.goto(`${origin}/settings`)
  await openFromSettings(page, 'Your data')
  await page.getByLabel('Your password').fill(GOOD_PASSWORD)
  await page.getByRole('button', { name: 'Delete my account' }).click()
  await page.getByRole('dialog').waitFor()
  await camera.picture(page, 'delete-account')
  await page.getByRole('button', { name: 'Delete it for ever' }).click()
  const proof = page.getByRole('heading', { name: 'Is it still you?' })
  const gone = page.getByRole('heading', { name: 'Your account is deleted' })
  await proof.or(gone).waitFor()
  if (await proof.isVisible()) {
    await page.getByRole('dialog').getByLabel('Your password').fill(GOOD_PASSWORD)
    await page.keyboard.press('Enter')
  }
  await gone.waitFor()
  await camera.picture(page, 'goodbye')
}

if (import.meta.main) await walk(sketchbook())
