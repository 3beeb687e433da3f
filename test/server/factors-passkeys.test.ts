import assert from 'node:assert/strict'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { CreationOptions, RequestOptions } from '../../src/protocol/api/passkeys.ts'
import { accountId } from '../../src/protocol/ids.ts'
import { notePasskeyUse } from '../../src/server/factors/passkey-store.ts'
import { signUpAt, type TestAccount } from '../harness/account.ts'
import { createAuthenticator, type Deviation, type SoftPasskey } from '../harness/authenticator.ts'
import { appCode, type Browser, browserAt, type Read } from '../harness/browser.ts'
import { createTestClock } from '../harness/clock.ts'
import { secondProcess } from '../harness/second-process.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

const MINUTE = 60_000
const clock = createTestClock()
let server: TestServer
let device: ReturnType<typeof createAuthenticator>

before(async () => {
  server = await startTestServer({ clock })
  device = createAuthenticator(server.origin)
})
after(() => server.close())

type Owner = TestAccount & { browser: Browser }
type PasskeyOwner = Owner & { passkey: SoftPasskey; name: string; codes: string[] }

async function ownerOfNothing(): Promise<Owner> {
  const account = await signUpAt(server)
  const [name = '', value = ''] = account.cookie.split('=')
  return { ...account, browser: browserAt(server, new Map([[name, value]])) }
}

async function ownerOfPasskey(): Promise<PasskeyOwner> {
  const owner = await ownerOfNothing()
  const { answer, passkey } = await add(owner.browser)
  assert.equal(answer.status, 201)
  const codes = answer.body['recoveryCodes'] as string[]
  return { ...owner, passkey, name: String(answer.body['passkey']), codes }
}

async function creation(browser: Browser): Promise<CreationOptions> {
  return (await browser.post('/api/factors/passkeys/challenge')).body as CreationOptions
}

async function add(
  browser: Browser,
  deviation: Deviation = {},
): Promise<{ answer: Read; passkey: SoftPasskey }> {
  const { passkey, ...made } = device.create(await creation(browser), deviation)
  return { answer: await browser.post('/api/factors/passkeys', made), passkey }
}

/** What a passkey answers to a challenge of a place, and the place to send it to. */
type Asking = { readonly challenge: string; readonly path: string; readonly status: number }
const ALONE = { path: '/api/sessions/passkey', status: 201 }
const COMPLETING = { path: '/api/sessions/pending/passkey', status: 201 }
const PROVING = { path: '/api/factors/proof/passkey', status: 204 }

async function request(browser: Browser, { path }: { path: string }): Promise<RequestOptions> {
  const { status, body } = await browser.post(`${path}/challenge`)
  assert.equal(status, 200)
  return body as RequestOptions
}

async function use(
  browser: Browser,
  passkey: SoftPasskey,
  place: { path: string },
  deviation: Deviation = {},
): Promise<Read> {
  const answer = device.get(await request(browser, place), passkey, deviation)
  return browser.post(place.path, answer)
}

async function waiting({ email, password }: TestAccount): Promise<Browser> {
  const browser = browserAt(server)
  const { code, body } = await browser.post('/api/sessions', { email, password })
  assert.deepEqual([code, body['reason']], ['second-factor-needed', 'passkey recovery-code'])
  return browser
}

test('a passkey signs in alone, without an address', async () => {
  const owner = await ownerOfPasskey()
  assert.equal(owner.codes.length, 10)
  const browser = browserAt(server)
  const options = await request(browser, ALONE)
  assert.deepEqual([options.rpId, options.allowCredentials], ['localhost', []])
  const done = await browser.post(ALONE.path, device.get(options, owner.passkey))
  assert.deepEqual([done.status, done.body], [201, { account: owner.account }])
  assert.deepEqual([...browser.cookies.keys()], ['__Host-pawpost', '__Host-known'])
  assert.equal((await browser.get('/api/sessions/current')).status, 200)
})

test('a passkey is the second factor of a password', async () => {
  const owner = await ownerOfPasskey()
  const browser = await waiting(owner)
  const options = await request(browser, COMPLETING)
  assert.deepEqual(
    options.allowCredentials.map(({ id }) => id),
    [owner.passkey.id],
  )
  const done = await browser.post(COMPLETING.path, device.get(options, owner.passkey))
  assert.deepEqual([done.status, done.body], [201, { account: owner.account }])
  assert.equal((await browser.get('/api/sessions/current')).status, 200)
})

test('several passkeys, each removed alone; a new one is not made where there is one', async () => {
  const owner = await ownerOfPasskey()
  const options = await creation(owner.browser)
  assert.deepEqual(
    options.excludeCredentials.map(({ id }) => id),
    [owner.passkey.id],
  )
  const second = await add(owner.browser)
  // Not the first factor any more: no new codes.
  assert.deepEqual([second.answer.status, second.answer.body['recoveryCodes']], [201, undefined])
  assert.equal((await use(browserAt(server), second.passkey, ALONE)).status, 201)
  const { body } = await owner.browser.get('/api/factors')
  const listed = body['passkeys'] as Record<string, unknown>[]
  assert.deepEqual(
    listed.map(({ passkey, usedOn, synced }) => [passkey, usedOn, synced]),
    [
      [owner.name, undefined, false],
      [second.answer.body['passkey'], new Date(clock.now()).toISOString().slice(0, 10), false],
    ],
  )
  assert.equal((await owner.browser.remove(`/api/factors/passkeys/${owner.name}`)).status, 204)
  assert.equal((await use(browserAt(server), owner.passkey, ALONE)).code, 'factor-refused')
  assert.equal((await use(browserAt(server), second.passkey, ALONE)).status, 201)
})

test('nobody removes a passkey of somebody else', async () => {
  const [owner, other] = [await ownerOfPasskey(), await ownerOfPasskey()]
  assert.equal(
    (await other.browser.remove(`/api/factors/passkeys/${owner.name}`)).code,
    'not-found',
  )
  assert.equal((await use(browserAt(server), owner.passkey, ALONE)).status, 201)
})

test('a passkey proves that it is still the same person', async () => {
  const owner = await ownerOfPasskey()
  clock.advance(11 * MINUTE)
  assert.equal((await owner.browser.post('/api/factors/totp')).code, 'proof-needed')
  assert.equal((await use(owner.browser, owner.passkey, PROVING)).status, 204)
  const { body } = await owner.browser.post('/api/factors/totp')
  const code = appCode(String(body['secret']), clock.now())
  assert.equal((await owner.browser.post('/api/factors/totp/confirmation', { code })).status, 200)
})

/** Everything that is not an honest answer to our challenge, for either ceremony. */
const LIES: Readonly<Record<string, () => Deviation>> = {
  'another origin': () => ({ origin: 'https://pawpost.example' }),
  'another port of our host': () => ({ origin: 'http://localhost:1' }),
  'another RP ID': () => ({ rpId: 'pawpost.example' }),
  'a page within another page': () => ({ crossOrigin: true }),
  'a challenge that nobody gave': () => ({ challenge: randomBytes(32).toString('base64url') }),
  'no challenge': () => ({ challenge: '' }),
  'a person who was not verified': () => ({ verified: false }),
  'a person who was not there': () => ({ present: false, verified: false }),
  'the other ceremony': () => ({ type: 'payment.get' }),
}

for (const [lie, deviation] of Object.entries(LIES)) {
  test(`${lie}: no passkey is added, and none is accepted`, async () => {
    const owner = await ownerOfPasskey()
    assert.equal((await add(owner.browser, deviation())).answer.code, 'factor-refused')
    for (const [browser, place] of await everyPlace(owner)) {
      const answer = await use(browser, owner.passkey, place, deviation())
      assert.deepEqual([answer.status, answer.code], [403, 'factor-refused'], place.path)
      assert.deepEqual(Object.keys(answer.body).toSorted(), ['code', 'message'])
    }
    const { body } = await owner.browser.get('/api/factors')
    assert.equal((body['passkeys'] as unknown[]).length, 1)
  })
}

async function everyPlace(owner: Owner): Promise<[Browser, Omit<Asking, 'challenge'>][]> {
  return [
    [browserAt(server), ALONE],
    [await waiting(owner), COMPLETING],
    [owner.browser, PROVING],
  ]
}

const FORGERIES: Readonly<Record<string, (owner: PasskeyOwner) => Deviation>> = {
  'a signature of another key': () => ({
    key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  }),
  'the handle of somebody else': () => ({ userHandle: randomBytes(32).toString('base64url') }),
  'a counter that stands still': ({ passkey }) => ({ counter: passkey.counter }),
  'a counter that went back': () => ({ counter: 1 }),
  'a counter that began anew': () => ({ counter: 0 }),
}

for (const [forgery, deviation] of Object.entries(FORGERIES)) {
  test(`${forgery} is refused everywhere`, async () => {
    const owner = await ownerOfPasskey()
    for (let uses = 0; uses < 3; uses += 1) {
      assert.equal((await use(browserAt(server), owner.passkey, ALONE)).status, 201)
    }
    for (const [browser, place] of await everyPlace(owner)) {
      owner.passkey.counter = 3
      const answer = await use(browser, owner.passkey, place, deviation(owner))
      assert.deepEqual([answer.status, answer.code], [403, 'factor-refused'], place.path)
    }
    owner.passkey.counter = 3
    assert.equal((await use(browserAt(server), owner.passkey, ALONE)).status, 201)
  })
}

test('a counter is good once, even at the same moment', async () => {
  const owner = await ownerOfPasskey()
  assert.equal((await use(browserAt(server), owner.passkey, ALONE)).status, 201)
  await using other = await secondProcess(server.data, clock)
  const note = (): Promise<boolean> =>
    notePasskeyUse(other.db, Buffer.from(owner.passkey.id, 'base64url'), {
      counter: 2,
      synced: false,
      day: new Date(0),
    })
  assert.deepEqual([await note(), await note()], [true, false])
})

test('authenticators that do not count are taken as they are', async () => {
  const owner = await ownerOfPasskey()
  for (let uses = 0; uses < 2; uses += 1) {
    assert.equal((await use(browserAt(server), owner.passkey, ALONE, { counter: 0 })).status, 201)
  }
})

test('the passkey of one account completes and proves nothing for another', async () => {
  const [owner, thief] = [await ownerOfPasskey(), await ownerOfPasskey()]
  assert.equal((await use(await waiting(owner), thief.passkey, COMPLETING)).code, 'factor-refused')
  assert.equal((await use(owner.browser, thief.passkey, PROVING)).code, 'factor-refused')
  const stolen = { ...thief.passkey, id: owner.passkey.id, userHandle: owner.passkey.userHandle }
  assert.equal((await use(await waiting(owner), stolen, COMPLETING)).code, 'factor-refused')
})

test('an answer is good once, even at the same moment', async () => {
  const owner = await ownerOfPasskey()
  for (const [browser, place] of await everyPlace(owner)) {
    const answer = device.get(await request(browser, place), owner.passkey)
    const cookies = new Map(browser.cookies)
    const answers = await Promise.all(
      [1, 2, 3].map(() => browserAt(server, new Map(cookies)).post(place.path, answer)),
    )
    const good = answers.filter(({ status }) => status === place.status)
    assert.equal(good.length, 1, place.path)
    for (const { status } of answers) assert.ok(status < 500)
  }
  const { browser } = await ownerOfNothing()
  const { passkey: _passkey, ...answer } = device.create(await creation(browser))
  assert.equal((await browser.post('/api/factors/passkeys', answer)).status, 201)
  assert.equal((await browser.post('/api/factors/passkeys', answer)).code, 'factor-refused')
})

test('a wrong answer uses its challenge up', async () => {
  const owner = await ownerOfPasskey()
  for (const [browser, place] of await everyPlace(owner)) {
    const options = await request(browser, place)
    const wrong = device.get(options, owner.passkey, { origin: 'https://pawpost.example' })
    const right = device.get(options, owner.passkey)
    assert.equal((await browser.post(place.path, wrong)).code, 'factor-refused')
    assert.equal((await browser.post(place.path, right)).code, 'factor-refused')
  }
  const options = await creation(owner.browser)
  for (const deviation of [{ rpId: 'pawpost.example' }, {}]) {
    const { passkey: _passkey, ...answer } = device.create(options, deviation)
    assert.equal((await owner.browser.post('/api/factors/passkeys', answer)).code, 'factor-refused')
  }
})

test('a challenge is good for five minutes, for one purpose, and for who asked for it', async () => {
  const owner = await ownerOfPasskey()
  const places = await everyPlace(owner)
  // The same person elsewhere, who has asked for a challenge there, too.
  const elsewhere = browserAt(server)
  assert.equal((await use(elsewhere, owner.passkey, ALONE)).status, 201)
  const twins = [browserAt(server), await waiting(owner), elsewhere]
  for (const [index, [browser, place]] of places.entries()) {
    const options = await request(browser, place)
    const others = places.filter(([, other]) => other !== place)
    for (const [other, { path }] of [...others, [twins[index] ?? browser, place] as const]) {
      await request(other, { path })
      const answer = await other.post(path, device.get(options, owner.passkey))
      assert.equal(answer.code, 'factor-refused', `${place.path} at ${path}`)
    }
  }
  for (const [browser, place] of places) {
    assert.equal((await use(browser, owner.passkey, place)).status, place.status)
  }
  for (const place of [ALONE, PROVING]) {
    const browser = place === ALONE ? browserAt(server) : owner.browser
    const options = await request(browser, place)
    clock.advance(5 * MINUTE)
    const late = await browser.post(place.path, device.get(options, owner.passkey))
    assert.equal(late.code, 'factor-refused')
  }
})

test('an attestation with certificates, of whatever kind, is refused', async () => {
  const owner = await ownerOfNothing()
  const statements = {
    packed: { alg: -7, sig: new Uint8Array(64), x5c: [new Uint8Array(40)] },
    'fido-u2f': { sig: new Uint8Array(64), x5c: [new Uint8Array(40)] },
    apple: { x5c: [new Uint8Array(40)] },
    tpm: {},
    'android-safetynet': { ver: '1', response: new Uint8Array(10) },
    none: { surprise: 1 },
  }
  for (const [format, statement] of Object.entries(statements)) {
    const { answer } = await add(owner.browser, { format, statement })
    assert.deepEqual([answer.status, answer.code], [403, 'factor-refused'], format)
  }
})

test('a credential that is here already is not taken over', async () => {
  const [owner, thief] = [await ownerOfPasskey(), await ownerOfNothing()]
  const credential = Buffer.from(owner.passkey.id, 'base64url')
  assert.equal((await add(thief.browser, { credential })).answer.code, 'factor-refused')
  assert.equal((await use(browserAt(server), owner.passkey, ALONE)).status, 201)
})

test('rubbish in place of what an authenticator says is refused, and is never our fault', async () => {
  const owner = await ownerOfPasskey()
  const rubbish = ['AA', 'AAAA', 'A'.repeat(400), Buffer.from('{}').toString('base64url')]
  for (const each of [...rubbish, Buffer.from('{"challenge":1}').toString('base64url')]) {
    for (const field of ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle', 'id']) {
      const browser = browserAt(server)
      const answer = device.get(await request(browser, ALONE), owner.passkey)
      const got = await browser.post(ALONE.path, { ...answer, [field]: each })
      assert.ok(got.status === 403 || got.code === 'bad-request', `${field} ${each}: ${got.status}`)
    }
    for (const field of ['clientDataJSON', 'attestationObject', 'id']) {
      const { passkey: _passkey, ...answer } = device.create(await creation(owner.browser))
      const got = await owner.browser.post('/api/factors/passkeys', { ...answer, [field]: each })
      assert.deepEqual([got.status, got.code], [403, 'factor-refused'], `${field} ${each}`)
    }
  }
})

test('what authenticators know an account by is random, and the same for all of its passkeys', async () => {
  const [owner, other] = [await ownerOfPasskey(), await ownerOfPasskey()]
  const options = await creation(owner.browser)
  assert.equal(options.user.id, owner.passkey.userHandle)
  assert.notEqual(options.user.id, other.passkey.userHandle)
  const handle = Buffer.from(options.user.id, 'base64url')
  assert.equal(handle.length, 32)
  const account = Buffer.from(accountId.bytes(accountId.schema.parse(owner.account)))
  assert.ok(!handle.includes(account))
  assert.deepEqual([options.user.name, options.user.displayName], ['Pawpost', 'Pawpost'])
})

test('a dump of the database names nobody, and holds no code, secret, token or challenge', async () => {
  const owner = await ownerOfPasskey()
  const { body } = await owner.browser.post('/api/factors/totp')
  const secret = String(body['secret'])
  const code = appCode(secret, clock.now())
  await owner.browser.post('/api/factors/totp/confirmation', { code })
  clock.advance(30_000)
  const pending = browserAt(server)
  await pending.post('/api/sessions', { email: owner.email, password: owner.password })
  const { challenge } = await request(pending, COMPLETING)
  await using other = await secondProcess(server.data, clock)
  const tables = ['accounts', 'totp', 'totp_enrolments', 'passkeys', 'passkey_handles']
  const more = ['recovery_codes', 'passkey_challenges', 'pending_sign_ins', 'sessions']
  const dumps: string[] = []
  for (const table of [...tables, ...more]) {
    const { rows } = await sql<{ row: string }>`
      SELECT each::text AS row FROM ${sql.table(table)} each`.execute(other.db)
    assert.ok(rows.length > 0 || table === 'totp_enrolments', table)
    dumps.push(...rows.map(({ row }) => row))
  }
  const dump = dumps.join('\n')
  const [recovery = ''] = owner.codes
  const token = pending.cookies.get('__Host-pawpost-pending') ?? ''
  const planted = [
    owner.email,
    'family.example',
    recovery,
    secret,
    token,
    challenge,
    owner.password,
  ]
  for (const text of planted) {
    assert.ok(text.length > 10, text)
    assert.ok(!dump.includes(text), text)
    const letters = text.replaceAll('-', '')
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(letters),
      Buffer.from(letters, 'base64url'),
    ]) {
      assert.ok(!dump.includes(bytes.toString('hex')), text)
    }
  }
  // The control: what is there is found this way.
  assert.ok(dump.includes(Buffer.from(owner.passkey.id, 'base64url').toString('hex')))
})

test('no answer of ours was a fault of the server', () => {
  assert.ok(server.lines.length > 300)
  assert.deepEqual(
    server.lines.filter((line) => /"level":"error"|"status":5\d\d/.test(line)),
    [],
  )
})
