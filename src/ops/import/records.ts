import type { NewAccount, NewInvitation } from '../../server/accounts/imports.ts'
import { parseAddress } from '../../server/accounts/address.ts'
import { dateIn, type Fields, has, idIn, pointerIn, textIn } from './documents.ts'

/** Why a record became no account, or no invitation. */
export const REFUSALS = {
  'record-too-long': 'longer than 16 MiB',
  'record-cut-off': 'the file ends in the middle of it',
  'length-absurd': 'its length cannot be; the file was read no further',
  'file-damaged': 'the packed file is damaged; it was read no further',
  'record-unreadable': 'no JSON, or no BSON',
  'id-missing': 'it has no id',
  unverified: 'its address was never confirmed',
  'address-missing': 'it has no address',
  'address-invalid': 'its address is none',
  'hash-missing': 'it has no password',
  'hash-not-bcrypt': 'its password is not hashed with bcrypt ($2a$, $2b$, $2y$)',
  'hash-too-dear': 'its bcrypt cost is above 16: one sign-in would hold the server for seconds',
  'address-duplicate': 'an earlier record of the export has the same address',
  'account-exists': 'somebody signed up with this address already',
  'status-unknown': 'neither pending nor decided',
  'inviter-unknown': 'whoever invited was not imported',
} as const satisfies Record<string, string>
export type Refusal = keyof typeof REFUSALS

/** What was in the export and is not in Pawpost. */
export const LEFT_OUT = {
  usernames: 'names of users',
  childNames: 'names of profiles',
  birthdays: 'birthdays',
  portraits: 'portraits',
  toys: 'toys and their names',
  relativeNames: 'names of relatives',
  relationships: 'relationships',
  friendships: 'invitations that were answered already',
  recordings: 'recordings',
} as const satisfies Record<string, string>
export type LeftOut = keyof typeof LEFT_OUT

/** The names of fields in which the parts of a record are looked for; the first that is there counts. */
const HASH = ['_hashed_password', 'hashedPassword', 'passwordHash', 'bcryptPassword', 'password']
const CREATED = ['_created_at', 'createdAt']
const INVITER = ['owner', 'user', 'inviter', 'sender', 'from']
const TARGET = ['targetEmailAddress', 'targetEmail', 'email']
const PRIVATE = {
  User: { usernames: ['username', 'name', 'displayName'] },
  FriendRecord: {
    relativeNames: ['name', 'displayName'],
    relationships: ['relationship'],
    portraits: ['photo', 'picture', 'portrait', 'image', 'avatar'],
  },
  Profile: {
    childNames: ['displayName', 'name', 'firstName'],
    birthdays: ['birthday', 'birthDate', 'dateOfBirth', 'birthDay', 'birthMonth'],
    portraits: ['photo', 'picture', 'portrait', 'image', 'avatar'],
    toys: ['plushToy', 'plushToyName', 'petName', 'nickname'],
    relationships: ['relationship'],
  },
  VoiceMessage: {},
} as const satisfies Record<string, Partial<Record<LeftOut, readonly string[]>>>

const BCRYPT = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/
/** bcrypt allows costs from 4; what is above the other is refused at sign-in, too. */
const COSTS = { least: 4, most: 16 }

/** What a record holds of the things that are left out. */
export function leftOutOf(kind: keyof typeof PRIVATE, fields: Fields): LeftOut[] {
  const names: Partial<Record<LeftOut, readonly string[]>> = PRIVATE[kind]
  const found = (Object.keys(names) as LeftOut[]).filter((what) => has(fields, names[what] ?? []))
  return kind === 'VoiceMessage' ? ['recordings'] : found
}

/** An account to be, or why not. Nothing of the record is trusted but address and hash. */
export function readUser(fields: Fields): NewAccount | Refusal {
  const id = idIn(fields)
  if (id === undefined) return 'id-missing'
  const text = textIn(fields, ['email'])
  if (text === undefined) return 'address-missing'
  const address = parseAddress(text)
  if (address === undefined) return 'address-invalid'
  if (fields['emailVerified'] !== true) return 'unverified'
  const hash = textIn(fields, HASH)
  const wrong = hash === undefined ? 'hash-missing' : faultOf(hash)
  if (hash === undefined || wrong !== undefined) return wrong ?? 'hash-missing'
  return { id, address, hash, since: dateIn(fields, CREATED) }
}

function faultOf(hash: string): Refusal | undefined {
  const cost = Number(BCRYPT.exec(hash)?.[1] ?? 0)
  if (cost < COSTS.least) return 'hash-not-bcrypt'
  return cost > COSTS.most ? 'hash-too-dear' : undefined
}

/** An open invitation, `friendships` when it was decided already, or why neither. */
export function readFriend(fields: Fields): NewInvitation | 'friendships' | Refusal {
  const status = textIn(fields, ['status'])?.toLowerCase()
  if (status === 'accepted' || status === 'approved' || status === 'rejected') return 'friendships'
  if (status !== 'pending') return 'status-unknown'
  const text = textIn(fields, TARGET)
  if (text === undefined) return 'address-missing'
  const address = parseAddress(text)
  if (address === undefined) return 'address-invalid'
  const inviter = pointerIn(fields, INVITER)
  if (!inviter || !/^_?Users?$/i.test(inviter.collection ?? 'User')) return 'inviter-unknown'
  return { inviter: inviter.id, address }
}
