import type { Page } from 'playwright-core'

/** Pixels that a finger can hit (WCAG 2.2 asks for 24; a thumb wants 48). */
const TARGET = 48
/** A window so narrow is what 400 % zoom makes of 1280 pixels (WCAG 1.4.10). */
const NARROW = { width: 320, height: 640 }

/** What would stand in the way of somebody on this screen; empty when nothing does. */
export async function complaints(page: Page): Promise<string[]> {
  const size = page.viewportSize()
  await page.setViewportSize(NARROW)
  const narrow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth > clientWidth ? [`scrolls sideways: ${scrollWidth} px`] : []
  })
  if (size) await page.setViewportSize(size)
  return [...narrow, ...(await page.evaluate(look, TARGET))]
}

/** Runs in the page. */
function look(target: number): string[] {
  const found: string[] = []
  const visible = (element: Element): boolean => element.checkVisibility()
  const headings = [...document.querySelectorAll('h1')].filter(visible)
  if (headings.length !== 1) found.push(`${headings.length} main headings`)
  if (!document.title.endsWith('Pawpost')) found.push(`window is named ${document.title}`)
  if (document.documentElement.lang === '') found.push('no language')
  const levels = [...document.querySelectorAll('h1, h2, h3')].filter(visible)
  levels.reduce((before, heading) => {
    const level = Number(heading.tagName.slice(1))
    if (level > before + 1) found.push(`heading skips a level: ${heading.textContent}`)
    return level
  }, 0)
  for (const control of document.querySelectorAll('button, a[href], input, select')) {
    if (!visible(control) || control.matches('.skip')) continue
    const input = control instanceof HTMLInputElement ? control : undefined
    const labelled = input?.labels && input.labels.length > 0
    const name = control.getAttribute('aria-label') ?? control.textContent
    if (!labelled && !name?.trim()) found.push(`without a name: ${control.outerHTML}`)
    const isInLabel = input?.type === 'radio' || input?.type === 'checkbox'
    const place = isInLabel ? (control.closest('label') ?? control) : control
    const { width, height } = place.getBoundingClientRect()
    if (width < target || height < target) found.push(`small: ${control.outerHTML}`)
  }
  for (const picture of document.querySelectorAll('svg, img')) {
    const hidden = picture.getAttribute('aria-hidden') === 'true'
    if (!hidden && !picture.hasAttribute('aria-label')) found.push('a picture without words')
  }
  return found
}
