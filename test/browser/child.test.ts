import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Client } from '../../src/client/client.ts'
import { messages } from '../../src/client/messages.ts'
import { step } from '../../src/client/live.ts'
import { readWavAt } from '../../src/client/sound/wav.ts'
import { freshAddress } from '../harness/account.ts'
import { launchChromium, type Chromium } from '../harness/chromium.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { speak } from '../harness/speech.ts'
import { complaints } from './accessible.ts'
import { approveAll, handOver, relative, says } from './childs-side.ts'
import { keepSounds, lastSound, thereAre, watch } from './page.ts'
import * as people from './people.ts'

/** The second press of two means nothing for so long. */
const REST_MS = 600

describe('the child’s screen', () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  let server: TestServer
  let browser: Chromium
  let page: Page
  let grandma: Client
  let trouble: string[]

  before(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pawpost-child-'))
    stack.defer(() => rm(folder, { recursive: true }))
    const voice = join(folder, 'voice.wav')
    await speak('Good night grandma. The bear and I love you. And the cat, too, very much.', voice)
    server = stack.use(await startTestServer())
    browser = stack.use(await launchChromium({ microphoneWav: voice }))
    page = browser.page
    await page.setViewportSize({ width: 360, height: 640 })
    trouble = watch(page, server.origin)
    await page.goto(server.origin)
    await people.signUp(page, server, freshAddress())
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
    grandma = await relative(page, server, 'Grandma')
    await says(grandma, 2)
    await says(grandma, 6)
    await approveAll(page, 2)
    await page.getByRole('link', { name: 'Hand it to the child' }).click()
    await page.getByRole('link', { name: 'Choose stories' }).click()
    await page.getByRole('button', { name: 'Put on the shelf' }).first().click()
    await page.locator('.good').waitFor()
    assert.deepEqual(await complaints(page), [])
    await page.getByRole('link', { name: 'Messages' }).click()
    await handOver(page)
  })

  const room = async (name: string): Promise<void> => {
    await page.locator(`main.child.in-${name}`).waitFor()
    // What can be pressed there comes a moment after the room.
    const first = { home: '.friend', shelf: '.book' }[name]
    if (first) await page.locator(first).first().waitFor()
  }
  const rest = () => page.waitForTimeout(REST_MS)

  /** Everything that can be pressed, by where it is: what a child who cannot read goes by. */
  type Spot = { x: number; y: number; area: number }
  async function spots(): Promise<Spot[]> {
    const boxes = await Promise.all(
      (await page.locator('main button').all()).map((one) => one.boundingBox()),
    )
    return boxes
      .filter((box) => box !== null)
      .map(({ x, y, width, height }) => ({
        x: x + width / 2,
        y: y + height / 2,
        area: width * height,
      }))
  }
  const largest = (all: Spot[]): Spot => all.toSorted((a, b) => b.area - a.area)[0] ?? FAR
  const lowest = (all: Spot[]): Spot => all.toSorted((a, b) => b.y - a.y)[0] ?? FAR
  const FAR: Spot = { x: 0, y: 0, area: 0 }
  /** The three pictures at the bottom, from left to right. */
  const bottomRow = (all: Spot[]): Spot[] =>
    all.filter(({ y }) => y > 480).toSorted((a, b) => a.x - b.x)

  async function press(spot: Spot | undefined): Promise<void> {
    assert.ok(spot && spot !== FAR)
    await rest()
    await page.mouse.click(spot.x, spot.y)
  }
  async function home(): Promise<void> {
    const all = await spots()
    await press(all.toSorted((a, b) => a.x + a.y - b.x - b.y)[0])
    await room('home')
  }
  async function fits(): Promise<void> {
    const over = await page.evaluate(() => {
      const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement
      return [scrollHeight - clientHeight, scrollWidth - clientWidth]
    })
    assert.deepEqual(over, [0, 0], 'nothing lies outside of 360 by 640')
    assert.deepEqual(await complaints(page), [])
  }

  test('with every word removed, a child hears, answers, sleeps, reads and plays', async () => {
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('* { color: transparent !important; font-size: 0 !important }')
      document.adoptedStyleSheets = [sheet]
    })
    await keepSounds(page)
    await fits()
    await press(largest(await spots()))
    await room('speaker')
    await page.locator('.talker.talking').waitFor()
    const heard = readWavAt(await lastSound(page), 16_000)
    assert.ok(Math.abs(heard.length / 16_000 - 2) < 0.2, 'the oldest that is new comes first')
    await fits()

    await press(lowest(await spots()))
    await page.locator('.answer.recording').waitFor()
    await page.waitForTimeout(1_500)
    await fits()
    await watchPaw()
    await press(lowest(await spots()))
    await flown()
    await page.locator('.answer.idle').waitFor()
    await answered(1)
    await home()

    await press(bottomRow(await spots())[0])
    await room('lullabies')
    await fits()
    const tunes = (await spots())
      .filter(({ y }) => y > 350 && y < 540)
      .toSorted((a, b) => a.x - b.x)
    await press(tunes[1])
    await page.locator('.sky.playing').waitFor()
    await page.waitForFunction(
      () => ((globalThis as { lastSound?: Blob }).lastSound?.size ?? 0) > 1_000_000,
    )
    const lullaby = await page.evaluate(() => (globalThis as { lastSound?: Blob }).lastSound?.size)
    assert.equal(lullaby, 44 + 5 * 60 * 16_000 * 2, 'five minutes')
    await home()

    await press(bottomRow(await spots())[1])
    await room('shelf')
    await fits()
    await press(largest(await spots()))
    await room('story')
    await page.locator('.open-book.on').waitFor()
    await fits()
    await press(largest(await spots()))
    await page.locator('.triangle').waitFor()
    await press(largest(await spots()))
    await page.locator('.open-book.on').waitFor()
    await home()

    await press(bottomRow(await spots())[2])
    await room('game')
    await fits()
    await press({ x: 180, y: await middleOfGame(), area: 1 })
    await playRound()
    await playRound()
    await home()
  })

  async function middleOfGame(): Promise<number> {
    const box = await page.locator('.begin').boundingBox()
    return (box?.y ?? 0) + (box?.height ?? 0) / 2
  }

  /** Watches which paws light up, and presses them when the hand shows that it is one's turn. */
  async function playRound(): Promise<void> {
    const lit = await page.evaluate(
      () =>
        new Promise<number[]>((resolve) => {
          const seen: number[] = []
          let before = -1
          const timer = setInterval(() => {
            const pads = [...document.querySelectorAll('.game-paw')]
            const now = pads.findIndex((pad) => pad.classList.contains('lit'))
            if (now >= 0 && now !== before) seen.push(now)
            before = now
            if (!document.querySelector('.game.turn') || seen.length === 0) return
            clearInterval(timer)
            resolve(seen)
          }, 20)
        }),
    )
    const pads = page.locator('.game-paw')
    for (const paw of lit) {
      await rest()
      await pads.nth(paw).click()
    }
    await page.locator('.game.showing').waitFor()
  }

  /** Notes what the paw does from now on: an envelope that flies is soon gone. */
  async function watchPaw(): Promise<void> {
    await page.evaluate(() => {
      const paw = document.querySelector('.answer')
      const seen: string[] = []
      Object.assign(globalThis, { paw: seen })
      if (!paw) return
      new MutationObserver(() => seen.push(paw.className)).observe(paw, { attributes: true })
    })
  }
  async function flown(): Promise<void> {
    await page.waitForFunction(() =>
      (globalThis as { paw?: string[] }).paw?.includes('answer flying'),
    )
  }

  /** Grandma has so many answers of the child's. */
  async function answered(count: number): Promise<void> {
    let arrived = -1
    for (let tries = 0; tries < 80 && arrived !== count; tries++) {
      await step(grandma)
      arrived = (await messages(grandma)).filter(({ from }) => from.child !== undefined).length
      if (arrived !== count) await page.waitForTimeout(250)
    }
    assert.equal(arrived, count, 'so many answers arrived')
  }

  test('another paw shows the same row again, and nothing is lost', async () => {
    await page.goto(server.origin)
    await room('home')
    await press(bottomRow(await spots())[2])
    await rest()
    await page.locator('.begin').click()
    await page.locator('.game.turn').waitFor()
    const lit = page.locator('.game-paw.lit')
    const other = page.locator('.game-paw:not(.lit)')
    await rest()
    await other.first().click()
    await rest()
    // It was right by chance, or the row is shown again: either way a paw lights up by itself.
    await lit.waitFor()
    await page.locator('.game.turn').waitFor()
    await home()
  })

  test('it acts when the finger comes down', async () => {
    await page.reload()
    await room('home')
    const face = largest(await spots())
    await page.mouse.move(face.x, face.y)
    await page.mouse.down()
    await room('speaker')
    await page.waitForTimeout(1_200)
    await page.mouse.up()
    await page.waitForTimeout(300)
    // Letting go is nothing: what was pressed still speaks, or has ended by itself.
    await room('speaker')
    assert.equal(await page.locator('.answer.idle').count(), 1)
  })

  test('a second finger and the second tap of two mean nothing', async () => {
    await page.reload()
    await room('home')
    const touch = await page.context().newCDPSession(page)
    await touch.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 })
    const fingers = (type: 'touchStart' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints })
    const face = largest(await spots())
    await fingers('touchStart', [face])
    await room('speaker')
    await page.waitForTimeout(700)
    const paw = lowest(await spots())
    await fingers('touchStart', [face, paw])
    await fingers('touchEnd', [])
    await page.waitForTimeout(500)
    assert.equal(await page.locator('.answer.idle').count(), 1, 'the stray finger records nothing')
    for (let tap = 0; tap < 2; tap++) {
      await fingers('touchStart', [paw])
      await fingers('touchEnd', [])
    }
    await page.locator('.answer.recording').waitFor()
    await page.waitForTimeout(600)
    assert.equal(await page.locator('.answer.recording').count(), 1, 'it was not stopped again')
    await rest()
    await watchPaw()
    await fingers('touchStart', [paw])
    await fingers('touchEnd', [])
    await flown()
    await answered(2)
    await touch.send('Emulation.setTouchEmulationEnabled', { enabled: false })
    await touch.detach()
  })

  test('everything works by the keyboard, and with a screen reader’s names', async () => {
    await page.reload()
    await room('home')
    const key = async (name: string | RegExp, press: string): Promise<void> => {
      await rest()
      await page.getByRole('button', { name }).first().focus()
      await page.keyboard.press(press)
    }
    await key(/^Grandma, the/, 'Enter')
    await room('speaker')
    await key(/^Hear message 2 of 2/, 'Space')
    await page.locator('.pebble.on').waitFor()
    await key('Speak', 'Space')
    await page.locator('#announcer').getByText('Speak now. Press to stop.').waitFor()
    await page.waitForTimeout(800)
    await key('Speak now. Press to stop.', 'Enter')
    await page.locator('#announcer').getByText('Sent.').waitFor()
    await key('Back to the start', 'Enter')
    await key('Lullabies', 'Enter')
    await key('15 minutes', 'Space')
    await key('Cradle song', 'Enter')
    await page.locator('#announcer').getByText('It plays for 15 minutes.').waitFor()
    await page.getByRole('button', { name: 'Cradle song', pressed: true }).waitFor()
    await key('How loud: middle', 'Enter')
    await page.getByRole('button', { name: 'How loud: loud' }).waitFor()
    await key('Back to the start', 'Enter')
    await key('Stories', 'Enter')
    await key('Story 1, told by Grandma', 'Enter')
    await page.getByRole('progressbar', { name: 'How far the story is' }).waitFor()
    await key('Back to the start', 'Enter')
    await key('Paw game', 'Enter')
    await key('Begin', 'Enter')
    await page.locator('#announcer').getByText('Your turn.').waitFor()
    await key('Back to the start', 'Enter')
    await room('home')
  })

  test('what was not approved is nowhere', async () => {
    await says(grandma, 1)
    await page.reload()
    await room('home')
    await page.waitForTimeout(2_000)
    await press(largest(await spots()))
    await room('speaker')
    await thereAre(2, page.locator('.pebble'))
    await home()
  })

  test('nothing went wrong meanwhile', () => {
    assert.deepEqual(trouble, [])
  })
})
