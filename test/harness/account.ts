import { randomBytes } from 'node:crypto'

/** A server, as far as signing up at it goes. */
type Target = { readonly origin: string; mails(): Promise<string[]> }

export type TestAccount = {
  readonly account: string
  readonly email: string
  readonly password: string
  /** The value of the Cookie header of its session. */
  readonly cookie: string
}

export const GOOD_PASSWORD = 'tea and biscuits at four'

export function freshAddress(): string {
  return `ann-${randomBytes(6).toString('hex')}@family.example`
}

/** POST of a JSON body, as a program without a browser sends it. */
export function post(
  { origin }: Pick<Target, 'origin'>,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(origin + path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })
}

/** The code in the newest mail to an address. */
export async function newestCode(server: Pick<Target, 'mails'>, email: string): Promise<string> {
  const mails = await server.mails()
  const mail = mails.findLast((each) => each.includes(`To: <${email}>`))
  // Last on its line, or alone, whatever language the mail is in.
  const code = /^(?:\p{Letter}+: )?(\d{6})\r$/mu.exec(mail ?? '')?.[1]
  if (code === undefined) throw new Error('no mail with a code')
  return code
}

/** The mails to an address whose text matches, oldest first. */
export async function mailsTo(
  server: Pick<Target, 'mails'>,
  email: string,
  text: RegExp,
): Promise<string[]> {
  const mails = await server.mails()
  return mails.filter((mail) => mail.includes(`To: <${email}>`) && text.test(mail))
}

export function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** Opens an account and confirms its address. */
export async function signUpAt(
  server: Target,
  email = freshAddress(),
  password = GOOD_PASSWORD,
): Promise<TestAccount> {
  const opened = await post(server, '/api/accounts', { email, password })
  const { account } = (await opened.json()) as { account: string }
  const code = await newestCode(server, email)
  const confirmed = await post(server, `/api/accounts/${account}/confirmation`, { code })
  if (confirmed.status !== 200) throw new Error(`not confirmed: ${await confirmed.text()}`)
  return { account, email, password, cookie: cookieOf(confirmed) }
}
