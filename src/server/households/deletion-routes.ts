import { deletionKey, endHousehold as route } from '../../protocol/api/deletions.ts'
import { fromBase64url } from '../../protocol/bytes.ts'
import { encodeBase64 } from '../platform/base64.ts'
import type { App } from '../platform/http/app.ts'
import type { SessionCaller } from '../platform/http/callers.ts'
import { serve } from '../platform/http/serve.ts'
import type { Log } from '../platform/log.ts'
import type { SigningVault } from '../vault/vault.ts'
import { endHousehold } from './deleting.ts'
import type { Registry } from './households.ts'

type Parts = {
  readonly signing: SigningVault
  readonly origin: () => string
  readonly log: Log
  /** Throws `proof-needed` unless the person of a session proved lately who they are. */
  readonly requireProof: (caller: SessionCaller) => Promise<void>
}

export function serveDeletions(app: App, registry: Registry, parts: Parts): void {
  serve(app, route, async ({ params, signer, caller, body }) => {
    await parts.requireProof(caller)
    const head = fromBase64url(body.head)
    return endHousehold(
      { ...registry, ...parts },
      { household: params.household, signer: signer.id, head },
    )
  })
  serve(app, deletionKey, async () => ({
    key: encodeBase64(await parts.signing.signingKey('deletion')),
  }))
}
