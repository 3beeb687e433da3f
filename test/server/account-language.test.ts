import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import type { Language } from '../../src/protocol/api/languages.ts'
import { WORDS } from '../../src/server/mail/mail.ts'
import { freshAddress, GOOD_PASSWORD, signUpAt, type TestAccount } from '../harness/account.ts'
import { type Browser, browserAt } from '../harness/browser.ts'
import { createTestClock } from '../harness/clock.ts'
import { readMail, type ReadMail } from '../harness/read-mail.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { asOwner } from '../harness/stolen.ts'

/** In which language somebody is answered, and written to later. */

const STOLEN = 'PAWPOST-TEST-tea and biscuits'
const clock = createTestClock()
let server: TestServer
before(async () => {
  server = await startTestServer({ clock })
})
after(() => server.close())

function browserIn(language: string, { cookie = '' }: Partial<TestAccount> = {}): Browser {
  const [name = '', value = ''] = cookie.split('=')
  const cookies = cookie === '' ? [] : ([[name, value]] as const)
  return browserAt(server, new Map(cookies), { 'accept-language': language })
}

async function newest(email: string, from = server): Promise<ReadMail> {
  const mails = (await from.mails()).map(readMail)
  return mails.findLast(({ to }) => to === email) ?? assert.fail(`no mail to ${email}`)
}

async function remembered({ account }: TestAccount): Promise<string> {
  const { rows } = await asOwner(server.data, (client) =>
    client.query<{ language: string }>('SELECT language FROM accounts WHERE account = $1', [
      account,
    ]),
  )
  return rows[0]?.language ?? assert.fail('no account')
}

/** A mail that tells of something, without a request in the language of the account. */
async function toldIn({ email, password }: TestAccount): Promise<string> {
  assert.equal((await browserAt(server).post('/api/sessions', { email, password })).status, 201)
  return (await newest(email)).language
}

test('whoever says nothing, or nonsense, is written to in English, and is no error', async () => {
  const nonsense = [
    '*',
    'fr-FR,fr;q=0.9',
    'es;q=nonsense',
    'es, <script>',
    '=?utf-8?B?ZXM=?=',
    'es: Bcc: thief@evil.example',
    'ar\u00e9',
    '../../texts/es',
    'es,'.repeat(2000),
    'x'.repeat(7000),
    '__proto__',
  ]
  for (const language of nonsense) {
    const email = freshAddress()
    const { status } = await browserIn(language).post('/api/accounts', {
      email,
      password: GOOD_PASSWORD,
    })
    assert.equal(status, 201, language.slice(0, 40))
    const mail = await newest(email)
    assert.equal(mail.language, 'en')
    assert.equal(mail.subject, 'Your code for Pawpost')
    const names = [...mail.headers.keys()]
    assert.ok(!names.includes('bcc') && names.length === 10, names.join())
  }
})

/** The status line of an answer to a request with a header of raw bytes. */
async function statusOf(header: Buffer): Promise<number> {
  const body = JSON.stringify({ email: freshAddress(), password: GOOD_PASSWORD })
  const head = [
    'POST /api/accounts HTTP/1.1',
    `host: localhost:${server.port}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
    'connection: close',
    'accept-language: ',
  ].join('\r\n')
  const socket = connect(server.port, '127.0.0.1')
  socket.write(Buffer.concat([Buffer.from(head), header, Buffer.from(`\r\n\r\n${body}`)]))
  const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(await text(socket)) ?? []
  return Number(status)
}

test('a header that breaks the line, or is no text, ends in no 5xx', async () => {
  for (const bytes of ['es\r\nx: y', 'es\r\n folded', 'es\0', 'es\n', '\x80\xff', 'es\x7f']) {
    const status = await statusOf(Buffer.from(bytes, 'latin1'))
    assert.ok(status >= 200 && status < 500, `${JSON.stringify(bytes)}: ${status}`)
  }
  const twice = await statusOf(Buffer.from('es\r\naccept-language: ar'))
  assert.equal(twice, 201)
})

test('a code comes in the language of who asks for it, whatever the account speaks', async () => {
  const owner = await signUpAt(server)
  for (const language of ['es', 'ar', 'en'] as const) {
    clock.advance(3_600_000)
    await browserIn(language).post('/api/resets', { email: owner.email })
    assert.equal((await newest(owner.email)).language, language)
    const known = { email: owner.email, password: GOOD_PASSWORD }
    await browserIn(language).post('/api/accounts', known)
    assert.equal((await newest(owner.email)).subject, WORDS[language].known().subject)
  }
  assert.equal(await remembered(owner), 'en')
})

test('the language of the last sign-in is remembered, and that which was chosen since', async () => {
  const owner = await signUpAt(server)
  const { email, password } = owner
  assert.equal(await remembered(owner), 'en')
  const home = browserIn('es-AR')
  await home.post('/api/sessions', { email, password })
  assert.equal(await remembered(owner), 'es')
  assert.equal(await toldIn(owner), 'es')
  // A program that names no language changes nothing.
  assert.equal(await remembered(owner), 'es')
  const put = (language: unknown): Promise<{ status: number }> =>
    home.put('/api/accounts/current/language', { language })
  assert.equal((await put('ar')).status, 204)
  assert.equal(await toldIn(owner), 'ar')
  for (const wrong of ['fr', 'EN', '', 'es-MX', 7, null]) {
    assert.equal((await put(wrong)).status, 400, String(wrong))
  }
  assert.equal(await remembered(owner), 'ar')
})

test('a stranger who signs in does not choose in what language the owner is warned', async () => {
  const owner = await signUpAt(server)
  const { email, password } = owner
  await browserIn('es').post('/api/sessions', { email, password })
  await browserIn('ar').post('/api/sessions', { email, password })
  const { language, subject } = await newest(email)
  assert.deepEqual([language, subject], ['es', 'Un nuevo inicio de sesión en tu cuenta de Pawpost'])
})

test('what there is of an account names its language; the note is in that of the request', async () => {
  const owner = await signUpAt(server)
  const arabic = browserIn('ar', owner)
  await arabic.put('/api/accounts/current/language', { language: 'es' })
  const { status, body } = await arabic.get('/api/accounts/current/export')
  assert.deepEqual([status, body['language']], [200, 'es'])
  assert.equal(body['note'], WORDS.ar.exportNote)
  const removal = { current: owner.password }
  const gone = await browserIn('es', owner).post('/api/accounts/current/deletion', removal)
  assert.equal(gone.body['note'], WORDS.es.deletionNote)
  assert.equal((await newest(owner.email)).language, 'es')
})

test('no other language gets into the table, whoever writes', async () => {
  const { account } = await signUpAt(server)
  for (const language of ['fr', 'EN', '', 'es\r\nBcc: a@b']) {
    const written = asOwner(server.data, (client) =>
      client.query('UPDATE accounts SET language = $2 WHERE account = $1', [account, language]),
    )
    await assert.rejects(written, { code: '23514' })
  }
})

/** The newest mail after a sign-in with a password that was stolen. */
async function afterStolen(language: Language, more: readonly string[]): Promise<ReadMail> {
  await using strict = await startTestServer({ args: ['--breach-stages', 'sign-in', ...more] })
  const { email, cookie } = await signUpAt(strict, freshAddress(), STOLEN)
  const [name = '', value = ''] = cookie.split('=')
  const cookies = new Map([[name, value]])
  await browserAt(strict, cookies).put('/api/accounts/current/language', { language: 'es' })
  const there = browserAt(strict, new Map(), { 'accept-language': language })
  await there.post('/api/sessions', { email, password: STOLEN })
  const mails = (await strict.mails()).map(readMail).filter(({ to }) => to === email)
  return mails[1] ?? assert.fail('no mail')
}

test('a stolen password: the way to a new one in the language of the request', async () => {
  const { language, subject, text } = await afterStolen('ar', [])
  const { subject: expected } = WORDS.ar.mustChange({ link: '', code: '', minutes: 10 })
  assert.deepEqual([language, subject], ['ar', expected])
  assert.match(text, /^http:\/\/localhost:\d+\/reset#[\w-]{22}$/m)
})

test('a stolen password that is let in: a warning in the language of the account', async () => {
  const mail = await afterStolen('ar', ['--breach-shields', 'mail'])
  assert.equal(mail.language, 'es')
  assert.equal(mail.text, WORDS.es.breached().text)
})
