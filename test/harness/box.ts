import { randomBytes as noise } from 'node:crypto'
import { boxKeys, proposeBox } from '../../src/keys/enrolling.ts'
import { randomBytes, type Device } from '../../src/keys/device.ts'
import { proposeRemove } from '../../src/keys/links.ts'
import { seal, type Sealed } from '../../src/keys/message.ts'
import { newPrincipalId } from '../../src/keys/principal.ts'
import type { MessageId, PrincipalId } from '../../src/protocol/ids.ts'
import type { Content } from '../../src/protocol/message/kinds.ts'
import { append, counted, NOW, standing, type Family, type Party } from './family.ts'
import { newMessageId } from './letters.ts'

/** A drop-box of a family: its principal, and the key that its link derives. */
export type Box = Party & { readonly secret: Uint8Array; readonly expires: number }

/** Opens a drop-box in the log; the server is not told. */
export async function openBox(family: Family, by: Device, expires: number): Promise<Box> {
  const secret = randomBytes(16)
  const [device, person] = [await boxKeys(secret), newPrincipalId()]
  append(family, await proposeBox(standing(family, by), device, { id: person, expires }))
  return { device, person, secret, expires }
}

/** Ends a drop-box in the log; the server is not told. */
export async function closeBox(family: Family, by: Device, box: Box): Promise<void> {
  const last = new Map([[box.device.id, counted(1)]])
  append(family, await proposeRemove(standing(family, by), box.person, last))
}

type Said = {
  readonly to?: readonly PrincipalId[]
  readonly content?: Content
  readonly n?: number
}

/** What a drop-box says, to the household and for its only child unless something else is wanted. */
export async function sealFromBox(
  { household }: Family,
  { device }: Box,
  { to = [household.principal], content = voiceFor(household), n = 1 }: Said = {},
): Promise<Sealed & { readonly mid: MessageId }> {
  const mid = newMessageId()
  const prev = new Uint8Array(32)
  return { ...(await seal(household, device, { mid, to, content, at: NOW, n, prev })), mid }
}

/** A short recording for all the children of a household. */
export function voiceFor({ children }: Family['household'], bytes = 500): Content {
  const body = {
    author: 'sender',
    for: [...children.keys()],
    codec: 'opus/ogg',
    durationMs: 900,
    sound: Uint8Array.from(noise(bytes)),
  } as const
  return { kind: 'voice', body: { ...body, for: [...body.for] } }
}
