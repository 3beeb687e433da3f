import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counts, demandEdges, ids, lengths, sizes, type Edge } from '../../../test/harness/edges.ts'
import { newDevice } from '../../../test/harness/family.ts'
import { deviceId, householdId, inviteId, principalId } from '../ids.ts'
import { joinRequestBody, OPS, RESERVED_OPS, ROLES } from './ops.ts'

// The edges of everything that a link carries.

const { sig, kem } = await newDevice()
const sixteen = (fill: number): Uint8Array => new Uint8Array(16).fill(fill)
const device = deviceId.from(sixteen(1))
const of = principalId.from(sixteen(2))
const hash = new Uint8Array(32)
const keys = { sig, kem }
const wrap = { to: device, hash }
const principal = { id: of, rec: kem, wraps: [wrap] }
const rotation = { id: of, epoch: 2, rec: kem, wraps: [wrap] }
const grant = { of, epoch: 1, to: device, hash }

function wrapEdges(path: string): Edge[] {
  return [
    lengths(path, () => wrap, 1, 256),
    ids(`${path}.0.to`),
    sizes(`${path}.0.hash`, 32),
    { path: `${path}.0.more`, right: [], wrong: [1] },
  ]
}

function recipientEdges(path: string): Edge {
  return { path, right: [], wrong: [kem.toUpperCase(), kem.slice(1), `${kem}q`, '', null] }
}

function keyEdges(path: string): Edge[] {
  const more = { path: `${path}.more`, right: [], wrong: [1] }
  return [sizes(`${path}.sig`, 32), recipientEdges(`${path}.kem`), more]
}

function principalEdges(path: string): Edge[] {
  const more = { path: `${path}.more`, right: [], wrong: [1] }
  return [ids(`${path}.id`), recipientEdges(`${path}.rec`), ...wrapEdges(`${path}.wraps`), more]
}

function rotationEdges(path: string): Edge[] {
  return [counts(`${path}.epoch`, 1, 1_000_000), ...principalEdges(path)]
}

function grantEdges(path: string): Edge[] {
  return [
    ids(`${path}.of`),
    counts(`${path}.epoch`, 1, 1_000_000),
    ids(`${path}.to`),
    sizes(`${path}.hash`, 32),
    { path: `${path}.more`, right: [], wrong: [1] },
  ]
}

const MORE: Edge = { path: 'more', right: [], wrong: [1, null] }

test('genesis', () => {
  const genesis = {
    suite: 'PP1',
    device: keys,
    person: principal,
    household: principal,
    card: keys,
    cardProof: new Uint8Array(64),
    policy: { approval: true },
  }
  demandEdges(OPS.genesis, genesis, [
    { path: 'suite', right: [], wrong: ['PP0', 'PP2', '', null] },
    ...keyEdges('device'),
    ...keyEdges('card'),
    ...principalEdges('person'),
    ...principalEdges('household'),
    sizes('cardProof', 64),
    { path: 'policy', right: [{ approval: false }], wrong: [{}, { approval: 1 }] },
    { path: 'policy.more', right: [], wrong: [true] },
    MORE,
  ])
})

test('invite and cancel', () => {
  const id = inviteId.from(sixteen(3))
  demandEdges(OPS.invite, { id, role: 'toy', join: hash, expires: 1 }, [
    ids('id'),
    { path: 'role', right: ROLES, wrong: ['household', 'card', '', null] },
    sizes('join', 32),
    counts('expires', 0),
    MORE,
  ])
  assert.deepEqual(ROLES, ['guardian', 'relative', 'toy'])
  demandEdges(OPS.cancel, { id }, [ids('id'), MORE])
})

test('add', () => {
  const signature = new Uint8Array(64)
  const add = {
    request: new Uint8Array(9),
    joinSignature: signature,
    deviceSignature: signature,
    grants: [grant],
  }
  demandEdges(OPS.add, add, [
    sizes('request', 1, 16 * 1024),
    sizes('joinSignature', 64),
    sizes('deviceSignature', 64),
    { path: 'rotation', right: [rotation], wrong: [null, {}] },
    lengths('grants', () => grant, 0, 160),
    ...grantEdges('grants.0'),
    MORE,
  ])
  demandEdges(OPS.add, { ...add, rotation }, rotationEdges('rotation'))
})

test('adddev', () => {
  const adddev = { person: of, device: keys, proof: new Uint8Array(64), grants: [grant] }
  demandEdges(OPS.adddev, adddev, [
    ids('person'),
    ...keyEdges('device'),
    sizes('proof', 64),
    lengths('grants', () => grant, 1, 160),
    ...grantEdges('grants.0'),
    MORE,
  ])
})

test('revdev', () => {
  demandEdges(OPS.revdev, { device, last: 3, rotations: [rotation] }, [
    ids('device'),
    counts('last', 0),
    lengths('rotations', () => rotation, 1, 8),
    ...rotationEdges('rotations.0'),
    MORE,
  ])
})

test('remove', () => {
  const last = { device, n: 0 }
  demandEdges(OPS.remove, { person: of, last: [last], rotation }, [
    ids('person'),
    lengths('last', () => last, 0, 64),
    ids('last.0.device'),
    counts('last.0.n', 0),
    { path: 'last.0.more', right: [], wrong: [1] },
    { path: 'rotation', right: [undefined], wrong: [null, {}] },
    ...rotationEdges('rotation'),
    MORE,
  ])
})

test('rotate', () => {
  demandEdges(OPS.rotate, { rotation }, [...rotationEdges('rotation'), MORE])
})

test('a request to join', () => {
  const request = {
    v: 1,
    hid: householdId.from(sixteen(4)),
    invite: inviteId.from(sixteen(3)),
    device: keys,
    person: principal,
    commitment: hash,
    hello: hash,
  }
  demandEdges(joinRequestBody, request, [
    { path: 'v', right: [], wrong: [0, 2, '1', null] },
    ids('hid'),
    ids('invite'),
    ...keyEdges('device'),
    ...principalEdges('person'),
    sizes('commitment', 32),
    sizes('hello', 32),
    MORE,
  ])
})

test('no op is reserved and known at once', () => {
  assert.deepEqual(RESERVED_OPS, ['notice', 'card', 'box', 'policy', 'suite'])
  for (const op of RESERVED_OPS) assert.ok(!Object.hasOwn(OPS, op), op)
})
