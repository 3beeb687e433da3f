import * as api from '../../protocol/api/wrapped-cards.ts'
import { decodeBase64, encodeBase64 } from '../platform/base64.ts'
import type { Clock } from '../platform/clock.ts'
import type { App } from '../platform/http/app.ts'
import { serve } from '../platform/http/serve.ts'
import { createLimiter } from '../platform/limiter.ts'
import type { Database } from '../tables.ts'
import { listWrappedCards, putWrappedCard, removeWrappedCard } from './wrapped-cards.ts'

/** Per account: a card is seldom made. */
const CHANGING = { burst: 20, everyMs: 30_000 }

export function serveWrappedCards(app: App, { db, clock }: { db: Database; clock: Clock }): void {
  const changing = createLimiter(CHANGING, clock)
  serve(app, api.listWrappedCards, async ({ caller }) => ({
    cards: (await listWrappedCards(db, caller.account)).map(({ credential, wrapped }) => ({
      credential: encodeBase64(credential),
      wrapped: encodeBase64(wrapped),
    })),
  }))
  serve(app, api.putWrappedCard, async ({ caller, params, body }) => {
    changing.charge(caller.account)
    const credential = decodeBase64(params.credential)
    await putWrappedCard(db, caller.account, { credential, wrapped: decodeBase64(body.wrapped) })
  })
  serve(app, api.removeWrappedCard, async ({ caller, params }) => {
    changing.charge(caller.account)
    await removeWrappedCard(db, caller.account, decodeBase64(params.credential))
  })
}
