import type { Page } from 'playwright-core'
import { PSEUDO } from '../../src/app/language/languages.ts'

/** How long a screen has to say the same before it is taken as finished. */
const SETTLED_MS = 250

/** What stands on a page although nobody wrote it as a sentence: codes, and what somebody typed. */
const DATA = '[data-digits], .code, code, [data-words="data"], select[data-zones] option'

/** The browser knows their names in every language. */
const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat('en', { month: 'long' }).format(new Date(2026, month, 1)),
)

/** From the next page on, this browser speaks dressed-up English. */
export async function speakPseudo(page: Page): Promise<void> {
  await page.evaluate((tag) => localStorage.setItem('pawpost-language', tag), PSEUDO)
}

/** Waits until the screen no longer changes. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(
    ({ ms }) => {
      const here = globalThis as { said?: string; since?: number }
      const said = document.body.innerText
      if (said !== here.said || document.querySelector('.wait')) here.since = performance.now()
      here.said = said
      return performance.now() - (here.since ?? 0) > ms
    },
    { ms: SETTLED_MS },
  )
}

/**
 * Words on the page that stand outside the brackets of dressed-up English: they are written into a
 * screen, or put together there. Also what is read aloud only, and the name of the window.
 */
export async function strayWords(page: Page): Promise<string[]> {
  const title = await page.locator('h1').first().innerText()
  if (!/^⟦.*⟧$/su.test(title)) return [`is not dressed up: ${title}`]
  const plain = (said: string): string => {
    const rest = said.replace(/⟦[^⟦⟧]*⟧/g, '')
    return rest === said ? said : plain(rest)
  }
  const isStray = (said: string): boolean =>
    /\p{L}/u.test(MONTHS.reduce((rest, month) => rest.replaceAll(month, ''), plain(said)))
  return (await saidOn(page)).filter(isStray)
}

/** Everything that a page says: what stands there, what is read aloud, and the window's name. */
export function saidOn(page: Page): Promise<string[]> {
  return page.evaluate((data) => {
    const said = [document.title.replace(/ · Pawpost$/, '')]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      const isForMachines = 'noscript, template, script, [lang]:not(html)'
      if (!element || element.closest(data) || element.closest(isForMachines)) continue
      const isRead = element.checkVisibility() || element.matches('option, #announcer')
      if (isRead) said.push(node.textContent ?? '')
    }
    for (const name of ['aria-label', 'aria-description', 'alt', 'title', 'placeholder'])
      for (const element of document.querySelectorAll(`body [${name}]`))
        if (!element.closest(data)) said.push(element.getAttribute(name) ?? '')
    return said.map((one) => one.trim()).filter((one) => one !== '')
  }, DATA)
}

/**
 * Follows every link from `starts` on, and looks at each screen once; gives what was found, each
 * with the address of its screen, and which screens there were.
 */
export async function crawl(
  page: Page,
  starts: readonly string[],
  look: (page: Page) => Promise<readonly string[]>,
): Promise<{ found: string[]; screens: readonly string[] }> {
  const { origin } = new URL(page.url())
  const screens = new Set<string>()
  const [found, queue]: [string[], string[]] = [[], [...starts]]
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (screens.has(path)) continue
    screens.add(path)
    await page.goto(`${origin}${path}`)
    await settled(page)
    found.push(...(await look(page)).map((what) => `${path} ${what}`))
    queue.push(...(await linksOf(page)))
  }
  return { found, screens: [...screens] }
}

/** Where the links of this page lead, inside the app. */
function linksOf(page: Page): Promise<string[]> {
  return page
    .locator('a[href^="/"]')
    .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname))
}
