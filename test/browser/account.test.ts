import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress, GOOD_PASSWORD } from '../harness/account.ts'
import { appCode, browserAt } from '../harness/browser.ts'
import { launchChromium } from '../harness/chromium.ts'
import { createTestClock } from '../harness/clock.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

const NEXT_PASSWORD = 'seven lanterns over the pond'
const LAST_PASSWORD = 'a wooden boat full of pears'

/** Guesses at a password from a browser that nobody knows, until the owner is told by mail. */
async function guess(server: TestServer, email: string): Promise<string> {
  for (let each = 0; each < 40; each += 1) {
    await browserAt(server).post('/api/sessions', { email, password: 'is it this perhaps' })
    const link = /^http\S+\/unblock#[\w-]{22}/m.exec((await server.mails()).join('\n'))?.[0]
    if (link !== undefined) return link
  }
  throw new Error('nobody was told')
}

/** The link in the newest mail to an address. */
async function mailedLink(server: TestServer, email: string): Promise<string> {
  const mail = (await server.mails()).findLast((each) => each.includes(`To: <${email}>`)) ?? ''
  return /^http\S+\/reset#[\w-]{22}/m.exec(mail)?.[0] ?? ''
}

async function fillReset(page: Page, password: string): Promise<void> {
  await page.getByLabel('Your new password').fill(password)
  await page.getByRole('button', { name: 'Save and sign in' }).click()
}

describe('the own account, in the app', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const clock = createTestClock()
  const email = freshAddress()
  let server: TestServer
  let page: Page
  let trouble: string[]
  let secret = ''

  const home = () => page.getByRole('heading', { name: 'Post for Mia' }).waitFor()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const open = async (name: string): Promise<void> => {
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    assert.deepEqual(await complaints(page), [], name)
  }
  const signOut = async (): Promise<void> => {
    await page.getByRole('link', { name: 'Settings' }).click()
    await press('Sign out')
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  }

  before(async () => {
    server = stack.use(await startTestServer({ clock }))
    page = stack.use(await launchChromium()).page
    trouble = watch(page, server.origin)
    await page.goto(server.origin)
    await people.signUp(page, server, email)
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  })

  test('the password is changed by who knows the old one', async () => {
    await open('Change your password')
    await page.getByLabel('The password that you have now').fill('not this one at all')
    await page.getByLabel('Your new password').fill(NEXT_PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('This is not the password').waitFor()
    await page.getByLabel('The password that you have now').fill(GOOD_PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByText('Your password is changed').first().waitFor()
    assert.deepEqual(await complaints(page), [])
    const other = browserAt(server)
    assert.equal(
      (await other.post('/api/sessions', { email, password: GOOD_PASSWORD })).code,
      'sign-in-refused',
    )
  })

  test('other places are listed, and ended one by one or all at once', async () => {
    const others = [browserAt(server), browserAt(server), browserAt(server)]
    for (const other of others) {
      assert.equal(
        (await other.post('/api/sessions', { email, password: NEXT_PASSWORD })).status,
        201,
      )
    }
    clock.advance(20 * 60_000)
    await open('Where you are signed in')
    await page.getByRole('listitem').nth(3).waitFor()
    await page.getByRole('button', { name: 'End', exact: true }).first().click()
    await press('Sign out there')
    await page.getByRole('heading', { name: 'Is it still you?' }).waitFor()
    assert.deepEqual(await complaints(page), [])
    await page.getByLabel('Your password').fill(NEXT_PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('listitem').nth(3).waitFor({ state: 'detached' })
    await press('Sign out everywhere else')
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere else' }).click()
    await page.getByRole('listitem').nth(1).waitFor({ state: 'detached' })
    await page.getByText('Here', { exact: true }).waitFor()
    for (const other of others) assert.equal((await other.get('/api/sessions/current')).status, 401)
  })

  test('a forgotten password is replaced by a mailed code', async () => {
    await signOut()
    await page.getByRole('link', { name: 'I forgot my password' }).click()
    await page.getByLabel('Your e-mail address').fill(email)
    assert.deepEqual(await complaints(page), [])
    await page.keyboard.press('Enter')
    await page.getByLabel('The code from the mail').fill('no such code')
    await fillReset(page, LAST_PASSWORD)
    await page.getByRole('alert').getByText('This code is not right').waitFor()
    assert.deepEqual(await complaints(page), [])
    const [, code = ''] = (await mailedLink(server, email)).split('#')
    await page.getByLabel('The code from the mail').fill(code)
    await fillReset(page, LAST_PASSWORD)
    await home()
  })

  test('by the link as well, and never past the second step', async () => {
    const owner = browserAt(server)
    await owner.post('/api/sessions', { email, password: LAST_PASSWORD })
    secret = String((await owner.post('/api/factors/totp')).body['secret'])
    const code = appCode(secret, clock.now())
    assert.equal((await owner.post('/api/factors/totp/confirmation', { code })).status, 200)
    await owner.post('/api/resets', { email })
    await signOut()
    await page.goto(await mailedLink(server, email))
    await page.getByRole('heading', { name: 'A new password' }).waitFor()
    assert.equal(new URL(page.url()).hash, '')
    await fillReset(page, NEXT_PASSWORD)
    await page.getByRole('heading', { name: 'One more step' }).waitFor()
    clock.advance(30_000)
    await page.getByLabel('The six digits from your app').fill(appCode(secret, clock.now()))
    await page.keyboard.press('Enter')
    await home()
  })

  test('the link for who is kept out by the guesses of others makes the browser known', async () => {
    await page.goto(await guess(server, email))
    await page.getByRole('heading', { name: 'Sign in here again' }).waitFor()
    assert.deepEqual(await complaints(page), [])
    await press('Yes, this is me')
    await page.getByText('Done. You can sign in here now.').first().waitFor()
    assert.deepEqual(await complaints(page), [])
    await page.getByRole('link', { name: 'Go on to sign in' }).click()
    await home()
  })

  test('what the server has can be downloaded, and the account deleted', async () => {
    clock.advance(20 * 60_000)
    await open('Your data')
    await press('Download it')
    await page.getByRole('dialog').getByLabel('Your password').fill(NEXT_PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByLabel('The six digits from your app').fill(appCode(secret, clock.now()))
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.keyboard.press('Enter'),
    ])
    const text = await readFile(await download.path(), 'utf8')
    assert.equal((JSON.parse(text) as { address: string }).address, email)
    await page.getByLabel('Your password').fill(NEXT_PASSWORD)
    await press('Delete my account')
    assert.deepEqual(await complaints(page), [])
    await press('Delete it for ever')
    await page.getByRole('heading', { name: 'Your account is deleted' }).waitFor()
    assert.deepEqual(await complaints(page), [])
    const [receipt] = await Promise.all([page.waitForEvent('download'), press('Save the receipt')])
    assert.match(await readFile(await receipt.path(), 'utf8'), /"keysDestroyed": [1-9]/)
    await page.getByRole('link', { name: 'Close' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    const other = browserAt(server)
    assert.equal(
      (await other.post('/api/sessions', { email, password: NEXT_PASSWORD })).code,
      'sign-in-refused',
    )
    assert.deepEqual(trouble, [])
  })
})
