import type { Page } from 'playwright-core'
import { children, editChild } from '../../../src/client/children.ts'
import { step } from '../../../src/client/live.ts'
import { announceRemoval } from '../../../src/client/notices.ts'
import { members } from '../../../src/client/people.ts'
import { changeRules } from '../../../src/client/rules.ts'
import { chooseDevice } from '../../harness/chromium.ts'
import { startVirtualToy } from '../../harness/virtual-toy.ts'
import { gather } from '../gathering.ts'
import * as people from '../people.ts'
import { type Camera, listen, sketchbook } from '../picture.ts'

/** Pictures of the family's screens: `node test/browser/pictures/family.ts` after `vite build`. */
export async function walk(camera: Camera): Promise<void> {
  await using stack = new AsyncDisposableStack()
  const { dbusAddress = '' } = stack.use(await startVirtualToy({ dbus: true }))
  const { mother, grandma, dad } = await gather(stack, { dbusAddress })
  listen(mother, 'mother')
  listen(grandma, 'grandma')
  const shoot = async (page: Page, name: string): Promise<void> =>
    camera.picture(page, `family-${name}`)
  const at = async (path: string, heading: string): Promise<void> => {
    await mother.goto(new URL(path, mother.url()).href)
    await mother.getByRole('heading', { name: heading, level: 1 }).waitFor()
  }

  await at('/family/child/new', 'Before you add a child')
  await shoot(mother, 'consent')
  await mother.getByLabel('I am allowed to decide this for the child').check()
  await mother.getByRole('button', { name: 'I agree' }).click()
  await mother.getByLabel('The child’s name or nickname').fill('Tom')
  await mother.getByRole('radio', { name: 'Bunny' }).check()
  await mother.getByLabel('What is the toy called?').fill('Hops')
  await mother.getByLabel('Day').selectOption('3')
  await mother.getByLabel('Month').selectOption('7')
  const buffer = await sunnyFace(mother)
  await mother
    .locator('input[type=file]')
    .setInputFiles({ name: 'tom.png', mimeType: 'image/png', buffer })
  await mother.locator('.picture-row img').waitFor()
  await shoot(mother, 'child-new')
  await mother.getByRole('button', { name: 'Add the child' }).click()
  await mother.getByRole('heading', { name: 'Tom', level: 1 }).waitFor()
  await mother.getByRole('checkbox', { name: 'On school nights' }).check()
  await mother.getByRole('checkbox', { name: 'At the weekend' }).check()
  await shoot(mother, 'child')
  await mother.getByRole('button', { name: 'End this' }).click()
  await shoot(mother, 'child-end')
  await mother.keyboard.press('Escape')
  await mother.getByRole('button', { name: 'Save' }).click()
  await mother.getByRole('link', { name: /^Grandma/ }).click()
  await mother.getByLabel('What are they to the child?').selectOption('grandmother')
  await mother.getByRole('checkbox', { name: 'Tom' }).uncheck()
  await mother.getByLabel('Their messages need no approval').check()
  await shoot(mother, 'person')
  await mother.getByRole('button', { name: 'Save' }).click()
  await mother.getByText('You asked them to agree:').waitFor()
  await at('/family/invite', 'Invite somebody')
  await mother.getByRole('checkbox', { name: 'Tom' }).waitFor()
  await shoot(mother, 'invite')
  await at('/family/rules', 'Rules')
  await shoot(mother, 'rules')
  await step(dad)
  const [mia] = await children(dad)
  if (!mia) throw new Error('no child')
  const all = { from: 0, to: 23 * 60 + 59 }
  await editChild(dad, { ...mia, quiet: { zone: 'UTC', school: all, free: all, volume: 20 } })
  await changeRules(dad, { approval: false, retention: 90 })
  const mum = (await members(dad)).find(({ name }) => name === 'Mama')
  if (!mum) throw new Error('no mother')
  await announceRemoval(dad, mum.person)
  await step(dad)
  await at('/', 'Post for Mia and Tom')
  await mother.getByText('Papa announced that you have to go').waitFor()
  await mother.getByText('Messages are kept for 90 days.').waitFor()
  await shoot(mother, 'asked-home')
  await at('/family', 'Family')
  await mother.getByText('Messages are kept for 90 days.').waitFor()
  await shoot(mother, 'all')
  await mother.getByRole('link', { name: /^Papa/ }).click()
  await mother.getByRole('button', { name: 'Announce it' }).waitFor()
  await shoot(mother, 'guardian')
  await mother.getByRole('button', { name: 'Announce it' }).click()
  await mother.getByRole('dialog').getByRole('button', { name: 'Announce it' }).click()
  await mother.getByText('You announced that Papa has to go').waitFor()
  await mother.getByRole('link', { name: /^Grandma/ }).click()
  await mother.getByRole('button', { name: 'Let them take a break' }).click()
  await grandma.getByText('Your family takes a little break').waitFor()
  await shoot(grandma, 'paused')
  await grandma.goto(new URL('/settings/me', grandma.url()).href)
  await grandma.getByRole('heading', { name: 'About me' }).waitFor()
  await shoot(grandma, 'about-me')
  await at('/', 'Post for Mia and Tom')
  await mother.getByRole('link', { name: /^To Mia/ }).click()
  await people.recordByTaps(mother, 900)
  await people.send(mother)
  await mother.getByRole('link', { name: 'Toy', exact: true }).click()
  await chooseDevice(mother, 'CloudPets')
  await mother.getByRole('button', { name: 'Connect the toy' }).click()
  await mother.getByText('Mia sleeps until').waitFor()
  await shoot(mother, 'asleep')
  await mother.getByRole('button', { name: 'Send it now anyway' }).click()
  await shoot(mother, 'asleep-sure')
  await mother.keyboard.press('Escape')
  await at('/family', 'Family')
  await mother.getByText('takes a break').waitFor()
  await mother.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
  await shoot(mother, 'family-rtl')
  await mother.getByRole('link', { name: /^Mia/ }).click()
  await mother.getByText('Right now').waitFor()
  await shoot(mother, 'child-rtl')
}

/** A sunny face, drawn: the picture that a mother would choose. */
async function sunnyFace(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 })
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    const disc = (color: string, [x, y, r]: [number, number, number]): void => {
      pen.fillStyle = color
      pen.beginPath()
      pen.arc(x, y, r, 0, 7)
      pen.fill()
    }
    pen.fillStyle = '#9fd0e6'
    pen.fillRect(0, 0, 640, 480)
    disc('#7a4a2a', [320, 220, 170])
    disc('#f2c9a5', [320, 260, 150])
    disc('#3b2a22', [265, 245, 16])
    disc('#3b2a22', [375, 245, 16])
    disc('#c8503c', [320, 330, 34])
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer())]
  })
  return Buffer.from(bytes)
}

if (import.meta.main) await walk(sketchbook())
