import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress, GOOD_PASSWORD } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

describe('signed in, and in no family yet', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const email = freshAddress()
  let server: TestServer
  let page: Page
  let trouble: string[]

  const signOut = async (whose: Page): Promise<void> => {
    await whose.getByRole('button', { name: 'Sign out' }).click()
    await whose.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await whose.getByRole('heading', { name: 'Sign in' }).waitFor()
  }
  const signIn = async (whose: Page, address: string): Promise<void> => {
    await whose.getByLabel('Your e-mail address').fill(address)
    await whose.getByLabel('Password').fill(GOOD_PASSWORD)
    await whose.keyboard.press('Enter')
  }

  before(async () => {
    server = stack.use(await startTestServer())
    page = stack.use(await launchChromium()).page
    trouble = watch(page, server.origin)
    await page.goto(server.origin)
    await people.signUp(page, server, email)
  })

  test('who has no family yet can sign out', async () => {
    await page.getByLabel('The child’s name or nickname').waitFor()
    assert.deepEqual(await complaints(page), [])
    await signOut(page)
    await signIn(page, email)
    await page.getByRole('button', { name: 'I was invited' }).click()
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    assert.deepEqual(await complaints(page), [])
  })

  test('nor does the recovery card keep anybody in', async () => {
    await page.reload()
    await page.getByLabel('The child’s name or nickname').fill('Mia')
    await page.getByLabel('And what does the child call you?').fill('Mama')
    await page.getByLabel('I am allowed to decide this for the child').check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: 'Your recovery card', level: 1 }).waitFor()
    assert.deepEqual(await complaints(page), [])
    await signOut(page)
    await signIn(page, email)
    await people.putCardAway(page)
  })

  test('who waits to be let in can sign out, and goes on waiting', async () => {
    const link = await people.invite(page, 'Grandma')
    const { page: other } = stack.use(await launchChromium())
    const address = freshAddress()
    await people.askToJoin(other, server, { link, email: address, name: 'Grandma' })
    assert.deepEqual(await complaints(other), [])
    await signOut(other)
    await signIn(other, address)
    await other.getByRole('heading', { name: /Nearly there|Read these/ }).waitFor()
    assert.deepEqual(trouble, [])
  })
})
