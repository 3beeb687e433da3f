import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { CreationOptions } from '../../src/protocol/api/passkeys.ts'
import { WRAPPED_CARD_BYTES } from '../../src/protocol/api/wrapped-cards.ts'
import { signUpAt } from '../harness/account.ts'
import { createAuthenticator } from '../harness/authenticator.ts'
import { browserAt, type Browser, type Read } from '../harness/browser.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// Recovery cards that passkeys keep: opaque, each for a passkey of the account, and gone with it.

const PATH = '/api/wrapped-cards'
let server: TestServer
let device: ReturnType<typeof createAuthenticator>

before(async () => {
  server = await startTestServer()
  device = createAuthenticator(server.origin)
})
after(() => server.close())

type Owner = { readonly browser: Browser; readonly credential: string; readonly passkey: string }

async function stranger(): Promise<Browser> {
  const { cookie } = await signUpAt(server)
  const [name = '', value = ''] = cookie.split('=')
  return browserAt(server, new Map([[name, value]]))
}

async function owner(): Promise<Owner> {
  const browser = await stranger()
  const options = (await browser.post('/api/factors/passkeys/challenge')).body as CreationOptions
  const { passkey, ...made } = device.create(options)
  const added = await browser.post('/api/factors/passkeys', made)
  assert.equal(added.status, 201)
  return { browser, credential: passkey.id, passkey: String(added.body['passkey']) }
}

function noise(bytes = 44): string {
  return randomBytes(bytes).toString('base64url')
}

function put({ browser, credential }: Omit<Owner, 'passkey'>, wrapped: string): Promise<Read> {
  return browser.put(`${PATH}/${credential}`, { wrapped })
}

async function cards(browser: Browser): Promise<unknown> {
  return (await browser.get(PATH)).body['cards']
}

test('a card is kept for a passkey, replaced, and forgotten', async () => {
  const mine = await owner()
  assert.deepEqual(await cards(mine.browser), [])
  for (const wrapped of [noise(), noise(), noise(WRAPPED_CARD_BYTES)]) {
    assert.equal((await put(mine, wrapped)).status, 204)
    assert.deepEqual(await cards(mine.browser), [{ credential: mine.credential, wrapped }])
  }
  for (const _ of [1, 2]) {
    assert.equal((await mine.browser.remove(`${PATH}/${mine.credential}`)).status, 204)
  }
  assert.deepEqual(await cards(mine.browser), [])
})

test('only for a passkey of the account itself', async () => {
  const [mine, other] = [await owner(), await owner()]
  const wrapped = noise()
  await put(mine, wrapped)
  const { credential } = mine
  assert.equal((await put({ browser: other.browser, credential }, noise())).code, 'not-found')
  assert.equal((await put({ ...mine, credential: noise(16) }, noise())).code, 'not-found')
  await other.browser.remove(`${PATH}/${credential}`)
  assert.deepEqual(await cards(mine.browser), [{ credential, wrapped }], 'as it was')
  assert.deepEqual(await cards(other.browser), [])
  const nobody = browserAt(server)
  assert.equal((await nobody.get(PATH)).code, 'sign-in-needed')
  assert.equal((await put({ browser: nobody, credential }, noise())).code, 'sign-in-needed')
})

test('with the passkey its card goes', async () => {
  const mine = await owner()
  await put(mine, noise())
  const removed = await mine.browser.remove(`/api/factors/passkeys/${mine.passkey}`)
  assert.equal(removed.status, 204)
  assert.deepEqual(await cards(mine.browser), [])
})

test('what is too large, or no text of ours, is refused', async () => {
  const mine = await owner()
  for (const wrapped of ['', noise(WRAPPED_CARD_BYTES + 1), 'äöü', 'A'.repeat(5)]) {
    assert.equal((await put(mine, wrapped)).code, 'bad-request', wrapped)
  }
  assert.deepEqual(await cards(mine.browser), [])
})

test('nobody changes it without end', async () => {
  const mine = await owner()
  const answers: number[] = []
  for (let time = 0; time < 25; time += 1) answers.push((await put(mine, noise())).status)
  assert.equal(answers.filter((status) => status === 204).length, 20)
  assert.equal(answers.at(-1), 429)
})
