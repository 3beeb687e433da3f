import type { Page } from 'playwright-core'
import { encodeVoice } from '../../src/cli/client/opus.ts'
import type { Client } from '../../src/client/client.ts'
import { join, joining } from '../../src/client/joining.ts'
import { step } from '../../src/client/live.ts'
import { sendVoice } from '../../src/client/voices.ts'
import type { MessageId } from '../../src/protocol/ids.ts'
import { enlist, startClient, type Target } from '../harness/member.ts'
import { tone } from '../harness/approved-clip.ts'
import * as people from './people.ts'

/** The family around the child's screen: a guardian in a browser, relatives without one. */

/** Invites a relative in the guardian's browser and lets them in. */
export async function relative(page: Page, server: Target, name: string): Promise<Client> {
  return comesIn(page, server, { name })
}

/** As {@link relative}, in a role that is named as on the screen; they have no browser themselves. */
export async function comesIn(
  page: Page,
  server: Target,
  { name, role }: { name: string; role?: string },
): Promise<Client> {
  const link = await people.invite(page, name, role)
  const client = startClient(await enlist(server))
  await join(client, { link, name })
  await page.getByRole('link', { name: 'Family' }).click()
  await page.getByRole('link', { name: 'Look' }).click()
  const looking = setInterval(() => void joining(client).catch(() => undefined), 300)
  try {
    await people.digitsOn(page)
    await page.getByRole('button', { name: 'They are the same: let in' }).click()
    await page
      .getByRole('button', { name: 'They are the same: let in' })
      .waitFor({ state: 'hidden' })
  } finally {
    clearInterval(looking)
  }
  while ((await joining(client)) !== undefined) await page.waitForTimeout(200)
  await step(client)
  await page.getByRole('link', { name: 'Messages' }).click()
  return client
}

/** A tone of so many seconds, said to the child; it waits for the guardian then. */
export async function says(client: Client, seconds: number): Promise<MessageId> {
  const sound = encodeVoice(tone(seconds))
  const { message } = await sendVoice(client, { sound, durationMs: seconds * 1000, to: 'child' })
  await step(client)
  return message
}

/** The guardian waits for so many messages, and approves them. */
export async function approveAll(page: Page, count: number): Promise<void> {
  const waiting = page.locator('.waiting .message')
  await waiting.nth(count - 1).waitFor()
  for (let left = count; left > 0; left--) {
    await page.getByRole('button', { name: 'Approve' }).first().click()
    await waiting.nth(left - 1).waitFor({ state: 'detached' })
  }
}

/** The guardian hands the device over. */
export async function handOver(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Hand it to the child' }).click()
  await page.getByRole('button', { name: 'Hand it over' }).click()
  await page.locator('main.child').waitFor()
}

/** What the lock asks for, read off the screen as an adult does. */
export async function digitsInWords(page: Page): Promise<string> {
  const words = 'zero one two three four five six seven eight nine'.split(' ')
  const spelled = await page.locator('.spelled span').allTextContents()
  return spelled.map((word) => words.indexOf(word)).join('')
}

/** The guardian takes the device back. */
export async function takeBack(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'For grown-ups' }).click()
  await page.locator('.spelled').waitFor()
  await page.getByLabel('Four digits').fill(await digitsInWords(page))
  await page.getByRole('button', { name: 'Open' }).click()
  await page.getByRole('heading', { name: /^Post for/ }).waitFor()
}
