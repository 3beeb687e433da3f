import * as api from '../../protocol/api/second-step.ts'
import type { AccountId } from '../../protocol/ids.ts'
import type { App } from '../platform/http/app.ts'
import type { IncomingRequest } from '../platform/http/callers.ts'
import { serve } from '../platform/http/serve.ts'
import type { Beginning, Entering, Sessions } from '../sessions/sessions.ts'
import { useRecoveryCode } from './changes.ts'
import { noShortCookie, SHORT_COOKIES } from './cookies.ts'
import { challengeFor, checkDevice, rememberDevice, requireSignature } from './devices.ts'
import type { Factors } from './factors.ts'
import { checkPasskey, requestOptions } from './passkeys.ts'
import { complete, waitingFor } from './pending.ts'
import { checkTotp } from './totp.ts'
import { forgiveTotp } from './totp-store.ts'

/** A request that completes a sign-in, and may ask for its device to be remembered. */
type Completing = Entering & {
  readonly incoming: IncomingRequest
  readonly body: { readonly remember?: string | undefined }
}
type Check<T> = (account: AccountId, token: Buffer) => Promise<T>
type Completed<T> = {
  readonly account: AccountId
  readonly device: { readonly device?: string }
  readonly checked: T
}

/** Completing a sign-in whose password was right. */
export function serveCompletion(app: App, factors: Factors, sessions: Sessions): void {
  const finish = completion(factors, sessions, { inFull: true })
  serve(app, api.completeByTotp, async (call) => {
    const { code } = call.body
    const { account, device } = await finish(call, (whose) => checkTotp(factors, whose, code))
    return { account, ...device }
  })
  serve(app, api.completeByRecoveryCode, async (call) => {
    const { code } = call.body
    const done = await finish(call, async (whose) => {
      const left = await useRecoveryCode(factors, whose, code)
      await forgiveTotp(factors.db, whose)
      return left
    })
    await factors.notify(done.account, 'recovery-code-used')
    return { account: done.account, ...done.device, left: done.checked }
  })
  serve(app, api.beginPasskeyCompletion, async ({ headers }) => {
    const { account, token } = await waitingFor(factors, headers)
    return requestOptions(factors, { purpose: 'complete', holder: token }, account)
  })
  serve(app, api.completeByPasskey, async (call) => {
    const { remember: _key, ...answer } = call.body
    const { account, device } = await finish(call, async (whose, holder) => {
      await checkPasskey(factors, answer, { purpose: 'complete', holder }, whose)
      await forgiveTotp(factors.db, whose)
    })
    return { account, ...device }
  })
  serveDeviceCompletion(app, factors, sessions)
}

/** A device that was remembered stands for the second factor, but proves nothing anew. */
function serveDeviceCompletion(app: App, factors: Factors, sessions: Sessions): void {
  const finish = completion(factors, sessions, { inFull: false })
  serve(app, api.beginDeviceCompletion, async ({ headers }) => {
    const { account, token } = await waitingFor(factors, headers)
    return { account, challenge: challengeFor(token) }
  })
  serve(app, api.completeByDevice, async ({ body: claim, ...call }) => {
    const { account } = await finish({ ...call, body: {} }, (whose, token) =>
      checkDevice(factors, { account: whose, token }, claim, call.incoming),
    )
    return { account }
  })
}

/**
 * Completes a sign-in and starts the session. A device that shall be remembered has signed the
 * request: that is looked at first, so that a phone whose clock is wrong uses up no code.
 */
function completion(factors: Factors, sessions: Sessions, beginning: Beginning) {
  return async <T>(call: Completing, check: Check<T>): Promise<Completed<T>> => {
    const { body, headers, incoming, setHeader } = call
    const key = body.remember === undefined ? undefined : Buffer.from(body.remember, 'base64url')
    if (key) requireSignature(factors, incoming, key)
    const { account, checked } = await complete(factors, headers, check)
    await sessions.start(account, call, beginning)
    setHeader('set-cookie', noShortCookie(SHORT_COOKIES.pending))
    const device = key ? { device: await rememberDevice(factors, account, key) } : {}
    return { account, device, checked }
  }
}
