import { type VerifiedApproval, verifyApproval } from '../../src/keys/approval.ts'
import { type Device, generateSeeds, loadDevice } from '../../src/keys/device.ts'
import { proposeGenesis } from '../../src/keys/links.ts'
import { seal } from '../../src/keys/message.ts'
import { messageId } from '../../src/protocol/ids.ts'
import type { Household } from '../../src/protocol/log/household.ts'
import { verifyLog } from '../../src/protocol/log/verify.ts'
import type { Body } from '../../src/protocol/message/kinds.ts'
import { type ApprovedClip, approveClip } from '../../src/toy/approval.ts'
import { childOf } from './letters.ts'

/** A clip for the toy: a tone of `seconds` that a guardian of a real household has approved. */
export async function approvedTone(seconds: number): Promise<ApprovedClip> {
  return approveClip(await someApproval(), () => tone(seconds))
}

/** A wandering tone, 16 kHz: no two stretches of it are alike. */
export function tone(seconds: number): Int16Array {
  const samples = new Int16Array(Math.round(seconds * 16_000))
  return samples.map((_, index) => 9000 * Math.sin(index / 7 + Math.sin(index / 900) * 20))
}

/** What a guardian said for the child, verified in a household made for the purpose. */
export async function someApproval(): Promise<VerifiedApproval> {
  const device = await loadDevice(generateSeeds())
  const card = await loadDevice(generateSeeds())
  const { link } = await proposeGenesis(device, card, Date.now())
  const household = verifyLog([link])
  return verifyApproval(household, await speak(household, device))
}

async function speak(household: Household, device: Device) {
  const sound = Uint8Array.of(1)
  const body = {
    author: 'sender',
    for: [childOf(household)],
    codec: 'opus/ogg',
    durationMs: 1,
    sound,
  } satisfies Body<'voice'>
  const { original } = await seal(household, device, {
    mid: messageId.from(crypto.getRandomValues(new Uint8Array(16))),
    to: [household.principal],
    content: { kind: 'voice', body },
    at: Date.now(),
    n: 1,
    prev: new Uint8Array(32),
  })
  return original
}
