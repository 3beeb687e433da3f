import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Device, generateSeeds, loadDevice, randomBytes } from '../../src/keys/device.ts'
import { toBase64url } from '../../src/protocol/bytes.ts'
import { requestNonce, signedHeaders } from '../../src/protocol/request-signature.ts'
import { mailsTo, signUpAt } from '../harness/account.ts'
import { type AppOwner, appOwnerAt } from '../harness/app-owner.ts'
import { appCode, type Browser, browserAt, type Read } from '../harness/browser.ts'
import { createTestClock } from '../harness/clock.ts'
import { secondProcess } from '../harness/second-process.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

const STEP = 30_000
const DAY = 24 * 3_600_000
const TOTP = '/api/sessions/pending/totp'
const DEVICE = '/api/sessions/pending/device'
const clock = createTestClock()
let server: TestServer

before(async () => {
  server = await startTestServer({ clock })
})
after(() => server.close())

const newDevice = (): Promise<Device> => loadDevice(generateSeeds())
const keyOf = ({ sig }: Device): string => toBase64url(sig)

function nextCode({ secret }: AppOwner): string {
  clock.advance(STEP)
  return appCode(secret, clock.now())
}

const newOwner = (): Promise<AppOwner> => appOwnerAt(server, clock.now())

/** A POST that a device signed. */
async function signed(
  browser: Browser,
  device: Device,
  { path, body, created = clock.now() }: { path: string; body: unknown; created?: number },
): Promise<Read> {
  const request = {
    method: 'POST',
    authority: new URL(server.origin).host,
    path,
    query: '?',
    body: new TextEncoder().encode(JSON.stringify(body)),
  }
  const parameters = {
    signer: device.id,
    created: Math.floor(created / 1000),
    nonce: requestNonce(randomBytes(16)),
  }
  const headers = await signedHeaders(request, parameters, (bytes) => device.sign(bytes))
  return browserAt(server, browser.cookies, headers).post(path, body)
}

/** A browser whose sign-in waits for the second step. */
async function waiting({ email, password }: AppOwner): Promise<Browser> {
  const browser = browserAt(server)
  const { code, body } = await browser.post('/api/sessions', { email, password })
  assert.equal(code, 'second-factor-needed')
  // Whether a device would do is not said.
  assert.equal(body['reason'], 'totp recovery-code')
  return browser
}

/** Signs in in two steps, and has the device remembered. */
async function remembered(owner: AppOwner, device: Device): Promise<Browser> {
  const browser = await waiting(owner)
  const body = { code: nextCode(owner), remember: keyOf(device) }
  const done = await signed(browser, device, { path: TOTP, body })
  assert.equal(done.status, 201)
  assert.match(String(done.body['device']), /^[\w-]{22}$/)
  return browser
}

async function challengeOf(browser: Browser): Promise<string> {
  const { status, body } = await browser.post(`${DEVICE}/challenge`)
  assert.equal(status, 200)
  return String(body['challenge'])
}

/** What a device's own app does to complete the sign-in that waits. */
async function byDevice(browser: Browser, device: Device): Promise<Read> {
  const body = { challenge: await challengeOf(browser), key: keyOf(device) }
  return signed(browser, device, { path: DEVICE, body })
}

async function isForgotten(owner: AppOwner, device: Device): Promise<void> {
  const browser = await waiting(owner)
  const { code, body } = await byDevice(browser, device)
  assert.deepEqual([code, body['reason']], ['factor-refused', 'not-remembered'])
  // The code is asked for as ever.
  assert.equal((await browser.post(TOTP, { code: nextCode(owner) })).status, 201)
}

const failures = (owner: AppOwner): Promise<string[]> =>
  mailsTo(server, owner.email, /^Subject: Somebody knows your password/m)

async function devicesOf(browser: Browser): Promise<Record<string, string>[]> {
  const { status, body } = await browser.get('/api/factors/devices')
  assert.equal(status, 200)
  return body['devices'] as Record<string, string>[]
}

test('a device that was remembered signs in with the password and its key', async () => {
  const [owner, device] = [await newOwner(), await newDevice()]
  const first = await remembered(owner, device)
  assert.equal((await mailsTo(server, owner.email, /not asked for your second factor/)).length, 1)
  // Who asks for everything that there is of the account gets it, too.
  const { body } = await first.get('/api/accounts/current/export')
  assert.deepEqual(body['trustedDevices'], await devicesOf(first))
  assert.equal((await first.remove('/api/sessions/current')).status, 204)
  const browser = await waiting(owner)
  const done = await byDevice(browser, device)
  assert.deepEqual([done.status, done.body], [201, { account: owner.account }])
  assert.equal((await browser.get('/api/sessions/current')).status, 200)
  assert.equal(browser.cookies.has('__Host-pawpost-pending'), false)
  // Nothing is remembered that nobody ticked.
  assert.equal((await devicesOf(browser)).length, 1)
  assert.deepEqual(await failures(owner), [])
})

test('the password is still asked for, and a sign-in in two steps remembers nothing unasked', async () => {
  const [owner, device] = [await newOwner(), await newDevice()]
  await remembered(owner, device)
  const { email } = owner
  const browser = browserAt(server)
  const wrong = await browser.post('/api/sessions', { email, password: 'not this one, is it' })
  assert.equal(wrong.code, 'sign-in-refused')
  assert.equal((await browser.post(`${DEVICE}/challenge`)).code, 'sign-in-needed')
  const other = await newDevice()
  const plain = await waiting(owner)
  assert.equal((await plain.post(TOTP, { code: nextCode(owner) })).body['device'], undefined)
  await isForgotten(owner, other)
})

test('cookies that were copied to another machine do not complete a sign-in', async () => {
  const [owner, device] = [await newOwner(), await newDevice()]
  const browser = await remembered(owner, device)
  const { email, password } = owner
  const thief = browserAt(server, new Map(browser.cookies))
  assert.equal(
    (await thief.post('/api/sessions', { email, password })).code,
    'second-factor-needed',
  )
  const body = { challenge: await challengeOf(thief), key: keyOf(device) }
  // Unsigned, signed by a key of the thief's, or that key in the place of the device's.
  assert.equal((await thief.post(DEVICE, body)).code, 'factor-refused')
  const own = await newDevice()
  const forged: Device = { ...own, id: device.id }
  assert.equal((await signed(thief, own, { path: DEVICE, body })).code, 'factor-refused')
  assert.equal((await signed(thief, forged, { path: DEVICE, body })).code, 'factor-refused')
  assert.equal((await failures(owner)).length, 3)
  assert.equal((await byDevice(thief, own)).body['reason'], 'not-remembered')
  // These four counted as wrong codes do: five are all there are.
  assert.equal((await thief.post(TOTP, { code: '000000' })).code, 'factor-refused')
  assert.equal((await thief.post(`${DEVICE}/challenge`)).code, 'sign-in-needed')
})

test('a row of the database neither signs in nor says whose device it is', async () => {
  const [ann, bob] = [await newOwner(), await newOwner()]
  const device = await newDevice()
  await remembered(ann, device)
  await remembered(bob, device)
  await using process = await secondProcess(server.data, clock)
  const rows = await process.db
    .selectFrom('trusted_devices')
    .selectAll()
    .where('account', 'in', [ann.account, bob.account])
    .execute()
  const [one, two] = rows
  assert.ok(one && two && rows.length === 2)
  assert.notDeepEqual(one.tag, two.tag)
  for (const row of rows) {
    const bytes = Buffer.concat([row.tag, row.device]).toString('hex')
    const id = Buffer.from(device.id.slice(4), 'base64url')
    assert.ok(!bytes.includes(id.toString('hex')))
    assert.ok(!bytes.includes(Buffer.from(device.sig).toString('hex')))
  }
  const thief = await waiting(ann)
  const [own, challenge] = [await newDevice(), await challengeOf(thief)]
  const body = { challenge, key: one.tag.toString('base64url') }
  assert.equal((await signed(thief, own, { path: DEVICE, body })).code, 'factor-refused')
})

test('a signature is for one sign-in, by its challenge, and for minutes', async () => {
  const [owner, device] = [await newOwner(), await newDevice()]
  await remembered(owner, device)
  const [one, two] = [await waiting(owner), await waiting(owner)]
  const [challenge, other] = [await challengeOf(one), await challengeOf(two)]
  assert.notEqual(challenge, other)
  const key = keyOf(device)
  const crossed = { path: DEVICE, body: { challenge, key } }
  assert.equal((await signed(two, device, crossed)).code, 'factor-refused')
  const late = { ...crossed, created: clock.now() - 6 * 60_000 }
  assert.equal((await signed(one, device, late)).code, 'clock-wrong')
  assert.equal((await signed(one, device, crossed)).status, 201)
  assert.equal((await signed(one, device, crossed)).code, 'sign-in-needed')
  clock.advance(5 * 60_000)
  const waited = { path: DEVICE, body: { challenge: other, key } }
  assert.equal((await signed(two, device, waited)).code, 'sign-in-needed')
})

test('what one account remembers is nothing to another', async () => {
  const [ann, bob, device] = [await newOwner(), await newOwner(), await newDevice()]
  await remembered(ann, device)
  await isForgotten(bob, device)
  const [{ device: name = '' } = {}] = await devicesOf(await remembered(ann, device))
  assert.equal((await bob.browser.remove(`/api/factors/devices/${name}`)).status, 204)
  assert.equal((await byDevice(await waiting(ann), device)).status, 201)
})

test('nobody has a device remembered whose key does not sign, or without the second step', async () => {
  const [owner, device, other] = [await newOwner(), await newDevice(), await newDevice()]
  const browser = await waiting(owner)
  const body = { code: nextCode(owner), remember: keyOf(device) }
  assert.equal((await browser.post(TOTP, body)).code, 'signature-refused')
  assert.equal((await signed(browser, other, { path: TOTP, body })).code, 'signature-refused')
  const early = { path: TOTP, body, created: clock.now() + 6 * 60_000 }
  assert.equal((await signed(browser, device, early)).code, 'clock-wrong')
  // None of that used the code up, or counted.
  const wrong = { code: '000000', remember: keyOf(device) }
  assert.equal((await signed(browser, device, { path: TOTP, body: wrong })).code, 'factor-refused')
  assert.deepEqual(await devicesOf(owner.browser), [])
  assert.equal((await signed(browser, device, { path: TOTP, body })).status, 201)
  assert.equal((await devicesOf(owner.browser)).length, 1)
})

test('after ninety days the code is asked for again, however often the device was used', async () => {
  const [owner, device] = [await newOwner(), await newDevice()]
  await remembered(owner, device)
  clock.advance(89 * DAY)
  const browser = await waiting(owner)
  assert.equal((await byDevice(browser, device)).status, 201)
  const [one] = await devicesOf(browser)
  assert.equal(one?.['usedOn'], new Date(clock.now()).toISOString().slice(0, 10))
  clock.advance(DAY + 1)
  assert.deepEqual(await devicesOf(browser), [])
  await isForgotten(owner, device)
  assert.deepEqual(await failures(owner), [])
})

test('a device is forgotten by its owner, from anywhere', async () => {
  const [owner, lost, here] = [await newOwner(), await newDevice(), await newDevice()]
  await remembered(owner, lost)
  clock.advance(60_000)
  const browser = await remembered(owner, here)
  const [, { device: name = '', since = '' } = {}] = await devicesOf(browser)
  assert.ok(Date.parse(since) < clock.now())
  assert.equal((await browser.remove(`/api/factors/devices/${name}`)).status, 204)
  await isForgotten(owner, lost)
  assert.equal((await byDevice(await waiting(owner), here)).status, 201)
})

test('ten are remembered at most: one more ends the longest unused', async () => {
  const owner = await newOwner()
  const devices = await Promise.all(Array.from({ length: 11 }, newDevice))
  for (const device of devices) {
    await remembered(owner, device)
    clock.advance(DAY)
  }
  const [oldest, second] = devices
  assert.ok(oldest && second)
  await isForgotten(owner, oldest)
  const browser = await waiting(owner)
  assert.equal((await byDevice(browser, second)).status, 201)
  assert.equal((await devicesOf(browser)).length, 10)
})

const FORGETTING: Readonly<Record<string, (owner: AppOwner, browser: Browser) => Promise<Read>>> = {
  'a changed password': ({ password }, browser) =>
    browser.put('/api/accounts/current/password', { current: password, password }),
  'new recovery codes': (_owner, browser) => browser.post('/api/factors/recovery-codes'),
  'signing out everywhere else': (_owner, browser) => browser.remove('/api/sessions'),
  'another app': async (owner, browser) => {
    const { body } = await browser.post('/api/factors/totp')
    const secret = String(body['secret'])
    Object.assign(owner, { secret })
    const code = appCode(secret, clock.now())
    return browser.post('/api/factors/totp/confirmation', { code })
  },
}

for (const [what, happen] of Object.entries(FORGETTING)) {
  test(`${what} forgets all devices`, async () => {
    const [owner, device] = [await newOwner(), await newDevice()]
    const browser = await remembered(owner, device)
    const { status, code } = await happen(owner, browser)
    assert.ok(status < 300, `${status} ${code}`)
    assert.deepEqual(await devicesOf(browser), [])
    await isForgotten(owner, device)
  })
}

test('a reset by mail forgets all devices, too', async () => {
  const [owner, device] = [await newOwner(), await newDevice()]
  const browser = await remembered(owner, device)
  await browser.post('/api/resets', { email: owner.email })
  const [mail = ''] = await mailsTo(server, owner.email, /A new password for Pawpost/)
  const code = /^Code: ([\w-]{22})\r$/m.exec(mail)?.[1] ?? ''
  const reset = { code, password: 'cocoa and cake at five' }
  const stranger = browserAt(server)
  assert.equal((await stranger.post('/api/resets/password', reset)).code, 'second-factor-needed')
  assert.equal((await byDevice(stranger, device)).body['reason'], 'not-remembered')
})

test('a device is no proof: changing factors takes the second factor itself', async () => {
  const [owner, device] = [await newOwner(), await newDevice()]
  await remembered(owner, device)
  const browser = await waiting(owner)
  assert.equal((await byDevice(browser, device)).status, 201)
  assert.equal((await browser.post('/api/factors/recovery-codes')).code, 'proof-needed')
  const { password } = owner
  const proof = await browser.post('/api/factors/proof/password', { password })
  assert.equal(proof.code, 'second-factor-needed')
  assert.equal((await byDevice(browser, device)).status, 201)
  assert.equal((await browser.post('/api/factors/totp')).code, 'proof-needed')
})

test('a deleted account leaves no device behind', async () => {
  const [owner, device] = [await newOwner(), await newDevice()]
  const browser = await remembered(owner, device)
  const gone = await browser.post('/api/accounts/current/deletion', { current: owner.password })
  assert.equal(gone.status, 200)
  assert.equal((gone.body['deleted'] as Record<string, number>)['trustedDevices'], 1)
  await using process = await secondProcess(server.data, clock)
  const rows = await process.db
    .selectFrom('trusted_devices')
    .selectAll()
    .where('account', '=', owner.account)
    .execute()
  assert.deepEqual(rows, [])
})

test('a device is remembered over a restart', async () => {
  const [owner, device] = [await newOwner(), await newDevice()]
  await remembered(owner, device)
  await server.restart()
  assert.equal((await byDevice(await waiting(owner), device)).status, 201)
})

test('without a second factor there is nothing to remember', async () => {
  const { email, password } = await signUpAt(server)
  const browser = browserAt(server)
  assert.equal((await browser.post('/api/sessions', { email, password })).status, 201)
  assert.equal((await browser.post(`${DEVICE}/challenge`)).code, 'sign-in-needed')
  assert.deepEqual(await devicesOf(browser), [])
})
