import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { freshAddress } from '../../harness/account.ts'
import { watch } from '../page.ts'
import * as people from '../people.ts'

/** A family in browsers: what the stories have in common. */

type Server = Parameters<typeof people.signUp>[1]

/** As {@link watch}; stories have many people, each in a browser, and give each of them time. */
export function follow(page: Page, server: Server): string[] {
  const trouble = watch(page, server.origin)
  page.setDefaultTimeout(45_000)
  return trouble
}

/** A second guardian's role, as the screen of invitations names it. */
export const DECIDES = 'Decide together with you'

/** Signs up and starts Mia's family. */
export async function startHousehold(page: Page, server: Server, me = 'Mama'): Promise<void> {
  await page.goto(server.origin)
  await people.signUp(page, server, freshAddress())
  await people.startFamily(page, { child: 'Mia', me })
}

/** Lets somebody in who asks at this moment: the digits are compared on both screens. */
export async function letIn(guardian: Page, joiner: Page): Promise<void> {
  await openFamily(guardian)
  await guardian.getByRole('link', { name: 'Look' }).click()
  const digits = await people.digitsOn(joiner)
  if ((await people.digitsOn(guardian)) !== digits) throw new Error('the digits differ')
  await guardian.getByRole('button', { name: 'They are the same: let in' }).click()
  await guardian.getByRole('heading', { name: 'Family', level: 1 }).waitFor()
  await joiner.getByRole('heading', { name: 'Nearly there' }).waitFor({ state: 'hidden' })
  await guardian.getByRole('link', { name: 'Messages' }).click()
}

/** Invites somebody who has a browser, and lets them in. */
export async function comeIn(
  guardian: Page,
  joiner: Page,
  { server, name, role }: { server: Server; name: string; role?: string },
): Promise<void> {
  const link = await people.invite(guardian, name, role)
  await people.askToJoin(joiner, server, { link, email: freshAddress(), name })
  await letIn(guardian, joiner)
}

/** By the menu, which may say in the same place that somebody waits. */
export async function openFamily(guardian: Page): Promise<void> {
  await guardian.getByRole('navigation').getByRole('link', { name: 'Family' }).click()
}

/** Opens the page of somebody in the family. */
export async function openPerson(guardian: Page, name: string): Promise<void> {
  await openFamily(guardian)
  await guardian.getByRole('link', { name }).first().click()
  await guardian.getByRole('heading', { name, level: 1 }).waitFor()
}

/** Removes a relative at once. */
export async function removeRelative(guardian: Page, name: string): Promise<void> {
  await openPerson(guardian, name)
  await guardian.getByRole('button', { name: 'Remove', exact: true }).click()
  const dialog = guardian.getByRole('dialog')
  await dialog.getByText('nobody can take it back').waitFor()
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await guardian.getByRole('heading', { name: 'Family', level: 1 }).waitFor()
}

/** Announces that another guardian has to go. */
export async function announceRemoval(guardian: Page, name: string): Promise<void> {
  await openPerson(guardian, name)
  await guardian.getByRole('button', { name: 'Announce it' }).click()
  const dialog = guardian.getByRole('dialog')
  await dialog.getByText('After 72 hours').waitFor()
  await dialog.getByRole('button', { name: 'Announce it' }).click()
  await guardian.getByRole('heading', { name: `You announced that ${name} has to go` }).waitFor()
}

/** Leaves the family at once. */
export async function leave(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/settings/leave`)
  await page.getByRole('button', { name: 'Leave now' }).click()
  await page.getByRole('button', { name: 'Leave the family' }).click()
  await page.getByRole('heading', { name: OUT }).waitFor()
}

/** What a phone says that belongs to its family no longer. */
export const OUT = 'This phone is no longer in the family'

/** Makes the page with everything; gives the file. */
export async function takeEverything(page: Page, origin: string): Promise<Buffer> {
  await page.goto(`${origin}/settings/archive`)
  await page.evaluate(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'))
  const press = page.getByRole('button', { name: 'Make the page' }).click()
  const [download] = await Promise.all([page.waitForEvent('download'), press])
  return readFile(await download.path())
}
