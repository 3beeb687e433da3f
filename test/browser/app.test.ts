import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { freshAddress, GOOD_PASSWORD } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

const CHILD = 'Mia-Zebulon'

describe('the app on one device', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const profile = await mkdtemp(join(tmpdir(), 'pawpost-app-'))
  stack.defer(() => rm(profile, { recursive: true }))
  const email = freshAddress()
  let server: TestServer
  let context: BrowserContext
  let page: Page
  let trouble: string[]

  const home = () => page.getByRole('heading', { name: `Post for ${CHILD}` }).waitFor()
  const visit = async (path: string): Promise<void> => {
    await page.goto(server.origin + path)
    await page.locator('h1').waitFor()
  }

  before(async () => {
    server = stack.use(await startTestServer())
    const browser = stack.use(await launchChromium({ userDataDir: profile }))
    context = browser.context
    page = browser.page
    trouble = watch(page, server.origin)
  })

  test('signing up, what is wrong is said, and everything can be reached without a mouse', async () => {
    await visit('/')
    assert.deepEqual(await complaints(page), [])
    await page.keyboard.press('Tab')
    await page.keyboard.type(email)
    await page.keyboard.press('Tab')
    await page.keyboard.type('short')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('This password is too short').waitFor()
    await page.getByLabel('Password').fill(GOOD_PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
    assert.deepEqual(await complaints(page), [])
    await page.getByLabel('The six digits').fill('000000')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('This code is not right').waitFor()
    await page.reload()
    await people.confirmAddress(page, server, email)
    await people.startFamily(page, { child: CHILD, me: 'Mama' })
  })

  test('every screen has one heading, names, large targets, and fits a narrow window', async () => {
    const screens = [
      '/',
      '/family',
      '/family/invite',
      '/family/names',
      '/toy',
      '/settings',
      '/settings/refused',
      '/settings/check-up',
    ]
    for (const path of [...screens, '/record/sender/child', '/record/child', '/nowhere']) {
      await visit(path)
      assert.deepEqual(await complaints(page), [], path)
    }
  })

  test('a new screen takes the focus to its heading and names the window', async () => {
    await visit('/')
    await page.getByRole('link', { name: 'Family' }).click()
    const focused = page.locator('h1:focus')
    await focused.waitFor()
    assert.equal(await focused.textContent(), 'Family')
    assert.equal(await page.title(), 'Family · Pawpost')
    await page.goBack()
    await home()
    assert.equal(await page.title(), `Post for ${CHILD} · Pawpost`)
  })

  test('what lies on the disk is ciphertext, and keys that cannot be taken out', async () => {
    const found = await page.evaluate(readDatabase)
    assert.ok(found.entries.length > 5)
    assert.ok(!found.entries.some((entry) => entry.includes(CHILD) || entry.includes('Mama')))
    assert.ok(found.keys.length >= 2)
    assert.ok(found.keys.every((extractable) => !extractable))
  })

  test('a second window waits, and may take over', async () => {
    const second = await context.newPage()
    await second.goto(server.origin)
    await second.getByText('already open in another window').waitFor()
    assert.deepEqual(await complaints(second), [])
    await second.getByRole('button', { name: 'Use it here' }).click()
    await second.getByRole('heading', { name: `Post for ${CHILD}` }).waitFor()
    await page.getByText('already open in another window').waitFor()
    await second.close()
    await page.reload()
    await home()
  })

  test('without a network the app opens, records, and sends when it is back', async () => {
    await page.reload()
    await home()
    await context.setOffline(true)
    await page.reload()
    await home()
    await page.getByText('No connection right now.').waitFor()
    await page.getByRole('link', { name: `To ${CHILD}` }).click()
    await people.recordByTaps(page, 700)
    await people.send(page)
    await page.getByText('Going out as soon as there is a connection').waitFor()
    await page.reload()
    await page.getByText('Going out as soon as there is a connection').waitFor()
    await context.setOffline(false)
    await page.getByText('Approved, not in the bear yet').waitFor()
    await page.reload()
    await page.getByText('Approved, not in the bear yet').waitFor()
    assert.equal(await page.getByText(`You to ${CHILD}`).count(), 1)
  })

  test('what the server refuses stays, says so, and can be sent again', async () => {
    const refused = { code: 'message-refused', message: 'refused' }
    await page.route(/\/messages\/msg-/, (route) => route.fulfill({ status: 422, json: refused }))
    await page.getByRole('link', { name: `To ${CHILD}` }).click()
    await people.recordByTaps(page, 700)
    await people.send(page)
    await page.getByText('Could not be sent').waitFor()
    assert.deepEqual(await complaints(page), [])
    await page.unroute(/\/messages\/msg-/)
    await page.reload()
    await page.getByText('Could not be sent').waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Could not be sent').waitFor({ state: 'hidden' })
    await page.getByText('Approved, not in the bear yet').nth(1).waitFor()
  })

  test('the shell is kept, and nothing of the API', async () => {
    const kept = await page.evaluate(async () => {
      const names = await caches.keys()
      const found = await Promise.all(
        names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
      )
      return { names, urls: found.flat() }
    })
    assert.equal(kept.names.length, 1)
    assert.ok(kept.urls.includes(`${server.origin}/`))
    assert.ok(kept.urls.length > 10)
    assert.ok(!kept.urls.some((url) => new URL(url).pathname.startsWith('/api/')))
  })

  test('signing out keeps the messages for who signs in again', async () => {
    await visit('/settings')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.getByLabel('Your e-mail address').fill(email)
    await page.getByLabel('Password').fill('not the password at all')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('The address or the password is not right').waitFor()
    await page.getByLabel('Password').fill(GOOD_PASSWORD)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await home()
    await page.getByText(`You to ${CHILD}`).first().waitFor()
  })

  test('no page threw, broke its own policy, or asked anybody else', () => {
    assert.deepEqual(trouble, [])
  })
})

/** Runs in the page: every entry of the store as text, and whether each key could be exported. */
async function readDatabase(): Promise<{ entries: string[]; keys: boolean[] }> {
  const opened = indexedDB.open('pawpost')
  await new Promise((resolve) => opened.addEventListener('success', resolve))
  const all = async (table: string): Promise<unknown[]> => {
    const request = opened.result.transaction(table).objectStore(table).getAll()
    await new Promise((resolve) => request.addEventListener('success', resolve))
    return request.result as unknown[]
  }
  const keys: boolean[] = []
  const collect = (value: unknown): void => {
    if (value instanceof CryptoKey) keys.push(value.extractable)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  for (const secret of await all('secrets')) collect(secret)
  const latin = new TextDecoder('latin1')
  const entries = await all('entries')
  opened.result.close()
  return { entries: entries.map((entry) => latin.decode(entry as Uint8Array)), keys }
}
