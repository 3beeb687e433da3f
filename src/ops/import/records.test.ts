import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DBRef, EJSON, ObjectId, serialize } from 'bson'
import { type Fields, fieldsOf } from './documents.ts'
import { leftOutOf, readFriend, readUser } from './records.ts'

const HASH = `$2a$10$${'a'.repeat(53)}`
const ID = new ObjectId('54af1c0de4b0a1b2c3d4e5f6')
const MADE = new Date('2015-06-07T08:09:10.000Z')
const USER = {
  _id: ID,
  email: 'Some.One@Example.com ',
  emailVerified: true,
  _hashed_password: HASH,
  _created_at: MADE,
}
const ACCOUNT = {
  id: '54af1c0de4b0a1b2c3d4e5f6',
  address: 'some.one@example.com',
  hash: HASH,
  since: MADE,
}

/** A record as each of the formats brings it. */
function ways(record: object): Fields[] {
  const json = (options: object): Fields | undefined =>
    fieldsOf(Buffer.from(EJSON.stringify(record, options)), 'json')
  const all = [
    fieldsOf(serialize(record), 'bson'),
    json({ legacy: true }),
    json({ relaxed: true }),
    json({ relaxed: false }),
  ]
  return all.map((fields) => fields ?? assert.fail('unreadable'))
}

test('an account is the same from BSON and from each extended JSON', () => {
  for (const fields of ways(USER)) assert.deepEqual(readUser(fields), ACCOUNT)
  const old = `{"_id":{"$oid":"${ACCOUNT.id}"},"email":"a@b.example","emailVerified":true,
    "password":"${HASH}","createdAt":{"$date":1433664550000}}`
  assert.deepEqual(readUser(fieldsOf(Buffer.from(old), 'json') ?? {}), {
    ...ACCOUNT,
    address: 'a@b.example',
  })
})

test('an account that is no good is refused for its first fault', () => {
  const cases: readonly (readonly [string, object])[] = [
    ['id-missing', { _id: null }],
    ['address-missing', { email: '' }],
    ['address-missing', { email: 7 }],
    ['address-invalid', { email: 'nobody' }],
    ['address-invalid', { email: 'a@b.example,c@d.example' }],
    ['unverified', { emailVerified: false }],
    ['unverified', { emailVerified: 'true' }],
    ['unverified', { emailVerified: null }],
    ['hash-missing', { _hashed_password: null }],
    ['hash-not-bcrypt', { _hashed_password: 'e99a18c428cb38d5f260853678922e03' }],
    ['hash-not-bcrypt', { _hashed_password: HASH.slice(0, -1) }],
    ['hash-not-bcrypt', { _hashed_password: `${HASH}\n` }],
    ['hash-not-bcrypt', { _hashed_password: HASH.replace('$2a$', '$2x$') }],
    ['hash-not-bcrypt', { _hashed_password: HASH.replace('$10$', '$03$') }],
    ['hash-too-dear', { _hashed_password: HASH.replace('$10$', '$17$') }],
  ]
  for (const [reason, change] of cases) {
    for (const fields of ways({ ...USER, ...change })) assert.equal(readUser(fields), reason)
  }
  for (const prefix of ['$2a$04$', '$2b$10$', '$2y$16$']) {
    const record = { ...USER, _hashed_password: HASH.replace('$2a$10$', prefix) }
    for (const fields of ways(record)) assert.equal(typeof readUser(fields), 'object', prefix)
  }
})

test('a record that is no document is unreadable, whatever is in it', () => {
  for (const line of ['', '{', '[]', 'null', '7', '"text"', '{"a":1}{"b":2}']) {
    assert.equal(fieldsOf(Buffer.from(line), 'json'), undefined, line)
  }
  const good = serialize(USER)
  const damaged = good.with(good.length - 1, 7)
  assert.equal(fieldsOf(damaged, 'bson'), undefined)
  assert.equal(fieldsOf(new Uint8Array([5, 0, 0, 0]), 'bson'), undefined)
})

test('a name that is no UTF-8 spoils no account', () => {
  const bytes = serialize({ ...USER, username: 'XYXY' })
  const at = Buffer.from(bytes).indexOf('XYXY')
  bytes.set([0xc3, 0x28, 0xff, 0xfe], at)
  assert.deepEqual(readUser(fieldsOf(bytes, 'bson') ?? {}), ACCOUNT)
})

const FRIEND = { status: 'pending', targetEmailAddress: 'gran@example.org', name: 'Gran' }
const INVITATION = { inviter: ACCOUNT.id, address: 'gran@example.org' }

test('who invited is found in every way that a record may point', () => {
  const pointers: readonly object[] = [
    { owner: ID },
    { owner: ACCOUNT.id },
    { user: new DBRef('User', ID) },
    { _p_owner: `_User$${ACCOUNT.id}` },
    { inviter: { __type: 'Pointer', className: '_User', objectId: ACCOUNT.id } },
  ]
  for (const pointer of pointers) {
    for (const fields of ways({ ...FRIEND, ...pointer })) {
      assert.deepEqual(readFriend(fields), INVITATION, JSON.stringify(pointer))
    }
  }
})

test('only pending invitations of a user to an address are taken', () => {
  const cases: readonly (readonly [string, object])[] = [
    ['friendships', { status: 'Accepted' }],
    ['friendships', { status: 'rejected' }],
    ['status-unknown', { status: 3 }],
    ['status-unknown', { status: 'maybe' }],
    ['address-missing', { targetEmailAddress: null }],
    ['address-invalid', { targetEmailAddress: 'gran' }],
    ['inviter-unknown', { owner: null }],
    ['inviter-unknown', { owner: null, _p_owner: `Profile$${ACCOUNT.id}` }],
  ]
  for (const [reason, change] of cases) {
    const record = { ...FRIEND, owner: ID, ...change }
    for (const fields of ways(record)) assert.equal(readFriend(fields), reason)
  }
})

test('what is left out is seen, and only when it is there', () => {
  const profile = { displayName: 'A child', birthDay: 24, birthMonth: 12, plushToy: '' }
  assert.deepEqual(leftOutOf('Profile', profile), ['childNames', 'birthdays'])
  assert.deepEqual(leftOutOf('FriendRecord', { name: 'Gran', relationship: 'grandmother' }), [
    'relativeNames',
    'relationships',
  ])
  assert.deepEqual(leftOutOf('VoiceMessage', {}), ['recordings'])
  assert.deepEqual(leftOutOf('User', USER), [])
})
