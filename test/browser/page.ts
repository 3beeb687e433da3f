import type { Locator, Page } from 'playwright-core'

/**
 * Collects what a page must not do: throw, be refused by its own policy, or ask anybody but its
 * server. Answers of the server that the screen explains do not count.
 */
export function watch(page: Page, origin: string): string[] {
  const trouble: string[] = []
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => trouble.push(String(error.stack)))
  page.on('console', (message) => {
    const explained = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !explained) trouble.push(message.text())
  })
  page.on('request', (request) => {
    const local = request.url().startsWith(`${origin}/`) || request.url().startsWith('blob:')
    if (!local) trouble.push(`asked ${request.url()}`)
  })
  return trouble
}

/** Waits until there are exactly so many, as a screen draws a moment after what it is told. */
export async function thereAre(count: number, of: Locator): Promise<void> {
  if (count > 0) await of.nth(count - 1).waitFor()
  await of.nth(count).waitFor({ state: 'detached' })
}

type Kept = { lastSound?: Blob }

/** From now on the page keeps the last sound that it made ready for its player. */
export async function keepSounds(page: Page): Promise<void> {
  await page.evaluate(() => {
    const make = URL.createObjectURL.bind(URL)
    URL.createObjectURL = (object: Blob) => {
      if (object.type === 'audio/wav') (globalThis as Kept).lastSound = object
      return make(object)
    }
  })
}

/** That sound: a WAV file. */
export async function lastSound(page: Page): Promise<Uint8Array> {
  await page.waitForFunction(() => (globalThis as Kept).lastSound !== undefined)
  const bytes = await page.evaluate(async () => {
    const sound = await (globalThis as Kept).lastSound?.arrayBuffer()
    return [...new Uint8Array(sound ?? new ArrayBuffer())]
  })
  return Uint8Array.from(bytes)
}
