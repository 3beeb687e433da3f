import * as api from '../../protocol/api/households.ts'
import { decodeBase64, encodeBase64 } from '../platform/base64.ts'
import type { App } from '../platform/http/app.ts'
import { serve } from '../platform/http/serve.ts'
import type { Registry } from '../households/households.ts'
import * as joining from './joining.ts'
import type { StoredRequest } from './store.ts'

/** Bytes of JSON around a request and its hello. */
const ASKED_BYTES = Math.ceil(((api.REQUEST_BYTES + api.HELLO_BYTES) * 4) / 3) + 4096

export function serveJoining(app: App, registry: Registry): void {
  serveJoiner(app, registry)
  serveGuardian(app, registry)
}

function serveJoiner(app: App, registry: Registry): void {
  serve(
    app,
    api.askToJoin,
    async ({ params, signer, body }) => {
      const asked = {
        bytes: decodeBase64(body.bytes),
        joinSignature: decodeBase64(body.joinSignature),
        deviceSignature: decodeBase64(body.deviceSignature),
        hello: decodeBase64(body.hello),
      }
      const at = { household: params.household, signer: signer.id }
      return { request: await joining.askToJoin(registry, at, asked) }
    },
    { bodyLimit: ASKED_BYTES },
  )
  serve(app, api.requestState, async ({ params }) => {
    const { state, nonce } = await joining.readState(registry, params)
    return { state, ...(nonce && { nonce: encodeBase64(nonce) }) }
  })
  serve(app, api.revealNonce, ({ params, body }) =>
    joining.revealNonce(registry, params, decodeBase64(body.nonce)),
  )
}

function serveGuardian(app: App, registry: Registry): void {
  serve(app, api.listRequests, async ({ params, signer }) => {
    const call = { household: params.household, signer: signer.id }
    return { requests: (await joining.listRequests(registry, call)).map(written) }
  })
  serve(app, api.publishNonce, ({ params, signer, body }) =>
    joining.publishNonce(registry, { ...params, signer: signer.id }, decodeBase64(body.nonce)),
  )
  serve(app, api.declineRequest, ({ params, signer }) =>
    joining.declineRequest(registry, { ...params, signer: signer.id }),
  )
}

function written({ request, nonce, reveal, ...asked }: StoredRequest) {
  return {
    request,
    bytes: encodeBase64(asked.bytes),
    joinSignature: encodeBase64(asked.joinSignature),
    deviceSignature: encodeBase64(asked.deviceSignature),
    hello: encodeBase64(asked.hello),
    ...(nonce && { nonce: encodeBase64(nonce.bytes), nonceBy: nonce.by }),
    ...(reveal && { reveal: encodeBase64(reveal) }),
  }
}
