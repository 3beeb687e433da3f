import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { readWavAt } from '../../src/client/sound/wav.ts'
import { decodeClip } from '../../src/toy/g7221/clip.ts'
import { freshAddress } from '../harness/account.ts'
import { chooseDevice, launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import { afterABreath, alignedCorrelation, samplesOf, speak } from '../harness/speech.ts'
import { startVirtualToy } from '../harness/virtual-toy.ts'
import { complaints } from './accessible.ts'
import { keepSounds, lastSound, watch } from './page.ts'
import * as people from './people.ts'

const WORDS = 'Hello my dear, this is grandma. Sleep well, and kiss the bear from me.'
const ANSWER = 'Good night grandma. The bear and I love you very much.'
const WORDS_MS = 7_500
const ANSWER_MS = 6_500
const LEAST_CORRELATION = 0.85

describe('grandma speaks, the bear plays it, and the child answers', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-story-'))
  stack.defer(() => rm(folder, { recursive: true }))
  const [words, answer] = [join(folder, 'words.wav'), join(folder, 'answer.wav')]
  await Promise.all([speak(WORDS, words), speak(ANSWER, answer, 'en-us')])
  const [hers, childs] = [join(folder, 'hers.wav'), join(folder, 'childs.wav')]
  await Promise.all([afterABreath(words, hers), afterABreath(answer, childs)])
  const server = stack.use(await startTestServer())
  const { toy, dbusAddress = '' } = stack.use(await startVirtualToy({ dbus: true }))
  const one = stack.use(await launchChromium({ dbusAddress, microphoneWav: childs }))
  const other = stack.use(await launchChromium({ microphoneWav: hers }))
  const [mother, grandma] = [one.page, other.page]
  const trouble = [watch(mother, server.origin), watch(grandma, server.origin)]
  let link = ''

  test('a parent signs up, starts a family and puts the recovery card away', async () => {
    await mother.goto(server.origin)
    await people.signUp(mother, server, freshAddress())
    const card = await people.startFamily(mother, { child: 'Mia', me: 'Mama' })
    assert.match(card, /^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/)
    await mother.reload()
    await mother.getByRole('heading', { name: 'Post for Mia' }).waitFor()
  })

  test('grandma opens the invitation; its secret leaves the address bar at once', async () => {
    link = await people.invite(mother, 'Grandma')
    assert.match(link, /\/j\/inv-[\w-]{22}#[\w-]+$/)
    await people.askToJoin(grandma, server, { link, email: freshAddress(), name: 'Grandma' })
    assert.equal(grandma.url(), `${server.origin}/`)
    const [fragment = ''] = link.split('#').slice(1)
    assert.ok(!server.lines.some((line) => line.includes(fragment)))
  })

  test('both see the same six digits, and the parent lets her in', async () => {
    const digits = await people.digitsOn(grandma)
    assert.match(digits, /^\d{6}$/)
    await mother.getByRole('link', { name: 'Family' }).click()
    await mother.getByRole('link', { name: 'Look' }).click()
    assert.equal(await people.digitsOn(mother), digits)
    assert.deepEqual([...(await complaints(mother)), ...(await complaints(grandma))], [])
    await mother.getByRole('button', { name: 'They are the same: let in' }).click()
    await grandma.getByRole('heading', { name: 'Post for Mia' }).waitFor()
    await mother.getByRole('link', { name: 'Messages' }).click()
  })

  test('she records and sends; it arrives by itself and waits for approval', async () => {
    assert.deepEqual(await complaints(grandma), [])
    await people.recordByTaps(grandma, WORDS_MS)
    assert.deepEqual(await complaints(grandma), [])
    await people.send(grandma)
    await grandma.getByText('The parents listen first').waitFor()
    await mother.getByText('Grandma to Mia').waitFor()
    await keepSounds(mother)
    await mother.getByRole('button', { name: 'Play: Grandma to Mia' }).click()
    await mother.getByRole('button', { name: 'Pause: Grandma to Mia' }).waitFor()
    assert.deepEqual(await complaints(mother), [])
    const heard = readWavAt(await lastSound(mother), 16_000)
    const measured = alignedCorrelation(await samplesOf(words), heard)
    const told = `from her mouth to the parent: correlation ${measured.toFixed(3)}`
    console.log(told)
    assert.ok(measured >= LEAST_CORRELATION, told)
  })

  test('before approval the toy screen offers nothing, and the toy holds nothing', async () => {
    await mother.getByRole('link', { name: 'Toy', exact: true }).click()
    await chooseDevice(mother, 'CloudPets')
    await mother.getByRole('button', { name: 'Connect the toy' }).click()
    await mother.locator('#main').getByText('Connected: CloudPets').waitFor()
    await mother.getByText('Nothing waits for the toy.').waitFor()
    assert.equal(toy.view().slots[1]?.length ?? 0, 0)
    await mother.getByRole('link', { name: 'Messages' }).click()
    await mother.getByRole('button', { name: 'Approve' }).click()
    await grandma.getByText('Approved, not in the bear yet').waitFor()
    assert.equal(toy.view().slots[1]?.length ?? 0, 0)
  })

  test('approved, it goes over; the heart blinks, and the bear says what she said', async () => {
    await mother.getByRole('link', { name: 'Send to the toy' }).click()
    assert.deepEqual(await complaints(mother), [])
    await mother.getByRole('button', { name: 'Send to the toy' }).click()
    await mother.locator('#main').getByText('It is in the bear.').waitFor({ timeout: 60_000 })
    const { slots, light } = toy.view()
    assert.deepEqual(light, { mode: 'blink', period: 500 })
    const heard = decodeClip(slots[1] ?? new Uint8Array())
    const measured = alignedCorrelation(await samplesOf(words), heard)
    const told = `from her mouth to the bear: correlation ${measured.toFixed(3)}`
    console.log(told)
    assert.ok(measured >= LEAST_CORRELATION, told)
    await grandma.getByText('In the bear').waitFor()
  })

  test('the child answers at the toy, and grandma hears it', async () => {
    await mother.getByRole('link', { name: 'Record Mia’s answer' }).click()
    await people.chooseWhom(mother, ['Grandma'])
    await people.recordByTaps(mother, ANSWER_MS)
    await people.send(mother)
    await grandma.getByText('Mia to Grandma').waitFor()
    await keepSounds(grandma)
    await grandma.getByRole('button', { name: 'Play: Mia to Grandma' }).click()
    const heard = readWavAt(await lastSound(grandma), 16_000)
    const measured = alignedCorrelation(await samplesOf(answer), heard)
    const told = `from the child to grandma: correlation ${measured.toFixed(3)}`
    console.log(told)
    assert.ok(measured >= LEAST_CORRELATION, told)
  })

  test('an invitation works once', async () => {
    const third = stack.use(await launchChromium())
    await third.page.goto(link)
    await people.signUp(third.page, server, freshAddress())
    await third.page.getByLabel('What does the child call you?').fill('Mallory')
    await third.page.getByRole('button', { name: 'Ask to come in' }).click()
    await third.page.getByText('This invitation was used').waitFor()
  })

  test('where nobody lied, nothing was refused', async () => {
    for (const page of [mother, grandma]) {
      await page.goto(`${server.origin}/settings/refused`)
      await page.getByText('Nothing was refused so far.').waitFor()
    }
  })

  test('no page threw, broke its own policy, or asked anybody else', () => {
    assert.deepEqual(trouble, [[], []])
  })
})
