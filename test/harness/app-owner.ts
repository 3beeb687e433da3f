import { signUpAt, type TestAccount } from './account.ts'
import { appCode, type Browser, browserAt } from './browser.ts'
import type { TestServer } from './server.ts'

/** Somebody whose account wants a code of an authenticator app. */
export type AppOwner = TestAccount & {
  readonly browser: Browser
  readonly secret: string
  /** Recovery codes. */
  readonly codes: readonly string[]
}

/** Opens an account at a server and adds an authenticator app to it; `now` is the server's time. */
export async function appOwnerAt(server: TestServer, now: number): Promise<AppOwner> {
  const account = await signUpAt(server)
  const [name = '', value = ''] = account.cookie.split('=')
  const browser = browserAt(server, new Map([[name, value]]))
  const { body } = await browser.post('/api/factors/totp')
  const secret = String(body['secret'])
  const code = appCode(secret, now)
  const { status, body: added } = await browser.post('/api/factors/totp/confirmation', { code })
  if (status !== 200) throw new Error(`no app was added: ${status}`)
  return { ...account, browser, secret, codes: added['recoveryCodes'] as string[] }
}
