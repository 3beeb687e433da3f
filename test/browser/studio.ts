import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { freshAddress } from '../harness/account.ts'
import { launchChromium, type ChromiumOptions } from '../harness/chromium.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

/** What the recorder says above a recording that was stopped. */
export const PREVIEW = 'Listen before you send it'

/** A mother of Mia with the recorder before her, and what its tests look for. */
export type Studio = {
  readonly server: TestServer
  readonly page: Page
  /** What the page must not have done. */
  readonly trouble: string[]
  /** Opens the recorder anew. */
  readonly open: () => Promise<void>
  readonly button: (name: string) => Locator
  /** Resolves when it records. */
  readonly recording: () => Promise<void>
  /** Resolves when its clock shows a second or more: what is shorter is not kept. */
  readonly aSecond: () => Promise<void>
  /** Resolves when a stopped recording is offered. */
  readonly preview: () => Promise<void>
  readonly said: (words: string) => Promise<void>
  readonly discard: () => Promise<void>
  /** Asserts that nothing is offered, also by a new window. */
  readonly nothingKept: () => Promise<void>
}

/** Starts a server and a browser, and a family in it. */
export async function openStudio(
  stack: AsyncDisposableStack,
  options: ChromiumOptions = {},
): Promise<Studio> {
  const server = stack.use(await startTestServer())
  const { page } = stack.use(await launchChromium(options))
  const trouble = watch(page, server.origin)
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  await people.startFamily(page, { child: 'Mia', me: 'Mama' })
  return { server, page, trouble, ...actions(page, server) }
}

function actions(page: Page, { origin }: TestServer): Omit<Studio, 'server' | 'page' | 'trouble'> {
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true })
  return {
    button,
    async open() {
      await page.goto(`${origin}/record/sender/child`)
      await button('Record').waitFor()
    },
    recording: () => page.locator('.recorder.recording').waitFor(),
    aSecond: () =>
      page
        .locator('.recorder .clock strong')
        .getByText(/^0:0[1-9]/)
        .waitFor(),
    preview: () => page.getByRole('heading', { name: PREVIEW }).waitFor(),
    said: (words) => page.locator('.note').getByText(words).waitFor(),
    async discard() {
      await button('Delete').click()
      await button('Delete it').click()
      await button('Record').waitFor()
    },
    async nothingKept() {
      await page.reload()
      await button('Record').waitFor()
      assert.equal(await page.getByRole('heading', { name: PREVIEW }).count(), 0)
    },
  }
}
