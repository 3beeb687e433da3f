import { childId, deviceId, principalId } from '../../src/protocol/ids.ts'
import { TERMS } from '../../src/protocol/log/ops.ts'
import { counts, ids, lengths, sizes, type Edge } from './edges.ts'
import { newDevice } from './family.ts'

// Right parts of links, and where each of them ends.

const { sig, kem } = await newDevice()
export const device = deviceId.from(sixteen(1))
export const of = principalId.from(sixteen(2))
export const hash = new Uint8Array(32)
export const keys = { sig, kem }
const wrap = { to: device, hash }
export const principal = { id: of, rec: kem, wraps: [wrap] }
export const rotation = { id: of, epoch: 2, rec: kem, wraps: [wrap] }
export const grant = { of, epoch: 1, to: device, hash }

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

export function keyEdges(path: string): Edge[] {
  const more = { path: `${path}.more`, right: [], wrong: [1] }
  return [sizes(`${path}.sig`, 32), recipientEdges(`${path}.kem`), more]
}

export function principalEdges(path: string): Edge[] {
  const more = { path: `${path}.more`, right: [], wrong: [1] }
  return [ids(`${path}.id`), recipientEdges(`${path}.rec`), ...wrapEdges(`${path}.wraps`), more]
}

export function rotationEdges(path: string): Edge[] {
  return [counts(`${path}.epoch`, 1, 1_000_000), ...principalEdges(path)]
}

export function grantEdges(path: string): Edge[] {
  return [
    ids(`${path}.of`),
    counts(`${path}.epoch`, 1, 1_000_000),
    ids(`${path}.to`),
    sizes(`${path}.hash`, 32),
    { path: `${path}.more`, right: [], wrong: [1] },
  ]
}

export const policyEdges: readonly Edge[] = [
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

export const consented = { id: childId.from(sixteen(6)), terms: 'PC1' }

/** The edges of a consent, which stands alone or in a genesis link. */
export function consentedEdges(path = ''): Edge[] {
  const at = path && `${path}.`
  return [
    ids(`${at}id`),
    { path: `${at}id`, right: [], wrong: [of] },
    { path: `${at}terms`, right: TERMS, wrong: ['PC0', 'PC2', 'pc1', '', null] },
    { path: `${at}name`, right: [], wrong: ['Zoë'] },
  ]
}

export const MORE: Edge = { path: 'more', right: [], wrong: [1, null] }

/** The bytes of an id. */
export function sixteen(fill: number): Uint8Array {
  return new Uint8Array(16).fill(fill)
}
