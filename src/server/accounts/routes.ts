import * as api from '../../protocol/api/accounts.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import {
  type Factors,
  requireNoSecond,
  requireProof,
  requireSecondProof,
} from '../factors/factors.ts'
import type { App } from '../platform/http/app.ts'
import type { Deadline } from '../platform/http/deadline.ts'
import { type Call, serve } from '../platform/http/serve.ts'
import type { Beginning, Entering, Sessions } from '../sessions/sessions.ts'
import { type Accounts, confirm, noteLanguage, resend, signUp } from './accounts.ts'
import { changePassword, resetPassword } from './changing.ts'
import { askReset, unblock } from './mailed-codes.ts'
import { checkUpOf, deleteOwn, exportOf } from './owning.ts'
import type { Asker } from './parts.ts'
import { signIn } from './signing-in.ts'

type Parts = {
  readonly factors: Factors
  readonly sessions: Sessions
  /** When the answers to people who are nobody yet leave. */
  readonly deadline: Deadline
}

export function serveAccounts(app: App, accounts: Accounts, parts: Parts): void {
  serveSignUp(app, accounts, parts)
  serveSignIn(app, accounts, parts)
  serveOwner(app, accounts, parts)
}

function serveSignUp(app: App, accounts: Accounts, { sessions, deadline }: Parts): void {
  serve(
    app,
    api.signUp,
    deadline(async (call: Call<typeof api.signUp>) => ({
      account: await signUp(accounts, call.body, askerOf(call)),
    })),
  )
  serve(
    app,
    api.confirmAddress,
    deadline(async (call: Call<typeof api.confirmAddress>) => {
      const { params, body, source } = call
      const account = await confirm(accounts, params.account, body.code, source)
      await sessions.start(account, call, { first: true })
      return { account }
    }),
  )
  serve(
    app,
    api.resendCode,
    deadline((call: Call<typeof api.resendCode>) =>
      resend(accounts, call.params.account, askerOf(call)),
    ),
  )
}

function serveSignIn(app: App, accounts: Accounts, { factors, sessions, deadline }: Parts): void {
  /** A right password, or a mailed code, is all that an account without a second factor wants. */
  async function enter(
    account: AccountId,
    call: Entering,
    beginning: Beginning = {},
  ): Promise<{ account: AccountId }> {
    await requireNoSecond(factors, account, call)
    await sessions.start(account, call, beginning)
    return { account }
  }

  /** Where everybody needs a second factor, a mailbox alone starts no session. */
  async function enterAnew(account: AccountId, call: Entering): Promise<{ account: AccountId }> {
    if (!factors.required) return enter(account, call)
    await requireNoSecond(factors, account, call)
    throw new PawpostError('sign-in-needed')
  }

  serve(
    app,
    api.signIn,
    deadline(async (call: Call<typeof api.signIn>) => {
      const { account, passwordSetAt } = await signIn(accounts, call.body, call)
      return enter(account, call, { passwordSetAt })
    }),
  )
  serve(
    app,
    api.resetPassword,
    deadline(async (call: Call<typeof api.resetPassword>) =>
      enterAnew(await resetPassword(accounts, call.body, call.source), call),
    ),
  )
  serve(
    app,
    api.askReset,
    deadline((call: Call<typeof api.askReset>) =>
      askReset(accounts, call.body.email, askerOf(call)),
    ),
  )
  serve(
    app,
    api.unblock,
    deadline((call: Call<typeof api.unblock>) => unblock(accounts, call.body.code, call)),
  )
}

/** What only the owner of a session may do. */
function serveOwner(app: App, accounts: Accounts, { factors }: Parts): void {
  serve(app, api.changePassword, async (call) => {
    await requireSecondProof(factors, call.caller)
    await changePassword(accounts, call, call.body)
  })
  serve(app, api.checkUp, ({ caller }) => checkUpOf(accounts, caller))
  serve(app, api.setLanguage, ({ caller, body }) =>
    noteLanguage(accounts.db, caller.account, body.language),
  )
  serve(app, api.exportAccount, async (call) => {
    await requireProof(factors, call.caller)
    return exportOf(accounts, call.caller, askerOf(call).language)
  })
  serve(app, api.deleteAccount, async (call) => {
    await requireSecondProof(factors, call.caller)
    const { language } = askerOf(call)
    return deleteOwn(accounts, call.caller, { current: call.body.current, language })
  })
}

function askerOf({ source, language = 'en' }: Pick<Entering, 'source' | 'language'>): Asker {
  return { source, language }
}
