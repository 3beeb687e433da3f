import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { relative } from './childs-side.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

// A relative leaves at once, with what is theirs; the family goes on.

describe('a relative leaves', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  let server: TestServer
  let mum: Page
  let aunt: Page
  let trouble: string[]

  before(async () => {
    server = stack.use(await startTestServer())
    mum = stack.use(await launchChromium()).page
    aunt = stack.use(await launchChromium()).page
    watch(mum, server.origin)
    trouble = watch(aunt, server.origin)
    await mum.goto(server.origin)
    await people.signUp(mum, server, freshAddress())
    await people.startFamily(mum, { child: 'Mia', me: 'Mama' })
    const link = await people.invite(mum, 'Aunt Ilse')
    const email = freshAddress()
    await people.askToJoin(aunt, server, { link, email, name: 'Aunt Ilse' })
    await mum.getByRole('link', { name: 'Family' }).click()
    await mum.getByRole('link', { name: 'Look' }).click()
    await people.digitsOn(aunt)
    await people.digitsOn(mum)
    await mum.getByRole('button', { name: 'They are the same: let in' }).click()
    await aunt.getByRole('button', { name: 'Record', exact: true }).waitFor({ timeout: 30_000 })
  })

  test('the way out offers to take everything along first, and says what stays where', async () => {
    await aunt.goto(`${server.origin}/settings/leave`)
    await aunt.getByRole('heading', { name: 'Leave this family', level: 1 }).waitFor()
    await aunt.getByText('What you said stays with those who received it.').waitFor()
    assert.equal(await aunt.getByText('End this family').count(), 0, 'not for a relative to end')
    assert.equal(await aunt.getByText('If you disagree').count(), 0)
    assert.deepEqual(await complaints(aunt), [])
    await aunt.getByRole('link', { name: 'Download everything' }).click()
    await aunt.getByText('There is no recording on this device yet.').waitFor()
    assert.deepEqual(await complaints(aunt), [])
  })

  test('leaving needs nobody, and the phone says goodbye', async () => {
    await aunt.goto(`${server.origin}/settings/leave`)
    await aunt.getByRole('button', { name: 'Leave now' }).click()
    await aunt.getByRole('button', { name: 'Leave the family' }).click()
    await aunt.getByRole('heading', { name: 'This phone is no longer in the family' }).waitFor()
    assert.deepEqual(await complaints(aunt), [])
    await aunt.evaluate(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'))
    const press = aunt.getByRole('button', { name: 'Make the page' }).click()
    const [download] = await Promise.all([aunt.waitForEvent('download'), press])
    assert.match(await readFile(await download.path(), 'utf8'), /<title>Voices for Mia/)
    assert.deepEqual(trouble, [])
  })

  test('the family goes on without her', async () => {
    await mum.getByRole('link', { name: 'Family' }).click()
    await mum.getByText('Aunt Ilse').first().waitFor({ state: 'detached', timeout: 30_000 })
    await relative(mum, server, 'Grandma')
    await mum.goto(`${server.origin}/settings/leave`)
    await mum.getByRole('button', { name: 'End the family' }).waitFor()
  })
})
