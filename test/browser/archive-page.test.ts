import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { archiveTexts } from '../../src/client/archive/archive-texts.ts'
import { pageOf, someVoices } from '../harness/archives.ts'
import { launchChromium } from '../harness/chromium.ts'
import { launchFirefox } from '../harness/firefox.ts'
import { complaints } from './accessible.ts'

// The page that a family takes along opens from a disk, in any browser, and asks nobody anything.

const VOICES = 40
let folder = ''
let url = ''

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-page-'))
  url = await served('voices.html', await pageOf(someVoices(VOICES)))
})
after(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }))

async function served(name: string, page: Uint8Array): Promise<string> {
  await writeFile(join(folder, name), page)
  return pathToFileURL(join(folder, name)).href
}

describe('in Chromium', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const asked: string[] = []
  const trouble: string[] = []
  let page: Page

  before(async () => {
    const args = ['--autoplay-policy=no-user-gesture-required']
    page = stack.use(await launchChromium({ args })).page
    page.setDefaultTimeout(15_000)
    page.on('request', (request) => asked.push(request.url().slice(0, 60)))
    page.on('pageerror', (error) => trouble.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') trouble.push(message.text())
    })
    await page.goto(url)
  })

  test('every voice is there with names, day and state', async () => {
    assert.equal(await page.getByRole('listitem').count(), VOICES)
    const first = page.getByRole('listitem').first()
    await first.getByText('Grandma to Mia').waitFor()
    await first.getByText('Monday, November 23, 2026 at 8:15 AM').waitFor()
    await first.getByText('0:01 · played').waitFor()
    await page.getByText('Zoë & <Opa> to Mia').first().waitFor()
    await page.getByText('Somebody to Mia').first().waitFor()
    assert.deepEqual(await complaints(page), [])
  })

  test('a voice plays, by keyboard; and the next one after it, if wanted', async () => {
    await page.getByRole('button', { name: 'Play Grandma to Mia, Monday, November 23' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.05)
    await page.getByText('Playing: Grandma to Mia').waitFor()
    await page.getByLabel('Play one after another').check()
    await page
      .getByRole('button', { name: /^Play Mia to Grandma/ })
      .first()
      .click()
    await page.getByText('Playing: Zoë & <Opa> to Mia').waitFor()
    const player = page.locator('audio')
    await player.evaluate((audio: HTMLAudioElement) => audio.pause())
    assert.ok((await player.evaluate((audio: HTMLAudioElement) => audio.duration)) > 0.4)
    assert.deepEqual(await complaints(page), [])
  })

  test('searching by a name or a month shows what fits, and says how many', async () => {
    const search = page.getByLabel('Search by name or month')
    await search.fill('zoe opa')
    await page.getByText('10 voices', { exact: true }).waitFor()
    assert.equal(await page.locator('.voice:visible').count(), 10)
    await search.fill('october')
    await page.getByText('17 voices', { exact: true }).waitFor()
    assert.equal(await page.locator('h2:visible').count(), 1)
    await search.fill('nobody at all')
    await page.getByText('No voice has this name.').waitFor()
    await search.fill('')
    await page.getByText('40 voices', { exact: true }).waitFor()
  })

  test('on paper it is a list', async () => {
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.locator('button:visible').count(), 0)
    assert.equal(await page.locator('#bar:visible').count(), 0)
    assert.equal(await page.locator('.voice:visible').count(), VOICES)
    await page.emulateMedia({ media: null })
  })

  test('it asked nobody, and nothing was refused', () => {
    const others = asked.filter((one) => !one.startsWith('file:') && !one.startsWith('data:'))
    assert.deepEqual(others, [])
    assert.equal(asked.filter((one) => one.startsWith('file:')).length, 1)
    assert.deepEqual(trouble, [])
  })

  test('what somebody writes into it does not run, and reaches nobody', async () => {
    const bad = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    const [voice] = someVoices(1)
    assert.ok(voice)
    const text = (await pageOf([{ ...voice, from: bad }])).toString()
    await page.goto(await served('bad.html', Buffer.from(text)))
    assert.match(await page.title(), /Pawpost$/)
    await page.getByText(bad).waitFor()
    const forged = text.replace('</main>', `${bad}<img src="https://evil.example/x.png"></main>`)
    await page.goto(await served('forged.html', Buffer.from(forged)))
    assert.match(await page.title(), /Pawpost$/, 'the policy of the page holds')
    assert.ok(trouble.length > 0)
    const asks = await page.evaluate(() => fetch('https://evil.example').catch(() => 'refused'))
    assert.equal(asks, 'refused')
  })

  test('in a language from right to left', async () => {
    const words = { ...archiveTexts, lang: 'ar', dir: 'rtl' } as const
    await page.goto(await served('rtl.html', await pageOf(someVoices(3), words)))
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl')
    assert.deepEqual(await complaints(page), [])
  })
})

test('in Firefox it plays, searches, and asks nobody', async () => {
  await using firefox = await launchFirefox()
  await firefox.open(url)
  const rows = `document.querySelectorAll('.voice').length`
  assert.equal(await firefox.evaluate<number>(rows), VOICES)
  // This machine has no loudspeaker: that the sound is decoded is as far as Firefox gets on it.
  const plays = `new Promise((resolve) => {
    const player = document.getElementById('player')
    player.addEventListener('loadeddata', () => resolve(player.duration))
    player.addEventListener('error', () => resolve(player.error.message))
    document.querySelector('.voice button').click()
  })`
  const length = await firefox.evaluate<number | string>(plays)
  assert.ok(typeof length === 'number' && length > 0.4, String(length))
  const found = `(() => {
    const search = document.getElementById('search')
    search.value = 'zoe opa'
    search.dispatchEvent(new Event('input'))
    return document.getElementById('found').textContent
  })()`
  assert.equal(await firefox.evaluate<string>(found), '10 voices')
  const others = firefox.asked.filter((one) => !/^(file|data):/.test(one))
  assert.deepEqual(others, [])
  assert.deepEqual(firefox.trouble, [])
})
