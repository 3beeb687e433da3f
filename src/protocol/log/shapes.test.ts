import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counts, demandEdges, ids, lengths, sizes, type Edge } from '../../../test/harness/edges.ts'
import { newDevice } from '../../../test/harness/family.ts'
import { childId, deviceId, householdId, inviteId, principalId } from '../ids.ts'
import { joinRequestBody, OPS, purpose, ROLES, TERMS } from './ops.ts'

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

const policyEdges: readonly Edge[] = [
  {
    path: 'policy',
    right: [{ approval: false, retention: 9, trusted: [of] }],
    wrong: [{}, { approval: true }, { approval: true, retention: 9 }],
  },
  lengths('policy.trusted', (at) => principalId.from(sixteen(at)), 0, 64),
  { path: 'policy.trusted', right: [], wrong: [of, null, [device], ['']] },
  { path: 'policy.approval', right: [false], wrong: [1, null] },
  counts('policy.retention', 0, 36_500),
  { path: 'policy.more', right: [], wrong: [true] },
]

const consented = { id: childId.from(sixteen(6)), terms: 'PC1' }

/** The edges of a consent, which stands alone or in a genesis link. */
function consentedEdges(path = ''): Edge[] {
  const at = path && `${path}.`
  return [
    ids(`${at}id`),
    { path: `${at}id`, right: [], wrong: [of] },
    { path: `${at}terms`, right: TERMS, wrong: ['PC0', 'PC2', 'pc1', '', null] },
    { path: `${at}name`, right: [], wrong: ['Zoë'] },
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

const consents = {
  purpose: new Uint8Array(9),
  by: [{ device, s: new Uint8Array(64) }],
}

const consentEdges = [
  { path: 'consents', right: [consents, { ...consents, by: [] }], wrong: [null, {}] },
  { path: 'consents.more', right: [], wrong: [1] },
  sizes('consents.purpose', 1, 1024),
  lengths('consents.by', () => consents.by[0], 0, 64),
  ids('consents.by.0.device'),
  sizes('consents.by.0.s', 64),
  { path: 'consents.by.0.more', right: [], wrong: [1] },
]

test('remove with consents, policy and suite', () => {
  const remove = { person: of, last: [], consents }
  demandEdges(OPS.remove, remove, consentEdges)
  const policy = { approval: true, retention: 30, trusted: [of] }
  demandEdges(OPS.policy, { policy, consents }, [...consentEdges, ...policyEdges, MORE])
  demandEdges(OPS.suite, { suite: 'PP1', consents }, [
    ...consentEdges,
    { path: 'suite', right: ['', 'x'.repeat(16)], wrong: ['x'.repeat(17), 1, null] },
    MORE,
  ])
})

test('notice, card, box and shred', () => {
  demandEdges(OPS.notice, { person: of, stands: true }, [
    ids('person'),
    { path: 'stands', right: [false], wrong: [0, null] },
    MORE,
  ])
  const proof = new Uint8Array(64)
  demandEdges(OPS.card, { card: keys, proof, rotations: [rotation], grants: [grant] }, [
    ...keyEdges('card'),
    sizes('proof', 64),
    lengths('rotations', () => rotation, 1, 8),
    ...rotationEdges('rotations.0'),
    lengths('grants', () => grant, 0, 160),
    ...grantEdges('grants.0'),
    MORE,
  ])
  demandEdges(OPS.box, { id: of, device: keys, proof, expires: 9 }, [
    ids('id'),
    ...keyEdges('device'),
    sizes('proof', 64),
    counts('expires', 0),
    MORE,
  ])
  demandEdges(OPS.shred, { principal: of, below: 2 }, [
    ids('principal'),
    { path: 'below', right: [1, 1_000_000], wrong: [0, 1_000_001, 1.5] },
    MORE,
  ])
})

const purposes = {
  remove: { wanted: { person: of }, edges: [ids('person')] },
  policy: {
    wanted: { policy: { approval: false, retention: 0, trusted: [] } },
    edges: policyEdges,
  },
  suite: { wanted: { suite: 'PP2' }, edges: [] },
}

test('what guardians consent to', () => {
  for (const [op, { wanted, edges }] of Object.entries(purposes)) {
    const honest = {
      v: 1,
      hid: householdId.from(sixteen(5)),
      id: new Uint8Array(16),
      expires: 9,
      op,
      ...wanted,
    }
    demandEdges(purpose, honest, [
      { path: 'v', right: [], wrong: [0, 2, '1'] },
      ids('hid'),
      sizes('id', 16),
      counts('expires', 0),
      { path: 'op', right: [], wrong: ['add', '', 1] },
      ...edges,
      MORE,
    ])
  }
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
