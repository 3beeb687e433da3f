import type { Page } from 'playwright-core'

/** What a person waited for, in milliseconds. */
export type Waits = {
  /** From each key and click to the next picture, longest first. */
  readonly interactions: readonly number[]
  /** Pieces of work during which nothing else could happen, longest first. */
  readonly tasks: readonly number[]
}

type Kept = { waits?: { interactions: number[]; tasks: number[] } }

/** Notes from now on how long this page makes people wait. */
export async function startTiming(page: Page): Promise<void> {
  await page.evaluate(() => {
    const waits = { interactions: [] as number[], tasks: [] as number[] }
    ;(globalThis as Kept).waits = waits
    const note = (into: number[]) => (list: PerformanceObserverEntryList) =>
      into.push(...list.getEntries().map(({ duration }) => duration))
    new PerformanceObserver(note(waits.interactions)).observe({
      type: 'event',
      durationThreshold: 16,
    } as PerformanceObserverInit)
    new PerformanceObserver(note(waits.tasks)).observe({ type: 'longtask' })
  })
}

/** What was noted since {@link startTiming}. */
export async function waitsOf(page: Page): Promise<Waits> {
  // Long frames are told of after the next one.
  await page.waitForTimeout(300)
  return page.evaluate(() => {
    const { interactions = [], tasks = [] } = (globalThis as Kept).waits ?? {}
    const down = (a: number, b: number): number => b - a
    return { interactions: interactions.toSorted(down), tasks: tasks.toSorted(down) }
  })
}

/** Makes a page's processor so many times slower. */
export async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
}

/** Scrolls a page through as a person would: by wheel and by keys, and clicks and tabs meanwhile. */
export async function scrollThrough(page: Page, steps: number): Promise<void> {
  await page.mouse.move(200, 400)
  for (let step = 0; step < steps; step += 1) {
    await page.mouse.wheel(0, 900)
    if (step % 3 === 0) await page.keyboard.press('PageDown')
    if (step % 4 === 1) await page.keyboard.press('Tab')
    if (step % 5 === 2) await page.mouse.click(4, 400)
    await page.waitForTimeout(40)
  }
  await page.keyboard.press('End')
  await page.keyboard.press('Home')
}
