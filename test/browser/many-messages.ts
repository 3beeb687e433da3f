import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { childrenOf } from '../../src/protocol/log/household.ts'
import type { Client } from '../../src/client/client.ts'
import { readFamily } from '../../src/client/family.ts'
import { randomBytes } from '../../src/keys/device.ts'
import { seal } from '../../src/keys/message.ts'
import { toBase64url } from '../../src/protocol/bytes.ts'
import { messageId, type MessageId } from '../../src/protocol/ids.ts'
import type { Content } from '../../src/protocol/message/kinds.ts'
import { bundle } from '../harness/page.ts'
import type { Carried, Filling } from './many-messages-page.ts'

/** One voice a day: two thousand are more than five years. */
const DAY = 24 * 60 * 60 * 1000
const BATCH = 250

/**
 * Fills the phone that a page belongs to with voices and what was told of them, each sealed by
 * `speaker` as ever and kept as what was received is kept. The page is at `origin`; no other has the
 * app open.
 */
export async function fillPhone(
  page: Page,
  origin: string,
  speaker: Client,
  voices: number,
): Promise<void> {
  const carried = await sealed(speaker, voices)
  await page.goto(`${origin}/robots.txt`)
  const script = await bundle(join(import.meta.dirname, 'many-messages-page.ts'), 'iife')
  const session = await page.context().newCDPSession(page)
  // As the app's own scripts run: what asks whether it may evaluate strings is told that it may not.
  const strict = { allowUnsafeEvalBlockedByCSP: false }
  const { exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: script,
    ...strict,
  })
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'not evaluated')
  for (let from = 0; from < carried.length; from += BATCH) {
    await page.evaluate(
      (some) => (globalThis as Filling).fill?.(some),
      carried.slice(from, from + BATCH),
    )
  }
}

/** Milliseconds for reading the list on a phone that was filled: the first time, and then again. */
export async function readingTimes(page: Page): Promise<readonly number[]> {
  return page.evaluate(async () => (await (globalThis as Filling).read?.()) ?? [])
}

async function sealed(speaker: Client, voices: number): Promise<readonly Carried[]> {
  const { household, device } = await readFamily(speaker)
  const [child] = childrenOf(household)
  if (!child) throw new Error('no child')
  const to = [household.principal]
  let prev: Uint8Array = new Uint8Array(32)
  const all: Carried[] = []
  const say = async (content: Content, at: number): Promise<MessageId> => {
    const mid = messageId.from(randomBytes(16))
    const message = { mid, to, content, at, n: all.length + 1, prev }
    const { hash, original } = await seal(household, device, message)
    prev = hash
    all.push({ i: toBase64url(original.i), s: toBase64url(original.s) })
    return mid
  }
  const first = Date.now() - voices * DAY
  for (let count = 0; count < voices; count += 1) {
    const at = first + count * DAY
    const meant = count % 3 === 0 ? household.principal : child.id
    const sound = randomBytes(300)
    const durationMs = 1000 + count
    const said = { author: 'sender', codec: 'opus/ogg', durationMs, sound } as const
    const of = await say({ kind: 'voice', body: { ...said, for: [meant] } }, at)
    if (count % 2 === 0) await say({ kind: 'receipt', body: { of, event: 'played' } }, at + 1)
  }
  return all
}
