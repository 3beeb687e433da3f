import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

export const FOLDER = join(import.meta.dirname, '../../.cache/screens')
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } }
const SCHEMES = ['light', 'dark'] as const

let count = 0

/** Takes a screen as it is, phone and desktop, light and dark, into `.cache/screens`. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  const number = String(++count).padStart(2, '0')
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport)
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const path = join(FOLDER, `${number}-${name}-${size}-${colorScheme}.png`)
      await page.screenshot({ path, fullPage: true })
    }
  }
  await page.setViewportSize(SIZES.phone)
  console.log(`${number} ${name}`)
}

/** Prints what goes wrong on a page. */
export function listen(page: Page, who: string): void {
  page.setDefaultTimeout(20_000)
  page.on('console', (message) => {
    if (message.type() === 'error') console.log(`${who}: ${message.text()}`)
  })
  page.on('pageerror', (error) => console.log(`${who}: ${error.stack}`))
}
