import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { watch } from './page.ts'
import * as people from './people.ts'
import * as phones from './phones.ts'
import { assertLogs } from './stories/log.ts'

describe('a guardian and two phones', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const email = freshAddress()
  let server: TestServer
  let old: Page
  let next: Page
  const trouble: string[][] = []

  const launch = async (): Promise<Page> => {
    const { page } = stack.use(await launchChromium())
    trouble.push(watch(page, server.origin))
    return page
  }

  before(async () => {
    server = stack.use(await startTestServer())
    old = await launch()
    next = await launch()
    await old.goto(server.origin)
    await people.signUp(old, server, email)
    await people.startFamily(old, { child: 'Mia', me: 'Mama' })
  })

  test('the second one comes in by its camera, with names and what was said', async () => {
    await people.invite(old, 'Grandma')
    await old.goto(server.origin)
    const link = await phones.showCode(old)
    assert.deepEqual(await complaints(old), [])
    assert.match(link, /\/d\/pair-[\w-]{22}#[\w-]{24}$/)
    await next.goto(link)
    assert.equal(new URL(next.url()).hash, '', 'gone from the address at once')
    await phones.signIn(next, email)
    await next.getByRole('heading', { name: 'Bring Pawpost to this phone' }).waitFor()
    assert.deepEqual(await complaints(next), [])
    await next.getByRole('button', { name: 'Bring it here' }).click()
    await old.getByRole('heading', { name: 'A new phone wants to come in' }).waitFor()
    await next.getByRole('heading', { name: 'Look at your other phone' }).waitFor()
    for (const page of [old, next]) assert.deepEqual(await complaints(page), [])
    await phones.letIn(old, next)
    assert.deepEqual(await complaints(old), [])
    await next.getByRole('heading', { name: 'Post for Mia' }).waitFor()
    await next.getByRole('link', { name: 'Family' }).click()
    await next.getByText('Mama').first().waitFor()
  })

  test('both know both by name, and since when', async () => {
    for (const page of [old, next]) {
      await page.goto(server.origin)
      await phones.openPhones(page)
      await page.getByText('Chrome on Linux').nth(1).waitFor()
      await page.getByText('This one').waitFor()
      assert.equal(await page.getByText(/^Since /).count(), 2)
      assert.deepEqual(await complaints(page), [])
    }
  })

  test('a code that was used brings nobody in', async () => {
    const link = await phones.showCode(next)
    await next.getByRole('button', { name: 'Stop' }).click()
    await next.getByRole('heading', { name: 'My phones' }).waitFor()
    const thief = await launch()
    await phones.come(thief, link, email)
    await thief.getByText('This code was used already, or is too old').waitFor()
    assert.deepEqual(await complaints(thief), [])
    await thief.getByRole('button', { name: 'Not now' }).click()
    await thief.getByLabel('The child’s name or nickname').waitFor()
  })

  test('the lost one says that it is no longer in, and can be wiped', async () => {
    await old.goto(server.origin)
    await old.getByRole('heading', { name: 'Post for Mia' }).waitFor()
    await old.context().setOffline(true)
    await phones.loseOther(next)
    assert.deepEqual(await complaints(next), [])
    assert.equal(await next.getByRole('button', { name: /^Lost it/ }).count(), 0)
    await old.context().setOffline(false)
    await old.getByRole('heading', { name: 'This phone is no longer in the family' }).waitFor()
    assert.deepEqual(await complaints(old), [])
    for (const path of ['/settings', '/family', '/record', '/settings/data']) {
      await old.goto(server.origin + path)
      await old.getByRole('heading', { name: 'This phone is no longer in the family' }).waitFor()
      assert.equal(await old.getByRole('link').count(), 0, path)
    }
    await old.getByRole('button', { name: 'Wipe this phone' }).click()
    await old.getByRole('dialog').getByRole('button', { name: 'Wipe it' }).click()
    await old.getByRole('button', { name: 'Make an account' }).waitFor()
    assert.equal(await old.evaluate(() => localStorage.length), 0)
    await assertLogs(server, ['genesis', 'invite relative', 'adddev', 'revdev, rotated'])
  })

  test('and comes back in as a new one, once it is found', async () => {
    await next.goto(server.origin)
    await phones.secondPhone(next, old, email)
    await phones.openPhones(old)
    await old
      .getByText(/^Since /)
      .nth(1)
      .waitFor()
    assert.equal(await old.getByText(/^Since /).count(), 2)
    assert.deepEqual(
      trouble.map((one) => one.filter((line) => !/ERR_INTERNET_DISCONNECTED|4\d\d/.test(line))),
      trouble.map(() => []),
    )
  })
})
