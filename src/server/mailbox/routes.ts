import * as api from '../../protocol/api/messages.ts'
import type { DeviceId, HouseholdId } from '../../protocol/ids.ts'
import { FRAME_BYTES } from '../../protocol/message/outer.ts'
import type { Registry } from '../households/households.ts'
import { encodeBase64 } from '../platform/base64.ts'
import type { App } from '../platform/http/app.ts'
import { serve } from '../platform/http/serve.ts'
import { missingMessages } from './missing.ts'
import { readMailbox, readMessage, sendMessage } from './mailbox.ts'

/** Hears of a device that looked into a mailbox. */
export type OnVisit = (visit: { household: HouseholdId; device: DeviceId }) => void

export function serveMailbox(app: App, registry: Registry, onVisit: OnVisit): void {
  serve(
    app,
    api.sendMessage,
    async ({ params, signer, body }) => {
      await sendMessage(registry, { ...params, signer: signer.id }, body)
      return { message: params.message }
    },
    { bodyLimit: FRAME_BYTES },
  )
  serve(app, api.missingMessages, async ({ params, signer, body }) => {
    const call = { ...params, signer: signer.id }
    return { missing: await missingMessages(registry, call, body.messages) }
  })
  serve(app, api.readMailbox, async ({ params, query, signer }) => {
    const call = { ...params, signer: signer.id }
    const { entries, latest } = await readMailbox(registry, call, query.after)
    onVisit({ household: params.household, device: signer.id })
    return {
      entries: entries.map(({ seq, envelope }) => ({ seq, outer: encodeBase64(envelope) })),
      latest,
    }
  })
  serve(app, api.readMessage, ({ params, signer }) =>
    readMessage(registry, { ...params, signer: signer.id }),
  )
}
