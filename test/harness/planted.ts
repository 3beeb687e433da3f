import assert from 'node:assert/strict'
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hash as bcrypt } from '@node-rs/bcrypt'
import { cookieOf, GOOD_PASSWORD, mailsTo, post, signUpAt } from './account.ts'
import { byteNeedles, textNeedles, type Needle } from './hunt.ts'

/** Addresses planted in a server, by what becomes of them there. */
export type Planted = {
  /** Accounts of the first maker, with the password {@link GOOD_PASSWORD}. */
  readonly imported: readonly string[]
  /** Whom those had invited, in vain so far. */
  readonly invited: readonly string[]
  /** People who sign up, and do whatever one can do with an account. */
  readonly living: readonly string[]
  /** Who signed up and never confirmed. */
  readonly waiting: readonly string[]
  /** Who has no account, and tries to sign in all the same. */
  readonly strangers: readonly string[]
}

const NEW_PASSWORD = 'coffee and cake at seven'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'

/** So many random addresses, a dozen of each kind but those that are imported. */
export function plant(count: number): Planted {
  const few = (many: number): string[] => Array.from({ length: many }, randomAddress)
  const kinds = { invited: few(100), living: few(12), waiting: few(12), strangers: few(12) }
  return { ...kinds, imported: few(count - Object.values(kinds).flat().length) }
}

/** As people type them: some in capitals. */
function randomAddress(): string {
  const local = word(14)
  return `${randomInt(2) === 0 ? local : local.toUpperCase()}@${word(8)}.example`
}

function word(length: number): string {
  return Array.from(randomBytes(length), (byte) => LETTERS[byte % LETTERS.length]).join('')
}

/**
 * What gives an address away: the part before the @, as typed or in small letters, and a hash of the
 * whole without a key, by which anybody recognises an address that he has on a list.
 */
export function addressNeedles(address: string): readonly Needle[] {
  const known = address.toLowerCase()
  const locals = new Set([address, known].map((text) => text.slice(0, text.indexOf('@'))))
  return [
    ...[...locals].flatMap((text) => textNeedles(address, text)),
    ...['md5', 'sha1', 'sha256'].flatMap((kind) =>
      byteNeedles(address, createHash(kind).update(known).digest()),
    ),
  ]
}

/** Writes an export of the first maker with those who are to be imported, and their invitations. */
export async function writePlanted(folder: string, planted: Planted): Promise<void> {
  await mkdir(folder, { recursive: true })
  const hash = await bcrypt(GOOD_PASSWORD, 5)
  const ids = planted.imported.map(() => randomBytes(12).toString('hex'))
  const users = planted.imported.map((email, number) => ({
    _id: { $oid: ids[number] },
    email,
    emailVerified: true,
    _hashed_password: hash,
  }))
  const friends = planted.invited.map((targetEmailAddress, number) => ({
    _id: { $oid: randomBytes(12).toString('hex') },
    status: 'pending',
    targetEmailAddress,
    _p_owner: `_User$${ids[number]}`,
  }))
  await writeFile(join(folder, '_User.json'), linesOf(users))
  await writeFile(join(folder, 'FriendRecord.json'), linesOf(friends))
}

function linesOf(documents: readonly object[]): string {
  return documents.map((document) => `${JSON.stringify(document)}\n`).join('')
}

type Target = { readonly origin: string; mails(): Promise<string[]> }

/** Has people do everything that writes logs and mails. */
export async function liveOn(server: Target, planted: Planted): Promise<void> {
  for (const email of planted.living) await liveOne(server, email)
  for (const email of planted.waiting) {
    await expect(server, '/api/accounts', { email, password: GOOD_PASSWORD }, 201)
  }
  for (const email of planted.strangers) {
    await expect(server, '/api/sessions', { email, password: GOOD_PASSWORD }, 401)
    await expect(server, '/api/resets', { email }, 204)
  }
  for (const email of planted.imported.slice(0, planted.living.length)) {
    await expect(server, '/api/sessions', { email, password: NEW_PASSWORD }, 401)
    await expect(server, '/api/sessions', { email, password: GOOD_PASSWORD }, 201)
  }
}

async function liveOne(server: Target, typed: string): Promise<void> {
  // Mails go to the address as the server writes it.
  const { email } = await signUpAt(server, typed.toLowerCase())
  await expect(server, '/api/accounts', { email: typed, password: GOOD_PASSWORD }, 201)
  await expect(server, '/api/sessions', { email: typed, password: 'not this one at all' }, 401)
  await expect(server, '/api/resets', { email: typed }, 204)
  const [mail = ''] = (await mailsTo(server, email, /^Code: \S{20,}\r$/m)).slice(-1)
  const code = /^Code: (\S+)\r$/m.exec(mail)?.[1]
  await expect(server, '/api/resets/password', { code, password: NEW_PASSWORD }, 200)
  const session = { email: typed, password: NEW_PASSWORD }
  const cookie = cookieOf(await expect(server, '/api/sessions', session, 201))
  const change = { current: NEW_PASSWORD, password: GOOD_PASSWORD }
  const changed = await fetch(`${server.origin}/api/accounts/current/password`, {
    method: 'PUT',
    body: JSON.stringify(change),
    headers: { 'content-type': 'application/json', cookie },
  })
  assert.equal(changed.status, 204, await changed.text())
  const out = await fetch(`${server.origin}/api/accounts/current/export`, { headers: { cookie } })
  assert.ok((await out.text()).includes(email))
}

async function expect(
  server: Target,
  path: string,
  body: object,
  status: number,
): Promise<Response> {
  const response = await post(server, path, body)
  assert.equal(response.status, status, `${path}: ${await response.clone().text()}`)
  return response
}
