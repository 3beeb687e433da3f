import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counts, demandEdges, ids, lengths, sizes } from '../../../test/harness/edges.ts'
import {
  consented,
  consentedEdges,
  device,
  grant,
  grantEdges,
  hash,
  keyEdges,
  keys,
  MORE,
  of,
  policyEdges,
  principal,
  principalEdges,
  rotation,
  rotationEdges,
  sixteen,
} from '../../../test/harness/link-edges.ts'
import { householdId, inviteId } from '../ids.ts'
import { joinRequestBody, OPS, ROLES, TERMS } from './ops.ts'

// The edges of everything that makes, changes and ends who belongs.

test('genesis', () => {
  const genesis = {
    suite: 'PP1',
    device: keys,
    person: principal,
    household: principal,
    card: keys,
    cardProof: new Uint8Array(64),
    policy: { approval: true, retention: 0, trusted: [] },
    child: consented,
  }
  demandEdges(OPS.genesis, genesis, [
    { path: 'suite', right: [], wrong: ['PP0', 'PP2', '', null] },
    ...keyEdges('device'),
    ...keyEdges('card'),
    ...principalEdges('person'),
    ...principalEdges('household'),
    sizes('cardProof', 64),
    ...policyEdges,
    ...consentedEdges('child'),
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
  const last = { n: 3, hash: new Uint8Array(32) }
  demandEdges(OPS.revdev, { device, last, rotations: [rotation] }, [
    ids('device'),
    counts('last.n', 0),
    sizes('last.hash', 32),
    { path: 'last.more', right: [], wrong: [1] },
    lengths('rotations', () => rotation, 1, 8),
    ...rotationEdges('rotations.0'),
    MORE,
  ])
})

test('child and withdraw', () => {
  demandEdges(OPS.child, consented, [...consentedEdges(), MORE])
  assert.deepEqual(TERMS, ['PC1'])
  demandEdges(OPS.withdraw, { child: consented.id }, [
    ids('child'),
    { path: 'child', right: [], wrong: [of] },
    MORE,
  ])
})

test('remove', () => {
  const last = { device, n: 0, hash: new Uint8Array(32) }
  demandEdges(OPS.remove, { person: of, last: [last], rotation }, [
    ids('person'),
    lengths('last', () => last, 0, 64),
    ids('last.0.device'),
    counts('last.0.n', 0),
    sizes('last.0.hash', 32),
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
