import { test } from 'node:test'
import { counts, demandEdges, ids, lengths, sizes } from '../../../test/harness/edges.ts'
import {
  device,
  grant,
  grantEdges,
  keyEdges,
  keys,
  MORE,
  of,
  policyEdges,
  rotation,
  rotationEdges,
  sixteen,
} from '../../../test/harness/link-edges.ts'
import { householdId } from '../ids.ts'
import { OPS, purpose } from './ops.ts'

// The edges of everything by which guardians govern.

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
