import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { readWavAt } from '../../src/client/sound/wav.ts'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import { afterABreath, alignedCorrelation, samplesOf, speak } from '../harness/speech.ts'
import { complaints } from './accessible.ts'
import { keepSounds, lastSound, thereAre, watch } from './page.ts'
import * as people from './people.ts'

const WORDS = 'Hello my dear, this is grandma on the old phone. Good night, sleep well.'
const WORDS_MS = 7_000
const LEAST_CORRELATION = 0.85

describe('grandma’s old phone: a link, one button, and a guardian who listens first', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-old-phone-'))
  stack.defer(() => rm(folder, { recursive: true }))
  const [words, heard] = [join(folder, 'words.wav'), join(folder, 'heard.wav')]
  await speak(WORDS, words)
  await afterABreath(words, heard)
  const server = stack.use(await startTestServer())
  const { page: mother } = stack.use(await launchChromium())
  const { page: phone } = stack.use(await launchChromium({ microphoneWav: heard }))
  const trouble = [watch(mother, server.origin), watch(phone, server.origin)]
  let link = ''

  test('a guardian makes the link; it says the name behind the #, where no server looks', async () => {
    await mother.goto(server.origin)
    await people.signUp(mother, server, freshAddress())
    await people.startFamily(mother, { child: 'Mia', me: 'Mama' })
    await mother.getByRole('link', { name: 'Family' }).click()
    await mother.getByRole('link', { name: 'A link for an old phone' }).click()
    await mother.getByText('There is no such link now.').waitFor()
    assert.deepEqual(await complaints(mother), [])
    await mother.getByRole('button', { name: 'Make the link' }).click()
    assert.equal(await mother.getByLabel('What does the page call').inputValue(), 'Mia')
    assert.deepEqual(await complaints(mother), [])
    await mother.getByLabel('Who gets it?').fill('Grandma')
    await mother.getByRole('button', { name: 'Make the link' }).click()
    await mother.getByRole('heading', { name: 'The link for Grandma' }).waitFor()
    assert.deepEqual(await complaints(mother), [])
    link = await mother.getByLabel('Link', { exact: true }).inputValue()
    assert.match(link, /\/v\/hh-[\w-]{22}#[\w-]{30,}$/)
  })

  test('the phone opens it with no account and sees one button', async () => {
    await phone.goto(link)
    await phone.getByRole('heading', { name: 'Say something to Mia' }).waitFor()
    // The name stands there before the window knows that it is the only one.
    await phone.getByRole('button', { name: 'Press and talk' }).waitFor()
    await thereAre(1, phone.getByRole('button'))
    assert.equal(await phone.getByRole('textbox').count(), 0)
    assert.deepEqual(await complaints(phone), [])
  })

  test('what was recorded survives a reload, and can be heard', async () => {
    await record(phone, WORDS_MS)
    assert.deepEqual(await complaints(phone), [])
    await phone.reload()
    await phone.getByRole('button', { name: 'Listen' }).click()
    await phone.getByRole('button', { name: 'Stop listening' }).waitFor()
  })

  test('sent without a network it waits, and goes out by itself', async () => {
    await phone.context().setOffline(true)
    await phone.getByRole('button', { name: 'Send' }).click()
    await phone.getByText('It goes out as soon').waitFor()
    assert.deepEqual(await complaints(phone), [])
    await phone.context().setOffline(false)
    await phone.getByText('It is on its way to Mia’s family.').waitFor()
    await phone.getByRole('button', { name: 'Say something more' }).waitFor()
    assert.deepEqual(await complaints(phone), [])
  })

  test('the guardian hears the very words, marked as said by a link, and approves', async () => {
    await mother.getByRole('link', { name: 'Messages' }).click()
    const row = mother.locator('.message').filter({ hasText: 'Grandma to Mia' })
    await row.getByText('by link').waitFor()
    await keepSounds(mother)
    await row.getByRole('button', { name: /^Play: Grandma/ }).click()
    const samples = readWavAt(await lastSound(mother), 16_000)
    const measured = alignedCorrelation(await samplesOf(words), samples)
    const told = `from the old phone to the parent: correlation ${measured.toFixed(3)}`
    console.log(told)
    assert.ok(measured >= LEAST_CORRELATION, told)
    assert.deepEqual(await complaints(mother), [])
    await row.getByRole('button', { name: 'Approve' }).click()
    await mother.getByRole('link', { name: 'Send to the toy' }).waitFor()
  })

  test('ended, the link says so in plain words, and what waited is turned down', async () => {
    await holdToRecord(phone, 1_500)
    await phone.getByRole('button', { name: 'Send' }).press('Enter')
    await phone.getByText('It is on its way').waitFor()
    await mother.getByRole('button', { name: 'Approve' }).waitFor()
    await endLink(mother)
    await mother.getByRole('link', { name: 'Messages' }).click()
    await mother.getByRole('link', { name: 'Send to the toy' }).waitFor()
    await mother.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' })
    await phone.reload()
    await phone.getByText('This link has ended. Ask for a new one.').waitFor()
    assert.deepEqual(await complaints(phone), [])
  })

  test('a link that lost its end says so', async () => {
    await phone.goto(link.slice(0, -3))
    await phone.getByText('This link is not complete').waitFor()
    assert.deepEqual(await complaints(phone), [])
  })

  test('no page threw, broke its own policy, or asked anybody else', () => {
    const [fragment = ''] = link.split('#').slice(1)
    assert.ok(!server.lines.some((line) => line.includes(fragment)))
    assert.deepEqual(trouble, [[], []])
  })
})

async function record(page: Page, ms: number): Promise<void> {
  await page.getByRole('button', { name: /^(Press and talk|Say something more)$/ }).click()
  await page.locator('.big.on').waitFor()
  await page.getByText('seconds left').waitFor()
  await page.waitForTimeout(ms)
  await page.getByRole('button', { name: 'Press to stop' }).click()
  await page.getByRole('button', { name: 'Send' }).waitFor()
}

async function holdToRecord(page: Page, ms: number): Promise<void> {
  await page.getByRole('button', { name: 'Say something more' }).hover()
  await page.mouse.down()
  await page.getByText('seconds left').waitFor()
  await page.waitForTimeout(ms)
  await page.mouse.up()
  await page.getByRole('button', { name: 'Send' }).waitFor()
}

async function endLink(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Family' }).click()
  await page.getByRole('link', { name: 'A link for an old phone' }).click()
  await page.getByText('last used on').waitFor()
  assert.deepEqual(await complaints(page), [])
  await page.getByRole('button', { name: 'End this link' }).click()
  await page.getByRole('button', { name: 'End it' }).click()
  await page.getByText('There is no such link now.').waitFor()
}
