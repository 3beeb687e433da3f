import * as api from '../../protocol/api/accounts.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { type Factors, pendingFor } from '../factors/factors.ts'
import type { App } from '../platform/http/app.ts'
import { serve } from '../platform/http/serve.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { type Accounts, confirm, resend, signIn, signUp } from './accounts.ts'

export function serveAccounts(
  app: App,
  accounts: Accounts,
  { factors, sessions }: { factors: Factors; sessions: Sessions },
): void {
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
    const pending = await pendingFor(factors, account)
    if (pending) {
      setHeader('set-cookie', pending.cookie)
      throw new PawpostError('second-factor-needed', pending.ways.join(' '))
    }
    setHeader('set-cookie', await sessions.start(account, headers))
    return { account }
  })
}
