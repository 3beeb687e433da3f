import { currentSession, signOut } from '../../protocol/api/accounts.ts'
import type { App } from '../platform/http/app.ts'
import { serve } from '../platform/http/serve.ts'
import type { Sessions } from './sessions.ts'

export function serveSessions(app: App, sessions: Sessions): void {
  serve(app, currentSession, async ({ caller }) => ({ account: caller.account }))
  serve(app, signOut, async ({ caller, setHeader }) => {
    setHeader('set-cookie', await sessions.end(caller))
    // Not "storage": the device keeps its keys.
    setHeader('clear-site-data', '"cache", "cookies"')
  })
}
