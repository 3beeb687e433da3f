import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  counts,
  demandEdges,
  ids,
  schemaOf,
  sizes,
  type Edge,
} from '../../../test/harness/edges.ts'
import { LINK_BYTES } from '../api/households.ts'
import { concatBytes } from '../bytes.ts'
import { toCbor } from '../cbor.ts'
import { deviceId, householdId } from '../ids.ts'
import { readLink } from './link.ts'

// The edges of a link, before anybody asks who signed it.

const body = {
  v: 1,
  hid: householdId.from(new Uint8Array(16)),
  seq: 0,
  prev: new Uint8Array(32),
  by: deviceId.from(new Uint8Array(16)),
  ts: 0,
  op: 'rotate',
  a: null,
}
const s = new Uint8Array(64)
const MORE: Edge = { path: 'more', right: [], wrong: [1, null] }

test('a body', () => {
  const readBody = (bytes: Uint8Array): unknown => readLink(toCbor({ b: bytes, s }))
  demandEdges(schemaOf(readBody, 'link-malformed'), body, [
    { path: 'v', right: [], wrong: [0, 2, '1', null] },
    { path: 'hid', right: [null], wrong: [`pr-${'A'.repeat(22)}`, '', 'x', 1] },
    counts('seq', 0),
    sizes('prev', 32),
    ids('by'),
    counts('ts', 0),
    { path: 'op', right: ['', 'o'.repeat(16)], wrong: ['o'.repeat(17), null, 1] },
    MORE,
  ])
})

test('a body and a signature, and nothing else', () => {
  demandEdges(schemaOf(readLink, 'link-malformed'), { b: toCbor(body), s }, [
    { path: 'b', right: [], wrong: [new Uint8Array(), new Uint8Array(1), 'AA', null] },
    sizes('s', 64),
    MORE,
  ])
})

test('a link has a size, and beyond it nobody reads on', () => {
  const sized = (size: number): Uint8Array => {
    const made = (length: number): Uint8Array =>
      toCbor({ b: toCbor({ ...body, a: new Uint8Array(length) }), s })
    const most = 100 * 1024
    const link = made(size - (made(most).length - most))
    assert.equal(link.length, size)
    return link
  }
  assert.equal(readLink(sized(LINK_BYTES)).body.op, 'rotate')
  assert.throws(() => readLink(sized(LINK_BYTES + 1)), { reason: 'link-too-large' })
  const endless = concatBytes(new Uint8Array(LINK_BYTES + 1))
  assert.throws(() => readLink(endless), { code: 'log-refused', reason: 'link-too-large' })
})
