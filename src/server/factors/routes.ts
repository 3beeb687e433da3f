import * as api from '../../protocol/api/factors.ts'
import { listTrustedDevices, removeTrustedDevice } from '../../protocol/api/second-step.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { App } from '../platform/http/app.ts'
import type { SessionCaller } from '../platform/http/callers.ts'
import { serve } from '../platform/http/serve.ts'
import type { Sessions } from '../sessions/sessions.ts'
import * as changes from './changes.ts'
import { serveCompletion } from './completion-routes.ts'
import { newShortCookie, noShortCookie, readShortCookie, SHORT_COOKIES } from './cookies.ts'
import { listDevices, removeDevice } from './devices.ts'
import type { Factors } from './factors.ts'
import { CEREMONY_MS } from './parts.ts'
import { type Ceremony, checkPasskey, requestOptions } from './passkeys.ts'
import { requireNoSecond } from './pending.ts'
import { checkPassword } from './proofs.ts'
import { forgiveTotp } from './totp-store.ts'

export function serveFactors(app: App, factors: Factors, sessions: Sessions): void {
  servePasskeySignIn(app, factors, sessions)
  serveCompletion(app, factors, sessions)
  serveProofs(app, factors, sessions)
  serveChanges(app, factors)
  serveDevices(app, factors)
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
    await sessions.start(account, call, { inFull: true })
    setHeader('set-cookie', noShortCookie(SHORT_COOKIES.ceremony))
    return { account }
  })
}

/**
 * Proving within a session that it is still the same person: a new session begins. Where there is a
 * second factor, the password begins a sign-in that waits, and completing that is the proof.
 */
function serveProofs(app: App, factors: Factors, sessions: Sessions): void {
  const proofBy = ({ session }: SessionCaller): Ceremony => ({
    purpose: 'prove',
    holder: Buffer.from(session),
  })
  const { proofByAccount } = factors.limiters
  serve(app, api.proveByPassword, async (call) => {
    const { account } = call.caller
    proofByAccount.charge(account)
    const passwordSetAt = await checkPassword(factors, call.caller, call.body.password)
    await requireNoSecond(factors, account, call)
    await sessions.start(account, call, { passwordSetAt })
  })
  serve(app, api.beginPasskeyProof, ({ caller }) =>
    requestOptions(factors, proofBy(caller), caller.account),
  )
  serve(app, api.proveByPasskey, async (call) => {
    const { account } = call.caller
    proofByAccount.charge(account)
    await checkPasskey(factors, call.body, proofBy(call.caller), account)
    await sessions.start(account, call, { inFull: true })
  })
}

function serveChanges(app: App, factors: Factors): void {
  serve(app, api.listFactors, ({ caller }) => changes.listOf(factors, caller.account))
  serve(app, api.beginTotp, ({ caller }) => changes.beginTotp(factors, caller))
  serve(app, api.addTotp, (call) => changes.addTotp(factors, call, call.body.code))
  serve(app, api.removeTotp, (call) => changes.removeTotp(factors, call))
  serve(app, api.beginPasskey, ({ caller }) => changes.beginPasskey(factors, caller))
  serve(app, api.addPasskey, (call) => changes.addPasskey(factors, call, call.body))
  serve(app, api.removePasskey, (call) => changes.removePasskey(factors, call, call.params.passkey))
  serve(app, api.renewRecoveryCodes, async (call) => ({
    codes: await changes.renewRecoveryCodes(factors, call),
  }))
}

function serveDevices(app: App, factors: Factors): void {
  serve(app, listTrustedDevices, async ({ caller }) => ({
    devices: await listDevices(factors, caller.account),
  }))
  // No proof is asked for: it only makes signing in harder, and whoever fears a thief shall be quick.
  serve(app, removeTrustedDevice, ({ caller, params }) =>
    removeDevice(factors, caller.account, params.device),
  )
}
