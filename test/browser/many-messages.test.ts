import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { bringDad } from './gathering.ts'
import { scrollThrough, slowDown, startTiming, waitsOf, type Waits } from './interactions.ts'
import { fillPhone, readingTimes } from './many-messages.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

const VOICES = 2000
const STEPS = 30
/** A phone of some years ago, beside this machine. */
const SLOWER = 4
/** Milliseconds after which an interaction feels late (Core Web Vitals). */
const LATE = 200
const MOST_TRIES = 5
/** Pixels that one of our messages takes, about. */
const CARD = 172

describe('two thousand messages on one phone', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const server = stack.use(await startTestServer())
  const { page, context } = stack.use(await launchChromium())
  const trouble = watch(page, server.origin)
  const still = await context.newPage()

  test('the phone is filled, and the home says how many there are', async () => {
    await page.goto(server.origin)
    await people.signUp(page, server, freshAddress())
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
    const dad = await bringDad(page, server)
    await page.goto('about:blank')
    await fillPhone(still, server.origin, dad, VOICES)
    const [first = 0, ...again] = await readingTimes(still)
    const told = `read in ${Math.round(first)} ms, again in ${again.map(Math.round).join(' ')} ms`
    console.log(told)
    // What was opened once is not opened again at every change.
    assert.ok(Math.min(...again) < first / 2, told)
    await still.goto('about:blank')
    await page.goto(server.origin)
    await page.getByRole('link', { name: `All messages (${VOICES})` }).waitFor()
  })

  test('scrolling through all of them makes nobody wait', async () => {
    await page.getByRole('link', { name: /^All messages/ }).click()
    await page.getByRole('tab', { name: 'Mia' }).click()
    await page
      .getByRole('heading', { name: /20\d\d$/ })
      .first()
      .waitFor()
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    await still.setContent(stillPage(Math.ceil(height / CARD)))
    for (const one of [page, still]) await slowDown(one, SLOWER)
    const tries: string[] = []
    for (let count = 0; count < MOST_TRIES; count += 1) {
      const before = await measure(still)
      const ours = await measure(page)
      const rest = await measure(still)
      const noise = Math.max(longest(before), longest(rest))
      tries.push(`ours ${said(ours)}; a still page ${said(before)}, ${said(rest)}`)
      console.log(tries.at(-1))
      // On a busy machine a still page is late too: then it is the measure.
      if (longest(ours) < (noise < LATE / 2 ? LATE : 3 * noise)) return
    }
    assert.fail(tries.join('\n'))
  })

  test('only what is near is drawn; a month is gone to; a name is found', async () => {
    for (const one of [page, still]) await slowDown(one, 1)
    assert.ok((await page.getByRole('listitem').count()) < 120)
    const months = page.getByLabel('Go to a month')
    const oldest = (await months.locator('option').allTextContents()).at(-1) ?? ''
    await months.selectOption({ label: oldest })
    const heading = page.getByRole('heading', { name: oldest })
    await heading.and(page.locator(':focus')).waitFor()
    await page.getByRole('listitem').last().waitFor()
    assert.ok(await heading.evaluate((it) => it.getBoundingClientRect().top < innerHeight))
    await page.getByLabel('Find by name').fill('nobody here')
    await page.getByText('Nothing here that fits.').waitFor()
    await page.getByRole('button', { name: 'Show everything' }).click()
    assert.deepEqual(await complaints(page), [])
  })

  test('nothing went wrong meanwhile', () => {
    assert.deepEqual(trouble, [])
  })
})

/** A page as high and as full as ours, of which nothing is ever drawn anew. */
function stillPage(cards: number): string {
  const style = `height:${CARD - 12}px;margin:12px;border-radius:18px;box-shadow:0 6px 20px #0002`
  return Array.from({ length: cards }, (_, at) => `<div style="${style}">${at}</div>`).join('')
}

async function measure(page: Page): Promise<Waits> {
  await page.bringToFront()
  await startTiming(page)
  await scrollThrough(page, STEPS)
  return waitsOf(page)
}

function longest({ interactions }: Waits): number {
  return interactions[0] ?? 0
}

function said({ interactions, tasks }: Waits): string {
  const first = (all: readonly number[]): string => all.slice(0, 3).map(Math.round).join(' ')
  return `${interactions.length} interactions (${first(interactions)} ms), tasks (${first(tasks)} ms)`
}
