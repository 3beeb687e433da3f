import type { Page } from 'playwright-core'
import { addChild } from '../../../src/client/children.ts'
import type { Client } from '../../../src/client/client.ts'
import { step } from '../../../src/client/live.ts'
import { members } from '../../../src/client/people.ts'
import { sendVoice } from '../../../src/client/voices.ts'
import { gather } from '../gathering.ts'
import { newRecording } from '../../harness/member.ts'
import * as people from '../people.ts'
import { type Camera, listen, sketchbook } from '../picture.ts'

/** Pictures of the message centre: `node test/browser/pictures/messages.ts` after `vite build`. */
export async function walk(camera: Camera): Promise<void> {
  await using stack = new AsyncDisposableStack()
  const { mother, grandma, dad } = await gather(stack)
  listen(mother, 'mother')
  listen(grandma, 'grandma')
  const shoot = async (page: Page, name: string): Promise<void> =>
    camera.picture(page, `messages-${name}`)

  await shoot(mother, 'home-empty')
  await mother.goto(new URL('/messages', mother.url()).href)
  await mother.getByRole('heading', { name: 'All messages' }).waitFor()
  await shoot(mother, 'centre-empty')
  await shoot(grandma, 'relative-empty')
  await mother.getByRole('link', { name: 'Back' }).click()

  await people.recordByTaps(grandma, 900)
  await people.send(grandma)
  await mother.getByRole('button', { name: 'Approve' }).waitFor()
  await shoot(mother, 'home-waiting')
  await mother.getByRole('button', { name: 'Approve' }).click()
  await mother.getByText('Approved, not in the bear yet').waitFor()
  await said(dad)
  await mother.getByText('Papa to Grandma').first().waitFor()
  await shoot(mother, 'home')
  await mother.getByRole('button', { name: /^More: Grandma to Mia/ }).click()
  await mother.getByRole('dialog').waitFor()
  await shoot(mother, 'more')
  await mother.getByRole('button', { name: 'Pass on to…' }).waitFor({ state: 'hidden' })
  await mother.getByRole('button', { name: 'Delete for everybody' }).click()
  await shoot(mother, 'erase')
  await mother.getByRole('button', { name: 'No, go back' }).click()
  await mother.getByRole('button', { name: /^More: Grandma to Mia/ }).click()
  await mother.getByRole('button', { name: /^Save/ }).click()
  await mother.getByText('Saved', { exact: true }).waitFor()
  await mother.getByRole('link', { name: /^All messages/ }).click()
  await mother.getByRole('tab', { name: 'Mia' }).click()
  await shoot(mother, 'centre')
  await mother
    .getByRole('button', { name: /^More: Papa to Mia, / })
    .first()
    .click()
  await mother.getByRole('button', { name: 'Pass on to…' }).click()
  await mother.getByRole('checkbox', { name: 'Grandma' }).check()
  await shoot(mother, 'pass-on')
  await mother.keyboard.press('Escape')
  await mother
    .getByRole('button', { name: /^More: Papa to Mia, / })
    .first()
    .click()
  await mother.getByRole('button', { name: /^Delete for me/ }).click()
  await mother.getByRole('button', { name: 'Undo' }).waitFor()
  await shoot(mother, 'undo')
  await mother.getByRole('button', { name: 'Undo' }).click()
  await mother.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
  await shoot(mother, 'centre-rtl')
  await addChild(dad, { name: 'Tom', plush: 'bunny' })
  await step(dad)
  await mother.goto(new URL('/', mother.url()).href)
  await mother.getByRole('heading', { name: 'Post for Mia and Tom' }).waitFor()
  await shoot(mother, 'home-two')
  await mother.goto(new URL('/record/sender', mother.url()).href)
  await mother.getByRole('checkbox', { name: 'Mia' }).check()
  await mother.getByRole('checkbox', { name: 'Grandma' }).check()
  await shoot(mother, 'whom')
  await mother.goto(new URL('/record/child', mother.url()).href)
  await mother.getByRole('group', { name: 'Whose voice is it?' }).waitFor()
  await shoot(mother, 'whose')
  await grandma.getByRole('heading', { name: 'Post for Mia and Tom' }).waitFor()
  await grandma.getByText('Papa to Grandma').first().waitFor()
  await shoot(grandma, 'relative')
  await grandma.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
  await shoot(grandma, 'relative-rtl')
}

/** What dad said on a busy evening. */
async function said(client: Client): Promise<void> {
  const others = await members(client)
  const hers = others.find(({ name }) => name === 'Grandma')
  if (!hers) throw new Error('no grandma')
  for (const to of ['child', hers.person, 'child', ['child', hers.person]] as const) {
    await sendVoice(client, { ...newRecording(), to })
  }
  await step(client)
}

if (import.meta.main) await walk(sketchbook())
