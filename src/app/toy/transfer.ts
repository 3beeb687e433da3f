import type { Client } from '../../client/client.ts'
import type { Message } from '../../client/messages.ts'
import { approvalFor, markInTheBear } from '../../client/toy.ts'
import { approveClip } from '../../toy/approval.ts'
import type { CloudPet } from '../../toy/cloudpets/cloudpets.ts'
import type { UploadIndex } from '../../toy/cloudpets/commands.ts'
import { keepAwake } from '../platform/awake.ts'
import { forToy } from '../sound/decode.ts'
import { noteLying, PAW_PLACE, type Place } from './places.ts'

type Options = {
  readonly onPercent: (percent: number) => void
  readonly signal: AbortSignal
  /** Where it goes; the paw's own place without it, and the heart tells of it. */
  readonly place?: Place
  /** The heart stays dark. */
  readonly quietly?: boolean
}

/**
 * Puts an approved message into the toy and tells its sender. The approval is verified anew; the
 * driver takes nothing else. Resolves to whether the heart could be lit.
 */
export function sendToToy(
  client: Client,
  pet: CloudPet,
  { message, state }: Pick<Message, 'message' | 'state'>,
  { onPercent, signal, place = PAW_PLACE, quietly = false }: Options,
): Promise<boolean> {
  return keepAwake(async () => {
    const clip = await approveClip(await approvalFor(client, message), forToy)
    const onProgress = (sent: number, total: number): void =>
      onPercent(Math.floor((sent * 100) / total))
    const options = { onProgress, signal }
    let lit = false
    if (place === PAW_PLACE && !quietly) ({ lit } = await pet.sendMessage(clip, options))
    else await pet.upload(clip, INDEX[place], options)
    await noteLying(client, pet, place, message)
    if (state === 'approved') await markInTheBear(client, message)
    return lit
  })
}

/** A place is filled through the number before its own. */
const INDEX = { 2: 1, 3: 2, 4: 3, 5: 4 } as const satisfies Record<Place, UploadIndex>
