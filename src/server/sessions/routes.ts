import { currentSession, signOut } from '../../protocol/api/accounts.ts'
import { endOtherSessions, endSession, listSessions } from '../../protocol/api/sessions.ts'
import type { App } from '../platform/http/app.ts'
import type { SessionCaller } from '../platform/http/callers.ts'
import { serve } from '../platform/http/serve.ts'
import { nameOf, type Sessions } from './sessions.ts'

/** Throws `proof-needed` unless the person of a session proved lately who they are. */
type RequireProof = (caller: SessionCaller) => Promise<void>

export function serveSessions(app: App, sessions: Sessions, requireProof: RequireProof): void {
  serve(app, currentSession, async ({ caller }) => ({ account: caller.account }))
  serve(app, signOut, async ({ caller, setHeader }) => {
    setHeader('set-cookie', await sessions.end(caller))
    // Not "storage": the device keeps its keys. Not "cookies": the browser stays known.
    setHeader('clear-site-data', '"cache"')
  })
  serve(app, listSessions, async ({ caller }) => ({ sessions: await sessions.list(caller) }))
  // Otherwise a thief with a session could sign its owner out everywhere.
  serve(app, endSession, async ({ caller, params }) => {
    if (params.session !== nameOf(caller.session)) await requireProof(caller)
    await sessions.endNamed(caller, params.session)
  })
  serve(app, endOtherSessions, async ({ caller, headers }) => {
    await requireProof(caller)
    await sessions.endAll(caller.account, headers)
  })
}
