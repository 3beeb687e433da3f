import type { Page } from 'playwright-core'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import { percentile, type Figure } from '../harness/timing.ts'

/** From the address to a first screen that answers. */
const LIMIT_MS = 1500
/** How long a press may wait for its answer while the rest of the app arrives. */
const PRESS_MS = 200
const TIMES = 5
/** How long scripts may run that have all arrived. */
const SETTLED_MS = 3_000

/** A slow phone on slow 4G, as Lighthouse has them. */
const PROCESSOR = 4
const ROUND_TRIP_MS = 150
const BYTES_PER_MS = 1_600_000 / 8 / 1000
const NETWORK = {
  offline: false,
  latency: ROUND_TRIP_MS,
  downloadThroughput: BYTES_PER_MS * 1000,
  uploadThroughput: 750_000 / 8,
}
/** TCP, TLS 1.3, the page; then, side by side, the script and the styles that it names. */
const ROUND_TRIPS = 4

/**
 * The built app's first screen for somebody who was never here, on a four times slower processor and
 * slow 4G, until the button that switches to signing in has been pressed and its answer is painted.
 * Once reckoned, from the bytes, the round trips (those of the connection, too) and the processor's
 * time, which others on the machine hardly change; and once by the clock, in a browser that is slowed
 * down, on an open line: then also the longest task afterwards, while the other scripts arrive.
 * Medians of five, as parts of their limits.
 */
export async function bench(): Promise<readonly Figure[]> {
  await using server = await startTestServer()
  // The first one has the server pack its files.
  await reckoned(server.origin)
  const line: number[] = []
  const processor: number[] = []
  const seen: Seen[] = []
  for (let count = 0; count < TIMES; count += 1) {
    const { bytes, busyMs } = await reckoned(server.origin)
    line.push(ROUND_TRIPS * ROUND_TRIP_MS + bytes / BYTES_PER_MS)
    processor.push(PROCESSOR * busyMs)
    seen.push(await slowly(server.origin))
  }
  const part = (name: string, limit: number, values: readonly number[]): Figure => ({
    name,
    value: percentile(values, 50) / limit,
    unit: `of the limit (${limit} ms)`,
  })
  const both = line.map((ms, index) => ms + (processor[index] ?? Number.NaN))
  return [
    part('answers a press: line', LIMIT_MS, line),
    part('answers a press: cpu', LIMIT_MS, processor),
    part('answers a press: line and cpu', LIMIT_MS, both),
    part(
      'answers a press: clock',
      LIMIT_MS,
      seen.map(({ answered }) => answered),
    ),
    part(
      'longest task after it: clock',
      PRESS_MS,
      seen.map(({ longest }) => longest),
    ),
  ]
}

type Cost = { readonly bytes: number; readonly busyMs: number }

/** What the answer costs: bytes on the line until it, and what its thread has worked by then. */
async function reckoned(origin: string): Promise<Cost> {
  await using browser = await launchChromium()
  const { page } = browser
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await visit(page, origin)
  const { metrics } = await session.send('Performance.getMetrics')
  const busy = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
  const bytes = await page.evaluate(() => {
    const { pressed = 0 } = globalThis as Noted
    const fetched = [
      ...performance.getEntriesByType('navigation'),
      ...performance.getEntriesByType('resource'),
    ] as PerformanceResourceTiming[]
    const before = fetched.filter(({ responseEnd }) => responseEnd > 0 && responseEnd <= pressed)
    return before.reduce((sum, { transferSize }) => sum + transferSize, 0)
  })
  return { bytes, busyMs: busy * 1000 }
}

type Seen = { readonly answered: number; readonly longest: number }

/** What the clock shows, on a slow machine with a slow line. */
async function slowly(origin: string): Promise<Seen> {
  await using browser = await launchChromium()
  const { page } = browser
  await slowDown(page)
  await visit(page, origin)
  await page.waitForFunction(hasAll, undefined, { timeout: 60_000 })
  await page.waitForTimeout(SETTLED_MS)
  return await page.evaluate(() => {
    const { answered = 0, tasks = [] } = globalThis as Noted
    const after = tasks.filter(({ startTime }) => startTime > answered)
    return { answered, longest: Math.max(0, ...after.map(({ duration }) => duration)) }
  })
}

/** Runs in the page: whether everything that was linked after the first picture has arrived. */
function hasAll(): boolean {
  const links = [...document.querySelectorAll<HTMLLinkElement>('head link[rel="modulepreload"]')]
  const arrived = new Set(performance.getEntriesByType('resource').map(({ name }) => name))
  return links.length > 1 && links.every(({ href }) => arrived.has(href))
}

async function visit(page: Page, origin: string): Promise<void> {
  await page.addInitScript(press)
  await page.goto(origin, { waitUntil: 'commit' })
  await page.waitForFunction(() => 'answered' in globalThis, undefined, { timeout: 60_000 })
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', NETWORK)
  await session.send('Emulation.setCPUThrottlingRate', { rate: PROCESSOR })
}

type Noted = { pressed?: number; answered?: number; tasks?: PerformanceEntry[] }

/** Runs in the page: presses as soon as there is something to press, and notes the answer. */
function press(): void {
  const noted = globalThis as Noted
  performance.setResourceTimingBufferSize(1000)
  const tasks: PerformanceEntry[] = (noted.tasks = [])
  const watcher = new PerformanceObserver((list) => tasks.push(...list.getEntries()))
  watcher.observe({ type: 'longtask', buffered: true })
  let before: string | null | undefined
  const look = (): void => {
    const title = document.querySelector('main h1')?.textContent
    if (before !== undefined && title !== before) {
      noted.answered = performance.now()
      return
    }
    if (before === undefined) {
      const other = document.querySelector<HTMLButtonElement>('main > button')
      if (other) {
        before = title
        noted.pressed = performance.now()
        other.click()
      }
    }
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
