import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { chooseDevice, launchChromium } from '../../harness/chromium.ts'
import { startTestServer } from '../../harness/server.ts'
import { startVirtualToy } from '../../harness/virtual-toy.ts'
import { complaints } from '../accessible.ts'
import { approveAll, relative, says } from '../childs-side.ts'
import { follow, startHousehold } from './household.ts'
import { assertLogs } from './log.ts'

// An original toy holds no key and stands in no log: there is nothing to take from it, and nothing
// that would have to be replaced. What lies in it, its finder hears.
const LOG = ['genesis', 'invite relative', 'add']

async function connect(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Toy', exact: true }).click()
  await chooseDevice(page, 'CloudPets')
  await page.getByRole('button', { name: 'Connect the toy' }).click()
  await page.locator('#main').getByText('Connected: CloudPets').waitFor()
}

async function sendToToy(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send to the toy' }).first().click()
  await page.locator('#main').getByText('It is in the bear.').waitFor({ timeout: 60_000 })
}

describe('story: an original toy is lost', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const userDataDir = await mkdtemp(join(tmpdir(), 'pawpost-toy-lost-'))
  stack.defer(() => rm(userDataDir, { recursive: true, force: true }))
  const server = stack.use(await startTestServer())
  const lost = stack.use(await startVirtualToy({ dbus: true }))
  const other = stack.use(await startVirtualToy({ dbus: true }))

  test('what is in it stays in it; the family has nothing to change and is told so little', async () => {
    await using browser = await launchChromium({ userDataDir, dbusAddress: lost.dbusAddress ?? '' })
    const { page } = browser
    const trouble = follow(page, server)
    await startHousehold(page, server)
    const grandma = await relative(page, server, 'Grandma')
    await says(grandma, 1)
    await approveAll(page, 1)
    await says(grandma, 1)
    await approveAll(page, 1)
    await connect(page)
    await page.getByRole('button', { name: 'Send to the toy' }).nth(1).waitFor()
    await sendToToy(page)
    lost.toy.close()
    await page.getByText('The toy is no longer connected.').waitFor()
    await page.getByText('another phone within about ten metres could reach it').waitFor()
    assert.deepEqual(await complaints(page), [])
    assert.ok((lost.toy.view().slots[1]?.length ?? 0) > 0, 'its finder has one voice')
    await assertLogs(server, LOG)
    assert.deepEqual(trouble, [])
  })

  test('another toy takes its place with nothing but its radio', async () => {
    await using browser = await launchChromium({
      userDataDir,
      dbusAddress: other.dbusAddress ?? '',
    })
    const { page } = browser
    const trouble = follow(page, server)
    await page.goto(server.origin)
    await page.getByRole('heading', { name: 'Post for Mia' }).waitFor()
    await connect(page)
    await sendToToy(page)
    assert.ok((other.toy.view().slots[1]?.length ?? 0) > 0)
    await assertLogs(server, LOG)
    assert.deepEqual(trouble, [])
  })
})
