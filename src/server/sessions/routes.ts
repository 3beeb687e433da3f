import { currentSession, signOut } from '../../protocol/api/accounts.ts'
import { endOtherSessions, endSession, listSessions } from '../../protocol/api/sessions.ts'
import type { App } from '../platform/http/app.ts'
import { serve } from '../platform/http/serve.ts'
import type { Sessions } from './sessions.ts'

export function serveSessions(app: App, sessions: Sessions): void {
  serve(app, currentSession, async ({ caller }) => ({ account: caller.account }))
  serve(app, signOut, async ({ caller, setHeader }) => {
    setHeader('set-cookie', await sessions.end(caller))
    // Not "storage": the device keeps its keys. Not "cookies": the browser stays known.
    setHeader('clear-site-data', '"cache"')
  })
  serve(app, listSessions, async ({ caller }) => ({ sessions: await sessions.list(caller) }))
  serve(app, endSession, ({ caller, params }) => sessions.endNamed(caller, params.session))
  serve(app, endOtherSessions, ({ caller, headers }) => sessions.endAll(caller.account, headers))
}
