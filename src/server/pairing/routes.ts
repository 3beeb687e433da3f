import * as api from '../../protocol/api/pairing.ts'
import type { DeviceId, HouseholdId, PairingId } from '../../protocol/ids.ts'
import type { Registry } from '../households/households.ts'
import { decodeBase64, encodeBase64 } from '../platform/base64.ts'
import type { App } from '../platform/http/app.ts'
import type { Signer } from '../platform/http/callers.ts'
import { serve } from '../platform/http/serve.ts'
import { createLimiter } from '../platform/limiter.ts'
import * as pairing from './pairing.ts'

/** Per device: more tries than anybody's patience. */
const OPENING = { burst: 20, everyMs: 30_000 }

export function servePairing(app: App, registry: Registry): void {
  serveMember(app, registry)
  serveNewcomer(app, registry)
}

function serveMember(app: App, registry: Registry): void {
  const opening = createLimiter(OPENING, registry.clock)
  serve(app, api.openPairing, async ({ params, signer, body }) => {
    opening.charge(signer.id)
    const call = { pairing: body.pairing, household: params.household, maker: signer.id }
    const offered = { key: decodeBase64(body.key), offer: decodeBase64(body.offer) }
    await pairing.openPairing(registry, call, offered)
    return { pairing: body.pairing }
  })
  serve(app, api.readPairing, async (call) => {
    const answer = await pairing.readAnswer(registry, callOf(call))
    return answer ? { answer: encodeBase64(answer) } : {}
  })
  serve(app, api.revealPairing, (call) =>
    pairing.reveal(registry, callOf(call), decodeBase64(call.body.nonce)),
  )
  serve(app, api.closePairing, (call) => pairing.closePairing(registry, callOf(call)))
}

type Named = {
  readonly params: { readonly household: HouseholdId; readonly pairing: PairingId }
  readonly signer: Signer
}

function callOf({ params, signer }: Named): pairing.Call & { readonly maker: DeviceId } {
  return { ...params, maker: signer.id }
}

function serveNewcomer(app: App, registry: Registry): void {
  serve(app, api.readOffer, async ({ params }) => {
    const { offer, nonce } = await pairing.readOffer(registry, params.pairing)
    return { offer: encodeBase64(offer), ...(nonce && { nonce: encodeBase64(nonce) }) }
  })
  serve(app, api.answerPairing, ({ params, body }) =>
    pairing.answer(registry, params.pairing, decodeBase64(body.answer)),
  )
}
