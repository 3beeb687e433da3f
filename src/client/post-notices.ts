import { z } from 'zod'
import * as routes from '../protocol/api/notices.ts'
import { fromBase64url } from '../protocol/bytes.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { Client } from './client.ts'
import { readFamily, type Family } from './family.ts'

/** How this person is told that post came: by a push to this device, and by mail. */

export type MailPace = routes.MailPace
export type Browser = routes.PushSubscriptionGiven

export type PostNotices = {
  /** What this browser subscribes with; absent where nobody is pushed to. */
  readonly key?: Uint8Array<ArrayBuffer>
  /** Whether the server pushes to this device. */
  readonly push: boolean
  readonly mail?: MailPace
}

const time = z.string().regex(/^\d\d:\d\d$/)
const quietHours = z.strictObject({ from: time, to: time })
/** From when to when a notice makes no sound, by the clock of this device, such as 21:00 to 07:00. */
export type QuietHours = z.output<typeof quietHours>

const KEY = 'post-notices'
const wishes = z.strictObject({
  /** Whether this device is to be pushed to; it stays when one signs out and in again. */
  push: z.boolean(),
  quiet: quietHours.exactOptional(),
  /** Whether the person was told that there is such a thing. */
  suggested: z.boolean(),
})
/** What the person of this device wants, as only this device knows it. */
export type Wishes = z.output<typeof wishes>

const NONE: Wishes = { push: false, suggested: false }

export async function readWishes(client: Client): Promise<Wishes> {
  return (await client.store.get(KEY, wishes)) ?? NONE
}

export async function noteWishes(client: Client, some: Partial<Wishes>): Promise<Wishes> {
  return client.exclusively(async () => {
    const value = { ...(await readWishes(client)), ...some }
    await client.store.write([{ key: KEY, value }])
    return value
  })
}

/** From now on without quiet hours. */
export async function forgetQuiet(client: Client): Promise<Wishes> {
  return client.exclusively(async () => {
    const { quiet: _quiet, ...value } = await readWishes(client)
    await client.store.write([{ key: KEY, value }])
    return value
  })
}

/** What the server does at this moment. */
export async function postNotices(client: Client): Promise<PostNotices> {
  const { input, device } = called(await readFamily(client))
  const { key, push, mail } = await client.api.call(routes.readNotices, input, device)
  return { push, ...(mail && { mail }), ...(key !== undefined && { key: fromBase64url(key) }) }
}

/** Has this device pushed to, at a browser's address. Throws `push-unknown`. */
export async function startPush(client: Client, browser: Browser): Promise<void> {
  const { input, device } = called(await readFamily(client))
  await client.api.call(routes.startPush, { ...input, body: browser }, device)
}

export async function stopPush(client: Client): Promise<void> {
  const { input, device } = called(await readFamily(client))
  await client.api.call(routes.stopPush, input, device)
}

/** Has this person mailed, at the address of the account that is signed in; or not any more. */
export async function setMail(client: Client, pace: MailPace | undefined): Promise<void> {
  const { input, device } = called(await readFamily(client))
  if (pace === undefined) await client.api.call(routes.stopMail, input, device)
  else await client.api.call(routes.startMail, { ...input, body: { pace } }, device)
}

function called({ household, device }: Family): {
  input: { params: { household: Family['household']['id'] } }
  device: Family['device']
} {
  return { input: { params: { household: household.id } }, device }
}

/** A code as it is mailed: 16 bytes in base64url. */
const MAILED_CODE = /^[\w-]{22}$/

/** Ends mails by the code of one of them; nobody has to be signed in. Throws `code-wrong`. */
export async function unsubscribe(client: Client, typed: string): Promise<void> {
  const code = typed.trim()
  if (!MAILED_CODE.test(code)) throw new PawpostError('code-wrong')
  await client.api.call(routes.unsubscribe, { body: { code } })
}
