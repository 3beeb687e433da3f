import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  counts,
  demandEdges,
  ids,
  lengths,
  schemaOf,
  sizes,
  type Edge,
} from '../../../test/harness/edges.ts'
import { ascii, concatBytes } from '../bytes.ts'
import { toCbor } from '../cbor.ts'
import { childId, deviceId, householdId, messageId, principalId } from '../ids.ts'
import { readInner } from './inner.ts'
import { KINDS, original, type Kind } from './kinds.ts'
import { BUCKETS, readOuter } from './outer.ts'

// The edges of everything that a message carries.

const KIB = 1024
const id = (fill: number): Uint8Array => new Uint8Array(16).fill(fill)
const person = principalId.from(id(1))
const of = messageId.from(id(2))
const embedded = { i: new Uint8Array(9), s: new Uint8Array(64) }
const MORE: Edge = { path: 'more', right: [], wrong: [1, null] }

const child = childId.from(id(5))
const voice = {
  author: 'sender',
  for: [child],
  codec: 'opus/ogg',
  durationMs: 900,
  sound: new Uint8Array(9),
  raw: { codec: 'sonix-msadpcm/raw', bytes: new Uint8Array(9) },
  part: { set: id(6), at: 0, of: 2 },
}
const span = { from: 1170, to: 390 }
const known = {
  id: child,
  name: 'Zoë',
  birthday: { month: 2, day: 29 },
  quiet: { zone: 'Europe/Berlin', school: span, free: span },
}

/** A name of 1 to 80 letters. */
function name(path: string): Edge {
  return { path, right: ['Z', 'Z'.repeat(80)], wrong: ['', 'Z'.repeat(81), 1, null] }
}

/** A field that may be left out, and never be nothing. */
function optional(path: string): Edge {
  return { path, right: [undefined], wrong: [null, ''] }
}

/** One of a closed list of words. */
function words(path: string, all: readonly string[]): Edge {
  return { path, right: all, wrong: ['', 'toString', 'other than these', null, 1] }
}

const BODIES: Readonly<Record<Kind, readonly [honest: unknown, ...Edge[]]>> = {
  voice: [
    voice,
    { path: 'author', right: ['sender', child], wrong: ['child', person, of, '', null] },
    lengths('for', (at) => childId.from(id(at)), 1, 32),
    { path: 'for', right: [[person], [child, person]], wrong: [child, 'child', null, ['child']] },
    { path: 'for', right: [], wrong: [[child, child], [person, child, person], [of], ['']] },
    { path: 'codec', right: [], wrong: ['opus', '', null] },
    counts('durationMs', 1, 300_000),
    sizes('sound', 1, 256 * KIB),
    { path: 'raw', right: [undefined], wrong: [null, {}] },
    { path: 'raw.codec', right: [], wrong: ['raw', ''] },
    { path: 'raw.more', right: [], wrong: [1] },
    sizes('raw.bytes', 1, 128 * KIB),
    { path: 're', right: [undefined, of], wrong: [person, child, '', null] },
    optional('part'),
    sizes('part.set', 16),
    { path: 'part.at', right: [0, 1], wrong: [-1, 0.5, 2, '0', null] },
    { path: 'part', right: [{ ...voice.part, at: 7, of: 8 }], wrong: [] },
    { path: 'part', right: [], wrong: [8, 9].map((at) => ({ ...voice.part, at, of: at + 1 })) },
    counts('part.of', 2, 8),
    { path: 'part.more', right: [], wrong: [1] },
    MORE,
  ],
  forward: [
    { of, why: 'approve', original: embedded },
    ids('of'),
    words('why', ['approve', 'share', 'keep']),
    sizes('original.i', 1, 256 * KIB),
    sizes('original.s', 64),
    { path: 'original.more', right: [], wrong: [1] },
    MORE,
  ],
  receipt: [
    { of, event: 'played' },
    ids('of'),
    words('event', ['approved', 'rejected', 'withdrawn', 'in-the-bear', 'played']),
    MORE,
  ],
  profile: [
    { children: [known], people: [{ person, name: 'Änne' }] },
    lengths('children', () => known, 0, 32),
    ids('children.0.id'),
    name('children.0.name'),
    words('children.0.plush', ['bear', 'cat', 'dog', 'bunny', 'unicorn']),
    name('children.0.pet'),
    optional('children.0.birthday'),
    counts('children.0.birthday.month', 1, 12),
    counts('children.0.birthday.day', 1, 31),
    { path: 'children.0.birthday.year', right: [], wrong: [2020] },
    optional('children.0.quiet'),
    { path: 'children.0.quiet.zone', right: ['U', 'U'.repeat(64)], wrong: ['', 'U'.repeat(65), 1] },
    optional('children.0.quiet.school'),
    counts('children.0.quiet.school.from', 0, 1439),
    counts('children.0.quiet.school.to', 0, 1439),
    { path: 'children.0.quiet.school.more', right: [], wrong: [1] },
    optional('children.0.quiet.free'),
    counts('children.0.quiet.free.from', 0, 1439),
    counts('children.0.quiet.volume', 0, 100),
    { path: 'children.0.quiet.more', right: [], wrong: [1] },
    { path: 'children.0.born', right: [], wrong: ['2020-02-02'] },
    lengths('people', () => ({ person, name: 'x' }), 0, 64),
    ids('people.0.person'),
    name('people.0.name'),
    words('people.0.relation', [
      'mother',
      'father',
      'grandmother',
      'grandfather',
      'aunt',
      'uncle',
      'cousin',
      'other',
    ]),
    lengths('people.0.children', (at) => childId.from(id(at)), 0, 32),
    { path: 'people.0.children', right: [], wrong: [[person], [''], child, null] },
    { path: 'people.0.paused', right: [true, undefined], wrong: [false, 1, null] },
    { path: 'people.0.mail', right: [], wrong: ['a@b.example'] },
    MORE,
  ],
  portrait: [
    { of: child, type: 'image/webp', image: new Uint8Array(9) },
    { path: 'of', right: [child, person], wrong: [of, 'child', '', null] },
    words('type', ['image/jpeg', 'image/png', 'image/webp']),
    { path: 'type', right: [], wrong: ['image/svg+xml', 'image/gif', 'text/html'] },
    sizes('image', 0, 60 * KIB),
    MORE,
  ],
  hide: [{ of }, ids('of'), MORE],
  keepsake: [
    {
      from: 'Änne',
      child: false,
      to: 'Zoë',
      at: 5,
      codec: 'opus/ogg',
      durationMs: 9,
      sound: id(7),
    },
    ...['from', 'to'].map((path) => ({
      path,
      right: ['', 'Z'.repeat(200)],
      wrong: ['Z'.repeat(201), 1, null],
    })),
    { path: 'child', right: [true], wrong: [1, 'true', null] },
    counts('at', 0, 8_640_000_000_000_000),
    { path: 'codec', right: [], wrong: ['opus', '', null] },
    counts('durationMs', 1, 300_000),
    sizes('sound', 1, 256 * KIB),
    MORE,
  ],
  erase: [{ of }, ids('of'), MORE],
  purpose: [{ purpose: new Uint8Array(9) }, sizes('purpose', 1, 1024), MORE],
  consent: [
    { purpose: new Uint8Array(32), s: new Uint8Array(64) },
    sizes('purpose', 32),
    sizes('s', 64),
    MORE,
  ],
}

describe('the bodies of messages', () => {
  for (const [kind, [honest, ...edges]] of Object.entries(BODIES)) {
    test(kind, () => demandEdges(KINDS[kind as Kind], honest, edges))
  }

  test('an embedded message', () => {
    const edges = [sizes('i', 1, 256 * KIB), sizes('s', 64), MORE]
    demandEdges(original, embedded, edges)
  })
})

const addressee = (at: number): object => ({ pid: principalId.from(id(at)), epoch: 1 })

const inner = {
  v: 1,
  hid: householdId.from(id(3)),
  mid: of,
  by: deviceId.from(id(4)),
  n: 1,
  prev: new Uint8Array(32),
  head: { seq: 0, hash: new Uint8Array(32) },
  to: [{ pid: person, epoch: 1 }],
  ts: 5,
  kind: 'erase',
  body: { of },
}

test('the signed message', () => {
  demandEdges(schemaOf(readInner, 'inner-malformed'), inner, [
    { path: 'v', right: [], wrong: [0, 2, '1'] },
    ids('hid'),
    ids('mid'),
    ids('by'),
    counts('n', 1),
    sizes('prev', 32),
    counts('head.seq', 0),
    sizes('head.hash', 32),
    { path: 'head.more', right: [], wrong: [1] },
    lengths('to', addressee, 1, 32),
    { path: 'to', right: [], wrong: [[1, 1].map(() => ({ pid: person, epoch: 1 }))] },
    ids('to.0.pid'),
    counts('to.0.epoch', 1),
    { path: 'to.0.more', right: [], wrong: [1] },
    { path: 'ts', right: [0, 8.64e15], wrong: [-1, 0.5, '1', 8.64e15 + 1] },
    { path: 'kind', right: [], wrong: ['receipt', 'toString', '', 1] },
    MORE,
  ])
})

/** A message of exactly so many bytes. */
function sized(kind: 'voice' | 'forward', size: number): Uint8Array {
  const { raw: _, part: __, ...plain } = voice
  const made = (length: number): Uint8Array => {
    const bytes = new Uint8Array(length)
    const body =
      kind === 'voice'
        ? { ...plain, sound: bytes }
        : { of, why: 'approve', original: { ...embedded, i: bytes } }
    return toCbor({ ...inner, kind, body })
  }
  const most = 200 * KIB
  const message = made(size - (made(most).length - most))
  assert.equal(message.length, size)
  return message
}

test('anything but a forward leaves room to be embedded, to the byte', () => {
  const most = 252 * KIB
  readInner(sized('voice', most))
  assert.throws(() => readInner(sized('voice', most + 1)), { reason: 'too-large' })
  readInner(sized('forward', most + 1))
})

test('the outer envelope', () => {
  const outer = {
    v: 1,
    hid: householdId.from(id(3)),
    mid: of,
    by: deviceId.from(id(4)),
    to: [addressee(0)],
    size: 4096,
    sha256: new Uint8Array(32),
    expiry: 'kept',
  }
  demandEdges(schemaOf(readOuter, 'outer-malformed'), outer, [
    { path: 'v', right: [], wrong: [0, 2, '1'] },
    ids('hid'),
    ids('mid'),
    ids('by'),
    lengths('to', addressee, 1, 32),
    { path: 'to', right: [], wrong: [[addressee(0), addressee(0)]] },
    ids('to.0.pid'),
    counts('to.0.epoch', 1),
    { path: 'size', right: BUCKETS, wrong: [0, 4095, 4097, 4096.5, 512 * KIB] },
    sizes('sha256', 32),
    { path: 'expiry', right: ['delivered'], wrong: ['never', '', null] },
    MORE,
  ])
  assert.throws(() => readOuter(concatBytes(toCbor(outer), ascii(' '))))
})
