import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { EJSON, ObjectId, serialize } from 'bson'
import { seeded } from '../codec/material.ts'

/**
 * A synthetic export of the maker's database, the same for the same seed. No person is in it, and no
 * part of the real one; sizes and faults are chosen here.
 */

/** `v1` and `v2` are the two dialects of mongoexport; all but `bson` write a document a line. */
export type Dialect = 'v1' | 'v2' | 'bson'

export type ExportPlan = {
  readonly seed: number
  readonly users: number
  readonly friends: number
  readonly profiles: number
  readonly messages: number
  readonly dialect: Dialect
  readonly isPacked?: boolean
}

/** What an import has to make of it. */
export type Expected = {
  accounts: number
  waiting: number
  friendships: number
  refused: Record<string, number>
  refusedInvitations: Record<string, number>
}

type Document = Record<string, unknown>

/** bcrypt hashes (cost 5) of `qwe`, `password`, `123456` and `cloudpets`, made once. */
export const HASHES = [
  ['qwe', '$2a$05$7A0EwryMdXEz..yZIC.jgOmFt4yTsOwIIJG/FI8o/e0kBHteg0WgC'],
  ['password', '$2b$05$8yDhhocZ4DyJZK3tvdPbwe7MPPjs1/dXyJz2Mguf8dO/4VlHjAY3y'],
  ['123456', '$2y$05$HYiOzr489yiGkd49rZaboO2ewOu9n7a.flX4d/mFlrDE2yDSncflu'],
  ['cloudpets', '$2a$05$VWp62sAcb45jYsQJtNziK.mcOpdomJF2UUIKAoUS5GRQM6E/zFO1a'],
] as const

/** Of 100 users, by their number, those that are no good; everybody else is. */
const FAULTS: Readonly<Record<number, readonly [reason: string, change: Document]>> = {
  7: ['unverified', { emailVerified: false }],
  19: ['hash-not-bcrypt', { _hashed_password: 'e99a18c428cb38d5f260853678922e03' }],
  23: ['unverified', { emailVerified: undefined }],
  41: ['address-invalid', { email: 'nobody at nowhere' }],
  59: ['hash-missing', { _hashed_password: undefined }],
  67: ['hash-too-dear', { _hashed_password: `$2a$31$${'x'.repeat(53)}` }],
  83: ['address-missing', { email: undefined }],
}
/** This one of 100 has the address of the user before, in capitals. */
const DOUBLE = 97

/** The words that stand for children, relatives and birthdays: none of them may be kept. */
export const SECRETS = ['Zwergin', 'Omama', '24. Dezember', 'picture-of-child', 'voice-of-child']

export function addressOf(seed: number, user: number): string {
  return `u${user}.s${seed}@family${user % 977}.example`
}

/** Writes the files of an export into a folder; returns what is to be expected of it. */
export async function writeExport(folder: string, plan: ExportPlan): Promise<Expected> {
  mkdirSync(folder, { recursive: true })
  const expected = newExpected()
  await write(folder, '_User', plan, usersOf(plan, expected))
  await write(folder, 'FriendRecord', plan, friendsOf(plan, expected))
  await write(folder, 'Profile', plan, profilesOf(plan))
  await write(folder, 'VoiceMessage', plan, messagesOf(plan))
  return expected
}

/** Some of the users that become accounts, spread over the export, with their passwords. */
export function sampleUsers(
  plan: ExportPlan,
  many: number,
): { readonly address: string; readonly password: string }[] {
  const random = seeded(plan.seed)
  const every = Math.max(1, Math.floor(plan.users / many))
  const found: { address: string; password: string }[] = []
  for (let number = 0; number < plan.users; number++) {
    const [password] = HASHES[Math.floor(random() * HASHES.length)] ?? HASHES[0]
    const isGood = !FAULTS[number % 100] && number % 100 !== DOUBLE
    if (isGood && number % every === 0)
      found.push({ address: addressOf(plan.seed, number), password })
  }
  return found
}

function newExpected(): Expected {
  return { accounts: 0, waiting: 0, friendships: 0, refused: {}, refusedInvitations: {} }
}

async function write(
  folder: string,
  name: string,
  { dialect, isPacked = false }: ExportPlan,
  documents: Iterable<Document>,
): Promise<void> {
  const ending = dialect === 'bson' ? 'bson' : 'json'
  const path = join(folder, `${name}.${ending}${isPacked ? '.gz' : ''}`)
  const chunks = Readable.from(chunksOf(documents, dialect))
  const file = createWriteStream(path)
  await (isPacked ? pipeline(chunks, createGzip({ level: 1 }), file) : pipeline(chunks, file))
}

/** Written by the thousand: a stream of single documents would take longer than the import. */
function* chunksOf(documents: Iterable<Document>, dialect: Dialect): Generator<Buffer> {
  let parts: Uint8Array[] = []
  for (const document of documents) {
    if (parts.push(encode(document, dialect)) < 1000) continue
    yield Buffer.concat(parts)
    parts = []
  }
  yield Buffer.concat(parts)
}

function encode(document: Document, dialect: Dialect): Uint8Array {
  if (dialect === 'bson') return serialize(document, { ignoreUndefined: true })
  const known = Object.entries(document).filter(([, value]) => value !== undefined)
  const json = EJSON.stringify(Object.fromEntries(known), {
    relaxed: false,
    legacy: dialect === 'v1',
  })
  return Buffer.from(`${json}\n`)
}

function idOf(plan: ExportPlan, collection: number, number: number): ObjectId {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(1_430_000_000 + number, 0)
  bytes.writeUInt32BE(plan.seed >>> 0, 4)
  bytes.writeUInt8(collection, 8)
  bytes.writeUIntBE(number & 0xff_ffff, 9, 3)
  return new ObjectId(bytes)
}

function* usersOf(plan: ExportPlan, expected: Expected): Generator<Document> {
  const random = seeded(plan.seed)
  for (let number = 0; number < plan.users; number++) {
    const [, hash] = HASHES[Math.floor(random() * HASHES.length)] ?? HASHES[0]
    const [reason, change] = FAULTS[number % 100] ?? []
    const isDouble = number % 100 === DOUBLE
    const address = addressOf(plan.seed, isDouble ? number - 1 : number)
    if (isDouble) count(expected.refused, 'address-duplicate')
    else if (reason) count(expected.refused, reason)
    else expected.accounts += 1
    yield {
      _id: idOf(plan, 1, number),
      username: `user-${number}`,
      email: isDouble ? address.toUpperCase() : address,
      emailVerified: true,
      _hashed_password: hash,
      _created_at: new Date(1_430_000_000_000 + number * 1000),
      ...change,
    }
  }
}

/** Every user is someone's inviter; some of those were not imported. */
function* friendsOf(plan: ExportPlan, expected: Expected): Generator<Document> {
  for (let number = 0; number < plan.friends; number++) {
    const inviter = number % plan.users
    const isPending = number % 3 === 0
    const isKnown = !FAULTS[inviter % 100] && inviter % 100 !== DOUBLE
    if (!isPending) expected.friendships += 1
    else if (isKnown) expected.waiting += 1
    else count(expected.refusedInvitations, 'inviter-unknown')
    yield {
      _id: idOf(plan, 2, number),
      name: SECRETS[1],
      relationship: 'grandmother',
      status: isPending ? 'pending' : 'accepted',
      targetEmailAddress: `relative${number}@elsewhere.example`,
      _p_owner: `_User$${idOf(plan, 1, inviter).toHexString()}`,
    }
  }
}

function* profilesOf(plan: ExportPlan): Generator<Document> {
  for (let number = 0; number < plan.profiles; number++) {
    yield {
      _id: idOf(plan, 3, number),
      displayName: SECRETS[0],
      birthday: SECRETS[2],
      portrait: SECRETS[3],
      plushToy: 'bear',
      owner: idOf(plan, 1, number % plan.users),
    }
  }
}

function* messagesOf(plan: ExportPlan): Generator<Document> {
  for (let number = 0; number < plan.messages; number++) {
    yield {
      _id: idOf(plan, 4, number),
      file: `${SECRETS[4]}/${number}.caf`,
      sender: idOf(plan, 1, number % plan.users),
      flags: number % 16,
    }
  }
}

function count(counts: Record<string, number>, reason: string): void {
  counts[reason] = (counts[reason] ?? 0) + 1
}
