import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Client } from '../../src/client/client.ts'
import { addChild } from '../../src/client/children.ts'
import { step } from '../../src/client/live.ts'
import { messages, type Message } from '../../src/client/messages.ts'
import { approvalFor } from '../../src/client/toy.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { newRecording } from '../harness/member.ts'
import { complaints } from './accessible.ts'
import { gather, type Gathering } from './gathering.ts'
import { thereAre, watch } from './page.ts'
import * as people from './people.ts'

/** The first message on a page between two, as its heading says. */
function row(page: Page, who: string) {
  return page.locator('.message').filter({ has: page.getByText(who, { exact: true }) })
}

/** Opens what can be done with the first message between two. */
async function more(page: Page, who: string): Promise<void> {
  await page
    .getByRole('button', { name: `More: ${who}, ` })
    .first()
    .click()
  await page.getByRole('dialog', { name: who }).waitFor()
}

describe('the message centre of a family', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  let family: Gathering
  let mother: Page
  let grandma: Page
  let dad: Client
  const trouble: string[][] = []

  /** What dad has of a message, by who spoke. */
  const dads = async (by: string): Promise<Message | undefined> => {
    await step(dad)
    return (await messages(dad)).find(({ from }) => from.name === by)
  }
  const home = async (page: Page): Promise<void> => {
    await page.goto(family.server.origin)
    await page.getByRole('heading', { name: /^Post for/ }).waitFor()
  }

  before(async () => {
    family = await gather(stack)
    ;({ mother, grandma, dad } = family)
    for (const page of [mother, grandma]) trouble.push(watch(page, family.server.origin))
  })

  test('what a relative says waits first, is approved, and the approval is taken back', async () => {
    await people.recordByTaps(grandma, 800)
    await people.send(grandma)
    await mother.getByRole('button', { name: 'Approve' }).waitFor()
    const offer = 'Shall we tell you when post comes?'
    await mother.getByRole('heading', { name: offer }).waitFor()
    const headings = await mother.getByRole('heading', { level: 2 }).allTextContents()
    assert.ok(headings.indexOf(offer) > headings.indexOf('Waiting for you'), headings.join())
    assert.equal(headings[0], 'Waiting for you', 'nothing stands above what waits')
    assert.deepEqual(await complaints(mother), [])
    await mother.getByRole('button', { name: 'Approve' }).click()
    await row(grandma, 'You to Mia').getByText('Approved, not in the bear yet').waitFor()
    const approved = await dads('Grandma')
    assert.ok(approved)
    await approvalFor(dad, approved.message)
    await more(mother, 'Grandma to Mia')
    assert.deepEqual(await complaints(mother), [])
    await mother.getByRole('button', { name: 'Take the approval back' }).click()
    await mother.getByRole('button', { name: 'Approve' }).waitFor()
    await row(grandma, 'You to Mia').getByText('The parents listen first').waitFor()
    // No phone hands it to the toy any more.
    assert.equal((await dads('Grandma'))?.state, 'waiting')
    await assert.rejects(approvalFor(dad, approved.message), { code: 'not-approved' })
    await mother.getByRole('button', { name: 'Approve' }).click()
    await row(grandma, 'You to Mia').getByText('Approved, not in the bear yet').waitFor()
  })

  test('an answer says what it answers, and leads there', async () => {
    await more(mother, 'Grandma to Mia')
    await mother.getByRole('link', { name: 'Answer', exact: true }).click()
    await mother.getByRole('heading', { name: 'Record for Grandma' }).waitFor()
    await mother.getByRole('heading', { name: 'What it answers' }).waitFor()
    assert.deepEqual(await complaints(mother), [])
    await people.recordByTaps(mother, 800)
    await people.send(mother)
    await grandma.getByText('Mama to Grandma').waitFor()
    await grandma.getByRole('button', { name: /^Answers you, / }).click()
    await grandma.locator('.message:focus').getByText('You to Mia').waitFor()
    await row(mother, 'You to Grandma')
      .getByRole('button', { name: /^Answers Grandma, / })
      .click()
    await mother.getByRole('heading', { name: 'All messages' }).waitFor()
    await mother.locator('.message:focus').getByText('Grandma to Mia').waitFor()
    await mother.getByRole('tab', { name: 'Mia', selected: true }).waitFor()
  })

  test('it is saved for the household, found by the filter, and let go', async () => {
    await mother.getByRole('tab', { name: 'Mia' }).click()
    await more(mother, 'Grandma to Mia')
    await mother.getByRole('button', { name: /^Save/ }).click()
    await mother.getByRole('button', { name: 'Saved (1)' }).click()
    await thereAre(1, mother.getByRole('listitem'))
    assert.equal((await dads('Grandma'))?.saved, true)
    assert.deepEqual(await complaints(mother), [])
    await more(mother, 'Grandma to Mia')
    await mother.getByRole('button', { name: 'Do not save any more' }).click()
    await mother.getByText('Nothing here that fits.').waitFor()
    await mother.getByRole('button', { name: 'Show everything' }).click()
    await row(mother, 'Grandma to Mia').waitFor()
  })

  test('several hear one message; it is passed on to who has not got it', async () => {
    await home(mother)
    await mother.getByRole('link', { name: 'To a person' }).click()
    await mother.getByRole('button', { name: 'Continue' }).waitFor()
    assert.deepEqual(await complaints(mother), [])
    await people.chooseWhom(mother, ['Mia', 'Grandma'])
    await people.recordByTaps(mother, 800)
    await people.send(mother)
    await grandma.getByText('Mama to Mia and Grandma').waitFor()
    await sendVoice(dad, { ...newRecording(), to: 'child' })
    await step(dad)
    await more(mother, 'Papa to Mia')
    await mother.getByRole('button', { name: 'Pass on to…' }).click()
    assert.deepEqual(await complaints(mother), [])
    await mother.getByRole('checkbox', { name: 'Grandma' }).check()
    await mother.getByRole('button', { name: 'Pass on', exact: true }).click()
    await grandma.getByText('Papa to Mia', { exact: true }).waitFor()
  })

  test('deleted for oneself it can be brought back, by keys alone; else only others keep it', async () => {
    const papas = row(mother, 'Papa to Mia')
    await deleteByKeys(mother)
    await papas.waitFor({ state: 'hidden' })
    await mother.getByRole('button', { name: 'Undo' }).and(mother.locator(':focus')).waitFor()
    assert.deepEqual(await complaints(mother), [])
    await mother.keyboard.press('Enter')
    await papas.waitFor()
    await deleteByKeys(mother)
    await papas.waitFor({ state: 'hidden' })
    await mother.getByRole('button', { name: 'Undo' }).waitFor({ state: 'hidden' })
    await home(mother)
    await row(mother, 'You to Grandma').first().waitFor()
    assert.equal(await papas.count(), 0)
    await grandma.getByText('Papa to Mia', { exact: true }).waitFor()
    assert.ok((await messages(dad)).some(({ from }) => from.me))
  })

  test('deleted for everybody it is gone on every phone, after it was said who loses it', async () => {
    await more(mother, 'Grandma to Mia')
    await mother.getByRole('button', { name: 'Delete for everybody' }).click()
    const loses = /Grandma.*Papa.*toy and you will not have it any more|Papa.*Grandma.*toy and you/
    await mother.getByText(loses).waitFor()
    assert.deepEqual(await complaints(mother), [])
    await mother.getByRole('button', { name: 'Delete for everybody' }).click()
    await row(mother, 'Grandma to Mia').waitFor({ state: 'hidden' })
    await row(grandma, 'You to Mia').waitFor({ state: 'hidden' })
    assert.equal(await dads('Grandma'), undefined)
    // Nor is it back when the app is opened anew.
    for (const page of [mother, grandma]) await home(page)
    await grandma.getByText('Mama to Grandma').waitFor()
    assert.equal(await row(grandma, 'You to Mia').count(), 0)
  })

  test('with a second child, tabs and ticks appear; a relative speaks to whom they tick', async () => {
    await addChild(dad, { name: 'Tom' })
    await step(dad)
    await grandma.getByRole('heading', { name: 'Post for Mia and Tom' }).waitFor()
    await grandma.getByRole('checkbox', { name: 'Mia' }).uncheck()
    assert.deepEqual(await complaints(grandma), [])
    await people.recordByTaps(grandma, 800)
    await people.send(grandma)
    await mother.getByText('Grandma to Tom').waitFor()
    await mother.goto(`${family.server.origin}/record/child`)
    await mother.getByRole('radio', { name: 'Tom' }).check()
    assert.deepEqual(await complaints(mother), [])
    await people.chooseWhom(mother, ['Grandma'])
    await mother.getByRole('heading', { name: 'Tom’s answer for Grandma' }).waitFor()
    await mother.goto(`${family.server.origin}/messages`)
    await mother.getByRole('tab', { name: 'Mine' }).focus()
    await mother.keyboard.press('ArrowLeft')
    await mother.getByRole('tab', { name: 'Tom 1 new', selected: true }).waitFor()
    await row(mother, 'Grandma to Tom').waitFor()
    assert.deepEqual(await complaints(mother), [])
  })

  test('no page threw, broke its own policy, or asked anybody else', () => {
    assert.deepEqual(trouble, [[], []])
  })
})

/** Deletes Papa's message for oneself as somebody does who has only keys. */
async function deleteByKeys(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More: Papa to Mia, ' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  const wanted = page.getByRole('button', { name: /^Delete for me/ }).and(page.locator(':focus'))
  for (let count = 0; count < 12 && (await wanted.count()) === 0; count += 1) {
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
}
