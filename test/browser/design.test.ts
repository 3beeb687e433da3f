import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { watch } from './page.ts'

const TOKENS = join(import.meta.dirname, '../../src/app/styles/tokens.css')

describe('the page of the design system', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  let page: Page
  let trouble: string[]

  before(async () => {
    const server = stack.use(await startTestServer())
    page = stack.use(await launchChromium()).page
    trouble = watch(page, server.origin)
    await page.goto(`${server.origin}/design`)
    await page.getByRole('heading', { name: 'Recorder' }).waitFor()
  })

  test('it shows every token of the style sheet', async () => {
    const named = [...(await readFile(TOKENS, 'utf8')).matchAll(/^\s+(--[a-z-]+):/gm)]
    const tokens = [...new Set(named.map(([, name = '']) => name))].sort()
    assert.ok(tokens.length > 20)
    const shown = await page.locator('.swatches code, .measures code').allTextContents()
    assert.deepEqual(shown.sort(), tokens)
  })

  test('nothing on it stands in anybody’s way, in both themes', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      assert.deepEqual(await complaints(page), [])
    }
  })

  test('its parts work as they do in the app, and nothing goes wrong', async () => {
    const button = page.getByRole('button', { name: 'Remove', exact: true })
    await button.click()
    const dialog = page.getByRole('dialog', { name: 'Remove Grandma Rose?' })
    await dialog.waitFor()
    assert.deepEqual(await complaints(page), [])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Stop', exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Record', exact: true }).waitFor()
    assert.deepEqual(trouble, [])
  })
})
