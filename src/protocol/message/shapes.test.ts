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
import { deviceId, householdId, messageId, principalId } from '../ids.ts'
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

const voice = {
  author: 'sender',
  for: 'child',
  codec: 'opus/ogg',
  durationMs: 900,
  sound: new Uint8Array(9),
  raw: { codec: 'sonix-msadpcm/raw', bytes: new Uint8Array(9) },
}
const names = { path: 'child.name', right: ['Z', 'Z'.repeat(80)], wrong: ['', 'Z'.repeat(81), 1] }

const BODIES: Readonly<Record<Kind, readonly [honest: unknown, ...Edge[]]>> = {
  voice: [
    voice,
    { path: 'author', right: ['child'], wrong: ['guardian', '', null] },
    { path: 'for', right: [person], wrong: ['children', '', of, null] },
    { path: 'codec', right: [], wrong: ['opus', '', null] },
    counts('durationMs', 1, 300_000),
    sizes('sound', 1, 256 * KIB),
    { path: 'raw', right: [undefined], wrong: [null, {}] },
    { path: 'raw.codec', right: [], wrong: ['raw', ''] },
    { path: 'raw.more', right: [], wrong: [1] },
    sizes('raw.bytes', 1, 128 * KIB),
    MORE,
  ],
  forward: [
    { of, original: embedded },
    ids('of'),
    sizes('original.i', 1, 256 * KIB),
    sizes('original.s', 64),
    { path: 'original.more', right: [], wrong: [1] },
    MORE,
  ],
  receipt: [
    { of, event: 'played' },
    ids('of'),
    { path: 'event', right: ['approved', 'rejected', 'in-the-bear'], wrong: ['read', '', null] },
    MORE,
  ],
  profile: [
    { child: { name: 'Zoë' }, people: [{ person, name: 'Änne' }] },
    names,
    { path: 'child.born', right: [], wrong: ['2020-02-02'] },
    lengths('people', () => ({ person, name: 'x' }), 0, 64),
    ids('people.0.person'),
    { ...names, path: 'people.0.name' },
    { path: 'people.0.mail', right: [], wrong: ['a@b.example'] },
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
    counts('ts', 0),
    { path: 'kind', right: [], wrong: ['receipt', 'toString', '', 1] },
    MORE,
  ])
})

/** A message of exactly so many bytes. */
function sized(kind: 'voice' | 'forward', size: number): Uint8Array {
  const { raw: _, ...plain } = voice
  const made = (length: number): Uint8Array => {
    const bytes = new Uint8Array(length)
    const body =
      kind === 'voice' ? { ...plain, sound: bytes } : { of, original: { ...embedded, i: bytes } }
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
