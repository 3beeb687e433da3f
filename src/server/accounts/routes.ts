import * as api from '../../protocol/api/accounts.ts'
import type { App } from '../platform/http/app.ts'
import { serve } from '../platform/http/serve.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { type Accounts, confirm, resend, signIn, signUp } from './accounts.ts'

export function serveAccounts(app: App, accounts: Accounts, sessions: Sessions): void {
  serve(app, api.signUp, async ({ body, source }) => ({
    account: await signUp(accounts, body, source),
  }))
  serve(app, api.confirmAddress, async ({ params, body, source, headers, setHeader }) => {
    const account = await confirm(accounts, params.account, body.code, source)
    setHeader('set-cookie', await sessions.start(account, headers))
    return { account }
  })
  serve(app, api.resendCode, ({ params, source }) => resend(accounts, params.account, source))
  serve(app, api.signIn, async ({ body, source, headers, setHeader }) => {
    const account = await signIn(accounts, body, source)
    setHeader('set-cookie', await sessions.start(account, headers))
    return { account }
  })
}
