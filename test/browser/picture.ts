import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Where pictures lie that somebody wants to look at, and nobody to keep. */
const FOLDER = join(import.meta.dirname, '../../.cache/screens')
const SIZES = { phone: { width: 360, height: 800 }, desktop: { width: 1280, height: 800 } }
const THEMES = ['light', 'dark'] as const

/** What a walk through the app takes its pictures with. */
export type Camera = {
  /** The screen as it is, phone and desktop, light and dark. */
  readonly picture: (page: Page, name: string) => Promise<void>
  /** Only what the window shows now: printed, on an odd phone, or in an odd state. */
  readonly detail: (page: Page, name: string) => Promise<void>
}

/** How one picture looks: `desktop.dark`. */
export type Look = `${keyof typeof SIZES}.${(typeof THEMES)[number]}`
export const LOOKS = Object.keys(SIZES).flatMap((size) =>
  THEMES.map((theme) => `${size}.${theme}` as Look),
)

/** Shows the page in every look, one after the other, and leaves it as on a phone. */
export async function inEveryLook(page: Page, take: (look: Look) => Promise<void>): Promise<void> {
  for (const look of LOOKS) {
    const [size, colorScheme] = look.split('.') as ['phone', 'light']
    await page.setViewportSize(SIZES[size])
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ ...SIZES[size], height: await heightOf(page) })
    await take(look)
  }
  await page.setViewportSize(SIZES.phone)
}

/** A window as high as the page has its menu below all else; a dialogue is seen as it opens. */
async function heightOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollHeight, clientHeight } = document.documentElement
    return document.querySelector('dialog[open]') ? clientHeight : scrollHeight
  })
}

/** Takes PNG pictures into `.cache/screens`, numbered as they come. */
export function sketchbook(): Camera {
  let count = 0
  const at = (name: string): string => join(FOLDER, `${name}.png`)
  return {
    async picture(page, name) {
      await mkdir(FOLDER, { recursive: true })
      const number = String(++count).padStart(2, '0')
      await inEveryLook(page, async (look) => {
        const path = at(`${number}-${name}-${look.replace('.', '-')}`)
        await page.screenshot({ path })
      })
      console.log(`${number} ${name}`)
    },
    async detail(page, name) {
      await mkdir(FOLDER, { recursive: true })
      await page.screenshot({ path: at(name), fullPage: true })
    },
  }
}

/** Prints what goes wrong on a page. */
export function listen(page: Page, who: string): void {
  page.setDefaultTimeout(20_000)
  page.on('console', (message) => {
    if (message.type() === 'error') console.log(`${who}: ${message.text()}`)
  })
  page.on('pageerror', (error) => console.log(`${who}: ${error.stack}`))
}
