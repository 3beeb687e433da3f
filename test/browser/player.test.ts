import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { encodeVoice } from '../../src/cli/client/opus.ts'
import type { Client } from '../../src/client/client.ts'
import { step } from '../../src/client/live.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { samplesOf, speak } from '../harness/speech.ts'
import { complaints } from './accessible.ts'
import { bringDad } from './gathering.ts'
import { thereAre, watch } from './page.ts'
import * as people from './people.ts'

/** What a page tells of its player: every <audio> there is, the buttons of its lock screen, and files. */
type Told = {
  readonly players: HTMLAudioElement[]
  readonly buttons: Record<string, (details: object) => void>
  readonly open: Set<string>
}

/** Runs in the page before the app does. */
function listenIn(): void {
  const told: Told = { players: [], buttons: {}, open: new Set() }
  Object.assign(globalThis, { told })
  globalThis.Audio = new Proxy(Audio, {
    construct(target, args: [string?]) {
      const audio = new target(...args)
      told.players.push(audio)
      return audio
    },
  })
  const { mediaSession } = navigator
  const set = mediaSession.setActionHandler.bind(mediaSession)
  mediaSession.setActionHandler = (action, handler) => {
    if (handler) told.buttons[action] = handler as (details: object) => void
    set(action, handler)
  }
  const [make, revoke] = [URL.createObjectURL.bind(URL), URL.revokeObjectURL.bind(URL)]
  URL.createObjectURL = (object: Blob) => {
    const url = make(object)
    told.open.add(url)
    return url
  }
  URL.revokeObjectURL = (url) => {
    told.open.delete(url)
    revoke(url)
  }
}

describe('the player', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-player-'))
  stack.defer(() => rm(folder, { recursive: true }))
  let server: TestServer
  let page: Page
  let dad: Client
  let trouble: string[]
  let voice: { sound: Uint8Array; durationMs: number }

  before(async () => {
    const file = join(folder, 'words.wav')
    await speak(
      'Good night, my dear. Sleep well until the morning, and dream of the bear in the wood.',
      file,
    )
    const samples = await samplesOf(file)
    voice = { sound: encodeVoice(samples), durationMs: Math.round(samples.length / 16) }
    server = stack.use(await startTestServer())
    page = stack.use(await launchChromium()).page
    trouble = watch(page, server.origin)
    await page.addInitScript(listenIn)
    await page.goto(server.origin)
    await people.signUp(page, server, freshAddress())
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
    dad = await bringDad(page, server)
    for (let n = 0; n < 3; n++) await sendVoice(dad, { ...voice, to: 'child' })
    await sendVoice(dad, { sound: new Uint8Array(500).fill(7), durationMs: 4000, to: 'child' })
    await step(dad)
  })

  beforeEach(async () => {
    await page.goto(server.origin)
    await row(3).waitFor()
  })

  /** Rows count from the newest: the last of four is the oldest. */
  const row = (n: number) => page.locator('.message').nth(n)
  const play = (n: number) => row(n).getByRole('button', { name: /^Play/ })
  const pause = (n: number) => row(n).getByRole('button', { name: /^Pause/ })
  const slider = (n: number) => row(n).getByRole('slider', { name: 'Position' })
  const told = <T>(ask: (told: Told) => T) =>
    page.evaluate(`(${ask.toString()})(globalThis.told)`) as Promise<T>
  const position = () => told(({ players }) => players[0]?.currentTime ?? -1)
  const isSilent = () => told(({ players }) => players.every(({ paused }) => paused))

  /** Plays, and waits until it is heard. */
  async function hear(n: number): Promise<void> {
    await play(n).click()
    await row(n).locator('.play.playing').waitFor()
  }

  test('length and picture are there before it plays', async () => {
    const length = Math.floor(voice.durationMs / 1000)
    assert.equal(await row(3).locator('.length').textContent(), `0:0${length}`)
    await row(3).scrollIntoViewIfNeeded()
    await row(3).locator('.wave:not(.unknown)').waitFor()
    const path = (await row(3).locator('.wave-rest path').getAttribute('d')) ?? ''
    const heights = [...path.matchAll(/M[\d.]+ ([\d.]+)V([\d.]+)/g)].map(
      ([, top, bottom]) => Number(bottom) - Number(top),
    )
    assert.equal(heights.length, 40)
    assert.ok(Math.max(...heights) > 30 && Math.min(...heights) < 10, String(heights))
    assert.equal(await isSilent(), true)
  })

  test('the next unheard one follows by itself, in order, and no other', async () => {
    await thereAre(4, page.locator('.message .fresh'))
    await hear(3)
    await told(({ buttons }) => buttons['nexttrack']?.({}))
    await row(2).locator('.play.playing').waitFor()
    await play(3).waitFor()
    await pause(1).waitFor({ timeout: 25_000 })
    await row(0).locator('.problem').getByText(/./).waitFor({ timeout: 25_000 })
    await page.waitForFunction(() => document.querySelectorAll('.message .fresh').length === 0)
    assert.equal(await isSilent(), true)
  })

  test('twice as fast is half the time, half as fast twice, and the pitch stays', async () => {
    const full = voice.durationMs / 1000
    for (const [speed, factor] of [
      ['2', 2],
      ['0.5', 0.5],
    ] as const) {
      await hear(3)
      await row(3).getByLabel('Speed').selectOption(speed)
      await row(3).getByLabel('Then play the next one').uncheck()
      // Three seconds at this speed are left.
      await page.evaluate(
        (seekTime) => (globalThis as { told?: Told }).told?.buttons['seekto']?.({ seekTime }),
        full - 3 * factor,
      )
      const started = Date.now()
      await play(3).waitFor({ timeout: 30_000 })
      const took = (Date.now() - started) / 1000
      assert.ok(Math.abs(took - 3) < 1, `${took} s instead of 3 s at ${speed}`)
      assert.equal(await told(({ players }) => players[0]?.preservesPitch), true)
    }
    await page.reload()
    await hear(3)
    assert.equal(await row(3).getByLabel('Speed').inputValue(), '0.5')
    await row(3).getByLabel('Speed').selectOption('1')
    await row(3).getByLabel('Then play the next one').check()
    await pause(3).click()
  })

  test('it goes on where one has stopped, after a reload, too', async () => {
    await hear(2)
    await slider(2).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await pause(2).click()
    const before = await position()
    assert.ok(before >= 2, String(before))
    await page.reload()
    await row(2)
      .locator('.position')
      .getByText(`0:0${Math.floor(before)}`)
      .waitFor()
    await hear(2)
    assert.ok((await position()) >= before - 0.1)
    await slider(2).focus()
    await page.keyboard.press('Home')
    await pause(2).click()
  })

  test('the slider speaks minutes and seconds, and keys move it', async () => {
    await hear(3)
    await pause(3).click()
    await slider(3).focus()
    const says = () => slider(3).getAttribute('aria-valuetext')
    const length = Math.floor(voice.durationMs / 1000)
    await page.keyboard.press('Home')
    assert.equal(await says(), `0 seconds of ${length} seconds`)
    await page.keyboard.press('ArrowRight')
    assert.equal(await says(), `1 second of ${length} seconds`)
    await page.keyboard.press('ArrowUp')
    assert.equal(await says(), `2 seconds of ${length} seconds`)
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
    await page.keyboard.press('ArrowRight')
    assert.equal(await says(), `1 second of ${length} seconds`)
    const picture = row(3).locator('.wave-played')
    assert.equal(await picture.evaluate((element) => getComputedStyle(element).scale), '-1 1')
    await page.keyboard.press('Home')
    assert.deepEqual(await complaints(page), [])
  })

  test('a tap on the picture plays from there', async () => {
    await row(3).locator('.wave').click()
    await row(3).locator('.play.playing').waitFor()
    const half = voice.durationMs / 2000
    assert.ok((await position()) >= half - 0.2, String(await position()))
    await slider(3).focus()
    await page.keyboard.press('Home')
    await pause(3).click()
  })

  test('the lock screen names nobody, and its buttons work', async () => {
    await hear(2)
    const shown = await page.evaluate(() => {
      const { title, artist, album, artwork } = navigator.mediaSession.metadata ?? {}
      return { title, artist, album, pictures: artwork?.length }
    })
    assert.deepEqual(shown, { title: 'A voice message', artist: 'Pawpost', album: '', pictures: 0 })
    await told(({ buttons }) => buttons['pause']?.({}))
    await play(2).waitFor()
    await told(({ buttons }) => buttons['seekto']?.({ seekTime: 1.5 }))
    assert.equal(await position(), 1.5)
    await told(({ buttons }) => buttons['seekbackward']?.({}))
    assert.equal(await position(), 0)
    await told(({ buttons }) => buttons['play']?.({}))
    await pause(2).waitFor()
    await pause(2).click()
  })

  test('before it is ready it can be moved and stopped', async () => {
    await page.evaluate(() => {
      const gate = Promise.withResolvers<void>()
      globalThis.OfflineAudioContext = class extends OfflineAudioContext {
        override async decodeAudioData(sound: ArrayBuffer): Promise<AudioBuffer> {
          await gate.promise
          return super.decodeAudioData(sound)
        }
      }
      Object.assign(globalThis, { ready: gate.resolve })
    })
    await play(1).click()
    await row(1).locator('.play.loading').waitFor()
    await pause(1).click()
    await play(1).waitFor()
    await play(3).click()
    await slider(3).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.evaluate(() => (globalThis as { ready?: () => void }).ready?.())
    await row(3).locator('.play.playing').waitFor()
    assert.ok((await position()) >= 2, String(await position()))
    await page.keyboard.press('Home')
    await pause(3).click()
    assert.equal(await told(({ players }) => players.length), 1)
  })

  test('a hidden page goes on playing', async () => {
    await hear(3)
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, value: true })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    const before = await position()
    await page.waitForTimeout(500)
    assert.ok((await position()) > before)
    await pause(3).click()
  })

  test('one plays at a time, and only its file is open', async () => {
    await hear(3)
    await hear(2)
    await play(3).waitFor()
    assert.equal(await told(({ players }) => players.length), 1)
    assert.equal(await told(({ open }) => open.size), 1)
    await pause(2).click()
  })

  test('what cannot be played says so', async () => {
    await play(0).click()
    await row(0).locator('.problem').getByText(/./).waitFor()
    await play(0).waitFor()
    assert.equal(await told(({ open }) => open.size), 0)
  })

  test('nothing went wrong meanwhile', () => {
    assert.deepEqual(trouble, [])
  })
})
