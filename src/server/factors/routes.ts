import * as api from '../../protocol/api/factors.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import type { App } from '../platform/http/app.ts'
import type { SessionCaller } from '../platform/http/callers.ts'
import { serve } from '../platform/http/serve.ts'
import type { Entering, Sessions } from '../sessions/sessions.ts'
import * as changes from './changes.ts'
import { newShortCookie, noShortCookie, readShortCookie, SHORT_COOKIES } from './cookies.ts'
import type { Factors } from './factors.ts'
import { CEREMONY_MS } from './parts.ts'
import { type Ceremony, checkPasskey, requestOptions } from './passkeys.ts'
import { complete, waitingFor } from './pending.ts'
import { checkPassword } from './proofs.ts'
import { checkTotp } from './totp.ts'
import { forgiveTotp } from './totp-store.ts'

export function serveFactors(app: App, factors: Factors, sessions: Sessions): void {
  servePasskeySignIn(app, factors, sessions)
  serveCompletion(app, factors, sessions)
  serveProofs(app, factors, sessions)
  serveChanges(app, factors)
}

/** Signing in with a passkey alone. */
function servePasskeySignIn(app: App, factors: Factors, sessions: Sessions): void {
  const { passkeyBySource } = factors.limiters
  serve(app, api.beginPasskeySignIn, async ({ source, setHeader }) => {
    if (source !== undefined) passkeyBySource.charge(source)
    const { cookie, hash } = newShortCookie(SHORT_COOKIES.ceremony, CEREMONY_MS)
    setHeader('set-cookie', cookie)
    return requestOptions(factors, { purpose: 'sign-in', holder: hash })
  })
  serve(app, api.signInByPasskey, async (call) => {
    const { body, source, headers, setHeader } = call
    if (source !== undefined) passkeyBySource.charge(source)
    const holder = readShortCookie(SHORT_COOKIES.ceremony, headers.cookie)
    if (!holder) throw new PawpostError('factor-refused')
    const account = await checkPasskey(factors, body, { purpose: 'sign-in', holder })
    await forgiveTotp(factors.db, account)
    await sessions.start(account, call)
    setHeader('set-cookie', noShortCookie(SHORT_COOKIES.ceremony))
    return { account }
  })
}

/** Completing a sign-in whose password was right. */
function serveCompletion(app: App, factors: Factors, sessions: Sessions): void {
  const start = async (account: AccountId, call: Entering): Promise<void> => {
    await sessions.start(account, call)
    call.setHeader('set-cookie', noShortCookie(SHORT_COOKIES.pending))
  }
  serve(app, api.completeByTotp, async (call) => {
    const { account } = await complete(factors, call.headers, (whose) =>
      checkTotp(factors, whose, call.body.code),
    )
    await start(account, call)
    return { account }
  })
  serve(app, api.completeByRecoveryCode, async (call) => {
    const { account, checked } = await complete(factors, call.headers, (whose) =>
      changes.useRecoveryCode(factors, whose, call.body.code),
    )
    await forgiveTotp(factors.db, account)
    await start(account, call)
    await factors.notify(account, 'recovery-code-used')
    return { account, left: checked }
  })
  serve(app, api.beginPasskeyCompletion, async ({ headers }) => {
    const { account, token } = await waitingFor(factors, headers)
    return requestOptions(factors, { purpose: 'complete', holder: token }, account)
  })
  serve(app, api.completeByPasskey, async (call) => {
    const { account } = await complete(factors, call.headers, (whose, holder) =>
      checkPasskey(factors, call.body, { purpose: 'complete', holder }, whose),
    )
    await forgiveTotp(factors.db, account)
    await start(account, call)
    return { account }
  })
}

/** Proving within a session that it is still the same person: a new session begins. */
function serveProofs(app: App, factors: Factors, sessions: Sessions): void {
  const proofBy = ({ session }: SessionCaller): Ceremony => ({
    purpose: 'prove',
    holder: Buffer.from(session),
  })
  type Proving = Entering & { readonly caller: SessionCaller }
  const prove = async (call: Proving, check: () => Promise<unknown>): Promise<void> => {
    factors.limiters.proofByAccount.charge(call.caller.account)
    await check()
    await sessions.start(call.caller.account, call)
  }
  serve(app, api.proveByPassword, (call) =>
    prove(call, () => checkPassword(factors, call.caller, call.body.password)),
  )
  serve(app, api.proveByTotp, (call) =>
    prove(call, () => checkTotp(factors, call.caller.account, call.body.code)),
  )
  serve(app, api.beginPasskeyProof, ({ caller }) =>
    requestOptions(factors, proofBy(caller), caller.account),
  )
  serve(app, api.proveByPasskey, (call) =>
    prove(call, () => checkPasskey(factors, call.body, proofBy(call.caller), call.caller.account)),
  )
}

function serveChanges(app: App, factors: Factors): void {
  serve(app, api.listFactors, ({ caller }) => changes.listOf(factors, caller.account))
  serve(app, api.beginTotp, ({ caller }) => changes.beginTotp(factors, caller))
  serve(app, api.addTotp, ({ caller, body }) => changes.addTotp(factors, caller, body.code))
  serve(app, api.removeTotp, ({ caller }) => changes.removeTotp(factors, caller))
  serve(app, api.beginPasskey, ({ caller }) => changes.beginPasskey(factors, caller))
  serve(app, api.addPasskey, ({ caller, body }) => changes.addPasskey(factors, caller, body))
  serve(app, api.removePasskey, ({ caller, params }) =>
    changes.removePasskey(factors, caller, params.passkey),
  )
  serve(app, api.renewRecoveryCodes, async ({ caller }) => ({
    codes: await changes.renewRecoveryCodes(factors, caller),
  }))
}
