import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { agree, questions } from '../../src/client/agreeing.ts'
import { children } from '../../src/client/children.ts'
import type { Client } from '../../src/client/client.ts'
import { step } from '../../src/client/live.ts'
import { announceRemoval, notices } from '../../src/client/notices.ts'
import { members } from '../../src/client/people.ts'
import { portraits } from '../../src/client/portraits.ts'
import { readRules } from '../../src/client/rules.ts'
import { complaints } from './accessible.ts'
import { gather } from './gathering.ts'
import { watch } from './page.ts'

// The family's screens: two children, a relative, two guardians who have to agree.

/** A red picture of 900 by 600, with words beside it that must not travel. */
async function somePicture(page: Page): Promise<Buffer> {
  const shot = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 600 })
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    pen.fillStyle = '#c22'
    pen.fillRect(0, 0, 900, 600)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer())]
  })
  return Buffer.concat([Buffer.from(shot), Buffer.from('GPS 52.5200 N 13.4050 E')])
}

describe('the family’s screens', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  let mother: Page
  let grandma: Page
  let dad: Client
  let trouble: string[]

  before(async () => {
    const all = await gather(stack)
    mother = all.mother
    grandma = all.grandma
    dad = all.dad
    trouble = watch(mother, all.server.origin)
    mother.setDefaultTimeout(8_000)
    grandma.setDefaultTimeout(8_000)
    await toFamily()
  })

  /** What the father's phone says, as soon as it is what is expected. */
  async function atDad<T>(look: (client: Client) => Promise<T | undefined>): Promise<T> {
    for (let round = 0; round < 40; round += 1) {
      await step(dad)
      const seen = await look(dad)
      if (seen !== undefined) return seen
      await setTimeout(200)
    }
    throw new Error('it never came to the father')
  }

  async function toFamily(): Promise<void> {
    await mother.getByRole('link', { name: 'Family' }).click()
    await mother.getByRole('heading', { name: 'Family', level: 1 }).waitFor()
  }

  async function openPerson(name: RegExp): Promise<void> {
    await mother.getByRole('link', { name }).click()
    await mother.getByRole('button', { name: 'Save' }).waitFor()
  }

  test('a second child comes by consent, with a toy, a birthday and a picture', async () => {
    await mother.getByRole('link', { name: 'Add a child' }).click()
    await mother.getByRole('heading', { name: 'Before you add a child' }).waitFor()
    assert.deepEqual(await complaints(mother), [])
    await mother.getByRole('button', { name: 'I agree' }).click()
    await mother.getByText('Please tick that you are allowed').waitFor()
    await mother.getByLabel('I am allowed to decide this for the child').check()
    await mother.getByRole('button', { name: 'I agree' }).click()
    await mother.getByLabel('The child’s name or nickname').fill('Tom')
    await mother.getByRole('radio', { name: 'Bunny' }).check()
    await mother.getByLabel('What is the toy called?').fill('Hops')
    await mother.getByLabel('Day').selectOption('29')
    await mother.getByLabel('Month').selectOption('2')
    const buffer = await somePicture(mother)
    await mother
      .locator('input[type=file]')
      .setInputFiles({ name: 'tom.png', mimeType: 'image/png', buffer })
    await mother.locator('.picture-row img').waitFor()
    assert.deepEqual(await complaints(mother), [])
    await mother.getByRole('button', { name: 'Add the child' }).click()
    await mother.getByRole('heading', { name: 'Tom', level: 1 }).waitFor()
    const tom = await atDad(async (client) =>
      (await children(client)).find(({ name }) => name === 'Tom'),
    )
    assert.deepEqual(
      { plush: tom.plush, pet: tom.pet, birthday: tom.birthday },
      { plush: 'bunny', pet: 'Hops', birthday: { day: 29, month: 2 } },
    )
    const portrait = await atDad(async (client) => (await portraits(client)).get(tom.id))
    assert.equal(portrait.type, 'image/jpeg')
    assert.ok(portrait.image.length < 60 * 1024)
    assert.ok(!Buffer.from(portrait.image).includes('GPS'))
  })

  test('quiet hours are chosen, foreseen in words, and told to the guardians', async () => {
    await mother.getByRole('checkbox', { name: 'On school nights' }).check()
    await mother.getByRole('checkbox', { name: 'At the weekend' }).check()
    await mother.getByLabel('From').first().fill('19:30')
    await mother.getByText('Hops stays quiet').waitFor()
    assert.deepEqual(await complaints(mother), [])
    await mother.getByRole('button', { name: 'Save' }).click()
    await mother.getByText('Hops').first().waitFor()
    const quiet = await atDad(async (client) =>
      (await children(client)).map((child) => child.quiet).find((one) => one !== undefined),
    )
    assert.deepEqual(quiet.school, { from: 19 * 60 + 30, to: 7 * 60 })
    assert.ok(quiet.free)
    assert.equal(quiet.volume, 30)
    assert.deepEqual(await complaints(mother), [])
  })

  test('a relative is for one child only, and does not learn of the other', async () => {
    await grandma.getByRole('heading', { name: 'Post for Mia and Tom' }).waitFor()
    await openPerson(/^Grandma/)
    assert.deepEqual(await complaints(mother), [])
    await mother.getByLabel('What are they to the child?').selectOption('grandmother')
    await mother.getByRole('checkbox', { name: 'Tom' }).uncheck()
    await mother.getByRole('button', { name: 'Save' }).click()
    await mother.getByText('only for Mia').waitFor()
    await mother.getByText('grandmother', { exact: true }).waitFor()
    await grandma.getByRole('heading', { name: 'Post for Mia', exact: true }).waitFor()
  })

  test('trust is asked of the other guardian, and stands once he agrees', async () => {
    await openPerson(/^Grandma/)
    await mother.getByLabel('Their messages need no approval').check()
    await mother.getByRole('button', { name: 'Save' }).click()
    await mother.getByText('You asked them to agree:').waitFor()
    await mother.getByText('What Grandma says needs no approval.').waitFor()
    assert.deepEqual(await complaints(mother), [])
    const asked = await atDad(async (client) => (await questions(client))[0])
    assert.deepEqual((await readRules(dad)).trusted, [])
    await agree(dad, asked.purpose)
    await step(dad)
    await mother.getByText('You asked them to agree:').waitFor({ state: 'hidden' })
    await mother.getByText('no approval needed').waitFor()
  })

  test('the rules are asked for, too, and shown to who is asked', async () => {
    await mother.getByRole('link', { name: 'Rules' }).click()
    await mother.getByRole('heading', { name: 'Rules', level: 1 }).waitFor()
    await mother.getByRole('radio', { name: '30 days', checked: true }).waitFor()
    assert.deepEqual(await complaints(mother), [])
    await mother.getByRole('radio', { name: '90 days' }).check()
    await mother.getByRole('button', { name: 'Save the rules' }).click()
    await mother.getByText('Messages are kept for 90 days.').waitFor()
    const asked = await atDad(async (client) => (await questions(client))[0])
    await agree(dad, asked.purpose)
    await step(dad)
    assert.equal((await readRules(dad)).retention, 90)
    await mother.getByText('Messages are kept for 90 days.').waitFor({ state: 'hidden' })
  })

  test('who takes a break is told kindly and cannot record, until it goes on', async () => {
    await openPerson(/^Grandma/)
    await mother.getByRole('button', { name: 'Let them take a break' }).click()
    await mother.getByText('Grandma takes a break now.').waitFor()
    await grandma.getByText('Your family takes a little break').waitFor()
    assert.equal(await grandma.getByRole('button', { name: 'Record', exact: true }).count(), 0)
    assert.deepEqual(await complaints(grandma), [])
    await mother.getByRole('button', { name: 'Go on' }).click()
    await grandma.getByRole('button', { name: 'Record', exact: true }).waitFor()
    await mother.getByRole('link', { name: 'Back' }).click()
  })

  test('a guardian’s removal is announced, seen by both, and taken back', async () => {
    await openPerson(/^Papa/)
    await mother.getByText('The others cannot decide this').waitFor()
    assert.deepEqual(await complaints(mother), [])
    await mother.getByRole('button', { name: 'Announce it' }).click()
    await mother.getByRole('dialog').getByRole('button', { name: 'Announce it' }).click()
    await mother.getByText('You announced that Papa has to go').waitFor()
    await step(dad)
    assert.equal((await notices(dad)).length, 1)
    await mother.getByRole('button', { name: 'Take it back' }).click()
    await mother.getByText('You announced that Papa has to go').waitFor({ state: 'hidden' })
    await step(dad)
    assert.equal((await notices(dad)).length, 0)
    const mum = (await members(dad)).find(({ name }) => name === 'Mama')
    assert.ok(mum)
    await announceRemoval(dad, mum.person)
    await mother.getByText('Papa announced that you have to go').waitFor()
    await mother.getByRole('link', { name: 'Take the voices along' }).waitFor()
    assert.deepEqual(await complaints(mother), [])
  })

  test('a relative who is removed is told so on her phone', async () => {
    await openPerson(/^Grandma/)
    await mother.getByText('Their only one').waitFor()
    await mother.getByRole('button', { name: 'Remove' }).click()
    await mother.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await mother.getByRole('heading', { name: 'Family', level: 1 }).waitFor()
    await mother.getByText('Grandma').waitFor({ state: 'hidden' })
    await grandma.getByRole('heading', { name: 'This phone is no longer in the family' }).waitFor()
  })

  test('a child’s part is ended by keyboard, after it was said what happens', async () => {
    await mother.getByRole('link', { name: /^Tom/ }).focus()
    await mother.keyboard.press('Enter')
    const end = mother.getByRole('button', { name: 'End this' })
    await end.focus()
    await mother.keyboard.press('Enter')
    await mother.getByRole('heading', { name: 'End this for Tom?' }).waitFor()
    await mother.getByRole('button', { name: 'End it' }).focus()
    await mother.keyboard.press('Enter')
    await mother.getByRole('link', { name: /^Tom/ }).waitFor({ state: 'hidden' })
    const left = await atDad(async (client) => {
      const names = (await children(client)).map(({ name }) => name)
      return names.length === 1 ? names : undefined
    })
    assert.deepEqual(left, ['Mia'])
    assert.deepEqual(trouble, [])
  })
})
