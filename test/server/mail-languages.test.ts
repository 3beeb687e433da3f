import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Device, generateSeeds, loadDevice, randomBytes } from '../../src/keys/device.ts'
import type { Language } from '../../src/protocol/api/languages.ts'
import { toBase64url } from '../../src/protocol/bytes.ts'
import { requestNonce, signedHeaders } from '../../src/protocol/request-signature.ts'
import { WORDS } from '../../src/server/mail/mail.ts'
import type { Said } from '../../src/server/mail/texts/en.ts'
import { freshAddress, GOOD_PASSWORD, newestCode } from '../harness/account.ts'
import { importBreach } from '../harness/breach-run.ts'
import { appCode, type Browser, browserAt } from '../harness/browser.ts'
import { createTestClock } from '../harness/clock.ts'
import { readMail, type ReadMail } from '../harness/read-mail.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

/** Every mail that an account gets, in each language, as it lies in the outbox. */

const HOUR = 3_600_000
const STEP = 30_000
const NEXT_PASSWORD = 'porridge and honey at nine'
const PENDING = '/api/sessions/pending'
/** As browsers say it. */
const ASKING = {
  en: 'en-GB,en;q=0.9',
  es: 'es-MX,es;q=0.9,en;q=0.5',
  ar: 'ar-EG,ar;q=0.9,en;q=0.5',
} as const satisfies Record<Language, string>
const FOREIGN = { en: 'ar', es: 'en', ar: 'en' } as const satisfies Record<Language, Language>

const clock = createTestClock()
let server: TestServer
let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-languages-'))
  server = await startTestServer({ clock })
})
after(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 20 })
})

function browserIn(language: Language): Browser {
  return browserAt(server, new Map(), { 'accept-language': ASKING[language] })
}

async function mailsTo(email: string): Promise<readonly ReadMail[]> {
  return (await server.mails()).map(readMail).filter(({ to }) => to === email)
}

type Person = { readonly email: string; readonly home: Browser; readonly language: Language }

async function signUp(language: Language): Promise<Person> {
  const [email, home] = [freshAddress(), browserIn(language)]
  const credentials = { email, password: GOOD_PASSWORD }
  const { body } = await home.post('/api/accounts', credentials)
  const code = await newestCode(server, email)
  const { status } = await home.post(`/api/accounts/${String(body['account'])}/confirmation`, {
    code,
  })
  assert.equal(status, 200)
  return { email, home, language }
}

/** Somebody else, who speaks another language, tries to get in, and does. */
async function strangersTry({ email, language }: Person): Promise<void> {
  const stranger = browserIn(FOREIGN[language])
  for (let count = 0; count < 12; count += 1) {
    await stranger.post('/api/sessions', { email, password: 'not the password at all' })
  }
  clock.advance(HOUR)
  const { status } = await stranger.post('/api/sessions', { email, password: GOOD_PASSWORD })
  assert.equal(status, 201)
}

async function passwords({ email, home }: Person): Promise<void> {
  const change = { current: GOOD_PASSWORD, password: NEXT_PASSWORD }
  assert.equal((await home.put('/api/accounts/current/password', change)).status, 204)
  assert.equal((await home.post('/api/resets', { email })).status, 204)
}

/** The code that the app shows next. */
function nextCode(secret: string): string {
  clock.advance(STEP)
  return appCode(secret, clock.now())
}

async function signedHeadersOf(device: Device, path: string, body: unknown) {
  const bytes = new TextEncoder().encode(JSON.stringify(body))
  const authority = new URL(server.origin).host
  const request = { method: 'POST', authority, path, query: '?', body: bytes }
  const created = Math.floor(clock.now() / 1000)
  const parameters = { signer: device.id, created, nonce: requestNonce(randomBytes(16)) }
  return signedHeaders(request, parameters, (each) => device.sign(each))
}

/** A second step comes, is guessed at, is used in every way, and goes. */
async function secondSteps({ email, home, language }: Person): Promise<void> {
  const credentials = { email, password: NEXT_PASSWORD }
  const secret = String((await home.post('/api/factors/totp')).body['secret'])
  const code = appCode(secret, clock.now())
  const { body } = await home.post('/api/factors/totp/confirmation', { code })
  const [recovery] = body['recoveryCodes'] as string[]

  const stranger = browserIn(FOREIGN[language])
  await stranger.post('/api/sessions', credentials)
  assert.equal((await stranger.post(`${PENDING}/totp`, { code: '000000' })).code, 'factor-refused')

  await home.post('/api/sessions', credentials)
  const used = await home.post(`${PENDING}/recovery-code`, { code: recovery })
  assert.equal(used.status, 201)
  assert.equal((await home.post('/api/factors/recovery-codes')).status, 200)

  const device = await loadDevice(generateSeeds())
  await home.post('/api/sessions', credentials)
  const proof = { code: nextCode(secret), remember: toBase64url(device.sig) }
  const headers = await signedHeadersOf(device, `${PENDING}/totp`, proof)
  const more = { ...headers, 'accept-language': ASKING[language] }
  const done = await browserAt(server, home.cookies, more).post(`${PENDING}/totp`, proof)
  assert.equal(done.status, 201)
  assert.equal((await home.remove('/api/factors/totp')).status, 204)
}

/** Waits for a mail that the server sends when it gets round to it. */
async function told(email: string, count: number): Promise<void> {
  for (let tries = 0; tries < 200 && (await mailsTo(email)).length < count; tries += 1) {
    await sleep(50)
  }
}

async function stolenElsewhere({ email }: Person): Promise<void> {
  const before = (await mailsTo(email)).length
  const list = join(folder, `${email}.txt`)
  await writeFile(list, email)
  await importBreach(server.data, [list, '--source', 'Toy Shop', '--found', '2026-11-23'])
  await told(email, before + 1)
}

/** What a mail has that its words do not, and what the words would be with it. */
function saidAgain(language: Language, name: string, { text }: ReadMail): Said {
  const find = (pattern: RegExp): string => pattern.exec(text)?.[1] ?? ''
  const { factors, exportNote: _export, deletionNote: _deletion, ...mails } = WORDS[language]
  const all: Readonly<Record<string, (given: object) => Said>> = { ...mails, ...factors } as never
  const write = all[name] ?? assert.fail(name)
  return write({
    minutes: 10,
    days: 90,
    code: find(/^(?:\p{Letter}+: )?([\w-]{22}|\d{6})$/mu),
    link: find(/^(http:\S+#\S{22})$/m),
    at: find(/(\d{4}-\d\d-\d\d \d\d:\d\d UTC)/),
    browser: '',
    system: '',
    place: '',
    lists: [{ source: 'Toy Shop', day: '2026-11-23' }],
    origin: server.origin,
    isAsked: !text.includes(NOT_ASKED[language]),
  })
}

const NOT_ASKED = {
  en: 'here you need not',
  es: 'aquí no tienes',
  ar: 'أي شيء هنا',
} as const satisfies Record<Language, string>

const LIFE = [
  'code',
  'known',
  'blocked',
  'newBrowser',
  'passwordChanged',
  'reset',
  'factor-added',
  'second-factor-failed',
  'recovery-code-used',
  'recovery-codes-renewed',
  'device-remembered',
  'factor-removed',
  'breach',
  'deleted',
] as const

for (const language of ['en', 'es', 'ar'] as const) {
  test(`whatever happens to an account, its owner is told in ${language}`, async () => {
    const person = await signUp(language)
    const { email, home } = person
    await home.post('/api/accounts', { email, password: GOOD_PASSWORD })
    clock.advance(HOUR)
    await strangersTry(person)
    clock.advance(HOUR)
    // The owner comes back, and is written to in their language again.
    await home.post('/api/sessions', { email, password: GOOD_PASSWORD })
    await passwords(person)
    await secondSteps(person)
    await stolenElsewhere(person)
    const removal = { current: NEXT_PASSWORD }
    assert.equal((await home.post('/api/accounts/current/deletion', removal)).status, 200)
    const mails = await mailsTo(email)
    assert.deepEqual(
      mails.map(({ subject }) => subject),
      LIFE.map((name, at) => saidAgain(language, name, mails[at] ?? assert.fail(name)).subject),
    )
    for (const [at, mail] of mails.entries()) {
      const name = LIFE[at] ?? ''
      assert.equal(mail.language, language, name)
      assert.equal(mail.text, saidAgain(language, name, mail).text, name)
      assert.equal(mail.page !== undefined, language === 'ar', name)
      if (mail.page) assert.match(mail.page, /^<!doctype html>\n<html lang="ar" dir="rtl">\n/)
    }
  })
}
