import type { Client } from '../../client/client.ts'
import { approvalFor, markInTheBear } from '../../client/toy.ts'
import type { MessageId } from '../../protocol/ids.ts'
import { approveClip } from '../../toy/approval.ts'
import type { CloudPet } from '../../toy/cloudpets/cloudpets.ts'
import { keepAwake } from '../platform/awake.ts'
import { forToy } from '../sound/decode.ts'

type Options = { readonly onPercent: (percent: number) => void; readonly signal: AbortSignal }

/**
 * Puts an approved message into the toy and tells its sender. The approval is verified anew; the
 * driver takes nothing else. Resolves to whether the heart could be lit.
 */
export function sendToToy(
  client: Client,
  pet: CloudPet,
  message: MessageId,
  { onPercent, signal }: Options,
): Promise<boolean> {
  return keepAwake(async () => {
    const clip = await approveClip(await approvalFor(client, message), forToy)
    const onProgress = (sent: number, total: number): void =>
      onPercent(Math.floor((sent * 100) / total))
    const { lit } = await pet.sendMessage(clip, { onProgress, signal })
    await markInTheBear(client, message)
    return lit
  })
}
