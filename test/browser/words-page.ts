import type { Page } from 'playwright-core'

/** How long a screen has to say the same before it is taken as finished. */
const SETTLED_MS = 250

/** What stands on a page although nobody wrote it as a sentence: codes, and what somebody typed. */
const DATA = '[data-digits], .code, code, [data-words="data"], select[data-zones] option'

/** The browser knows their names in every language. */
const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat('en', { month: 'long' }).format(new Date(2026, month, 1)),
)

/** Opens `address` and waits until its screen no longer changes. */
async function openSettled(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('h1, .child-screen').first().waitFor()
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
  return page.evaluate(
    ([data = '', ...months]) => {
      const found: string[] = []
      const check = (said: string, where: string): void => {
        let rest = said
        for (let before = ''; before !== rest;) {
          before = rest
          rest = rest.replace(/⟦[^⟦⟧]*⟧/g, '')
        }
        for (const month of months) rest = rest.replaceAll(month, '')
        if (/\p{L}/u.test(rest)) found.push(`${where}: ${said.trim()}`)
      }
      check(document.title.replace(/ · Pawpost$/, ''), 'title')
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement
        if (
          !element ||
          element.closest(data) ||
          element.closest('noscript, template, script, [lang]:not(html)')
        )
          continue
        if (element.checkVisibility() || element.matches('option, #announcer'))
          check(node.textContent ?? '', element.tagName)
      }
      for (const name of ['aria-label', 'aria-description', 'alt', 'title', 'placeholder'])
        for (const element of document.querySelectorAll(`body [${name}]`))
          if (!element.closest(data)) check(element.getAttribute(name) ?? '', name)
      return found
    },
    [DATA, ...MONTHS],
  )
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
    await openSettled(page, `${origin}${path}`)
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
