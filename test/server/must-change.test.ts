import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshAddress, mailsTo, post, signUpAt } from '../harness/account.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

/** A password that always counts as breached. */
const STOLEN = 'PAWPOST-TEST-tea and biscuits'
const FRESH = 'coffee and cake at seven'

type Answer = { readonly status: number; readonly code: string | undefined; cookies: number }

async function signIn(server: TestServer, email: string, password: string): Promise<Answer> {
  const response = await post(server, '/api/sessions', { email, password })
  const { code } = (await response.json()) as { code?: string }
  return { status: response.status, code, cookies: response.headers.getSetCookie().length }
}

const REFUSED: Answer = { status: 403, code: 'password-must-change', cookies: 0 }

test('who signs in with a stolen password chooses another by mail, and then gets in', async () => {
  await using server = await startTestServer({ args: ['--breach-stages', 'sign-in'] })
  const { email } = await signUpAt(server, freshAddress(), STOLEN)
  assert.deepEqual(await signIn(server, email, STOLEN), REFUSED)
  const [mail = ''] = await mailsTo(server, email, /nobody is let in with it any more/)
  const [, code] = /^Code: (\S+)$/m.exec(mail) ?? []
  assert.ok(server.lines.some((line) => line.includes('signed in with a breached password')))
  assert.ok(!server.lines.some((line) => line.includes(email)))
  const reset = await post(server, '/api/resets/password', { code, password: FRESH })
  assert.ok(reset.ok, await reset.text())
  assert.equal((await signIn(server, email, FRESH)).status, 201)
  assert.equal((await signIn(server, email, STOLEN)).code, 'sign-in-refused')
})

test('a thief who tries it again and again makes no flood of mail', async () => {
  await using server = await startTestServer({ args: ['--breach-stages', 'sign-in'] })
  const { email } = await signUpAt(server, freshAddress(), STOLEN)
  for (let time = 0; time < 5; time += 1) {
    assert.deepEqual(await signIn(server, email, STOLEN), REFUSED)
  }
  assert.equal((await mailsTo(server, email, /nobody is let in with it any more/)).length, 2)
})

test('an operator who wants it so lets them in, and has them told', async () => {
  await using server = await startTestServer({
    args: ['--breach-stages', 'sign-in', '--breach-shields', 'mail'],
  })
  const { email } = await signUpAt(server, freshAddress(), STOLEN)
  assert.equal((await signIn(server, email, STOLEN)).status, 201)
  assert.equal((await mailsTo(server, email, /on a list that thieves try/)).length, 1)
})
