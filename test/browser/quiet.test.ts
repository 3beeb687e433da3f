import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress } from '../harness/account.ts'
import { chooseDevice, launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import { startVirtualToy, type ServedToy } from '../harness/virtual-toy.ts'
import { complaints } from './accessible.ts'
import { handOver } from './childs-side.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

// A child who sleeps: what comes for her waits, and the toy is soft.

type Heard = { heardAt?: number[] }

/** Notes at which volumes the page's players are, from before they play. */
function keepVolumes(): void {
  const volume = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'volume')
  const heard: number[] = []
  ;(globalThis as Heard).heardAt = heard
  Object.defineProperty(HTMLMediaElement.prototype, 'volume', {
    ...volume,
    set(level: number) {
      heard.push(level)
      volume?.set?.call(this, level)
    },
  })
}

describe('while Mia sleeps', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  let page: Page
  let served: ServedToy
  let trouble: string[]

  before(async () => {
    const server = stack.use(await startTestServer())
    served = stack.use(await startVirtualToy({ dbus: true }))
    page = stack.use(await launchChromium({ dbusAddress: served.dbusAddress ?? '' })).page
    trouble = watch(page, server.origin)
    await page.addInitScript(keepVolumes)
    await page.goto(server.origin)
    await people.signUp(page, server, freshAddress())
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  })

  /** A second tap that comes at once means nothing on the child's screen. */
  const anotherTap = (): Promise<void> => page.waitForTimeout(500)

  /** All hours of a day but its last minute. */
  async function sleepNow(): Promise<void> {
    await page.getByRole('link', { name: 'Family' }).click()
    await page.getByRole('link', { name: /^Mia/ }).click()
    for (const name of ['On school nights', 'At the weekend']) {
      await page.getByRole('checkbox', { name }).check()
      const night = page.getByRole('group', { name })
      await night.getByLabel('From').fill('00:00')
      await night.getByLabel('To').fill('23:59')
    }
    await page.getByText('Right now the bear stays quiet').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Family', level: 1 }).waitFor()
  }

  test('a message waits for the morning, unless somebody really wants it now', async () => {
    await page.getByRole('link', { name: /^To Mia/ }).click()
    await people.recordByTaps(page, 1_000)
    await people.send(page)
    await sleepNow()
    await page.getByRole('link', { name: 'Toy', exact: true }).click()
    await chooseDevice(page, 'CloudPets')
    await page.getByRole('button', { name: 'Connect the toy' }).click()
    await page.getByText('Mia sleeps until').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Send to the toy' }).count(), 0)
    assert.deepEqual(await complaints(page), [])
    const anyway = page.getByRole('button', { name: 'Send it now anyway' })
    await anyway.click()
    await page.keyboard.press('Escape')
    assert.equal(served.toy.view().slots[1]?.length ?? 0, 0)
    await anyway.click()
    await page.getByRole('button', { name: 'Send it now', exact: true }).click()
    await page.locator('#main').getByText('It is in the bear.').waitFor({ timeout: 30_000 })
    assert.ok((served.toy.view().slots[1]?.length ?? 0) > 0)
  })

  test('the toy was made soft by itself, and cannot be made louder', async () => {
    await page.getByText('the toy stays soft').waitFor()
    const most = await page.getByLabel('How loud').getAttribute('max')
    assert.equal(Number(most), Math.round(0.3 * 255))
    assert.ok(served.toy.view().volume <= Math.round(0.3 * 255))
  })

  test('the child’s own screen is the moon alone', async () => {
    await page.getByRole('link', { name: 'Messages' }).click()
    await handOver(page)
    await page.locator('main.child.quiet .night').waitFor()
    assert.equal(await page.locator('.friends').count(), 0)
    assert.deepEqual(trouble, [])
  })

  test('a lullaby there is no louder than the toy may be, however loud one presses', async () => {
    await page.evaluate(() => (globalThis as Heard).heardAt?.splice(0))
    await page.getByRole('button', { name: 'Lullabies' }).click()
    await anotherTap()
    await page.locator('.tune').first().click()
    await page.locator('.sky.playing').waitFor()
    for (const name of ['How loud: loud', 'How loud: soft', 'How loud: middle']) {
      await anotherTap()
      await page.getByRole('button', { name: /^How loud/ }).click()
      await page.getByRole('button', { name }).waitFor()
    }
    const heard = await page.evaluate(() => (globalThis as Heard).heardAt ?? [])
    assert.ok(heard.length >= 2, heard.join())
    assert.equal(Math.max(...heard), 0.3, heard.join())
    assert.ok(Math.min(...heard) < 0.3, 'softer than that it can be')
    assert.deepEqual(trouble, [])
  })
})
