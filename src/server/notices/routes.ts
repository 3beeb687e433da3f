import * as api from '../../protocol/api/notices.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { decodeBase64 } from '../platform/base64.ts'
import type { App } from '../platform/http/app.ts'
import { serve } from '../platform/http/serve.ts'
import { createLimiter, type Limit } from '../platform/limiter.ts'
import {
  startMail,
  startPush,
  stateOf,
  stopMail,
  stopMailBy,
  stopPush,
  type NoticeCall,
  type Notices,
} from './notices.ts'

/** Per device: changes of one's mind. */
const CHANGING: Limit = { burst: 30, everyMs: 10_000 }
/** As mailed: 16 bytes in base64url. */
const CODE = /^[\w-]{22}$/

export function serveNotices(app: App, notices: Notices): void {
  const changing = createLimiter(CHANGING, notices.clock)
  serve(app, api.readNotices, (call) => stateOf(notices, callOf(call)))
  serve(app, api.startPush, async (call) => {
    changing.charge(call.signer.id)
    await startPush(notices, callOf(call), call.body)
  })
  serve(app, api.stopPush, (call) => stopPush(notices, callOf(call)))
  serve(app, api.startMail, async (call) => {
    changing.charge(call.signer.id)
    await startMail(notices, callOf(call), call.body.pace)
  })
  serve(app, api.stopMail, (call) => stopMail(notices, callOf(call)))
  serve(app, api.unsubscribe, ({ body }) => stopMailBy(notices, decodeBase64(body.code)))
  serveOneClick(app, notices)
}

/**
 * What mail programs post to (RFC 8058): the code is in the address, the body says nothing new, and
 * there is neither cookie nor origin. A GET of the same address is a screen of the app.
 */
function serveOneClick(app: App, notices: Notices): void {
  app.http.route<{ Params: { code: string } }>({
    method: 'POST',
    url: '/unsubscribe/:code',
    bodyLimit: 4096,
    handler: async ({ params }, reply) => {
      if (!CODE.test(params.code)) throw new PawpostError('code-wrong')
      await stopMailBy(notices, decodeBase64(params.code))
      return reply.code(204).send()
    },
  })
}

type Called = {
  readonly params: { readonly household: NoticeCall['household'] }
  readonly caller: NoticeCall['caller']
  readonly signer: { readonly id: NoticeCall['device'] }
}

function callOf({ params, caller, signer }: Called): NoticeCall {
  return { household: params.household, device: signer.id, caller }
}
