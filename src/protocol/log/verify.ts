import { checked } from '../cbor.ts'
import { sameBytes } from '../bytes.ts'
import { deviceIdOf, verifySignature } from '../ed25519.ts'
import { withChild } from './children.ts'
import { cardProofBytes } from './join.ts'
import { headOf, roleOf, type Device, type Household } from './household.ts'
import { householdIdOf, NO_LINK, readLink, type Link } from './link.ts'
import { OPS, type Arguments, type Op } from './ops.ts'
import { demand, refuse } from './refusals.ts'
import { enrol, found } from './membership.ts'
import { RULES } from './rules.ts'
import type { Step } from './step.ts'

/**
 * Verifies one link against the household so far and returns the household after it. This is the
 * only way a household comes to be, for the app, the command line, the toy and the server alike.
 *
 * Throws PawpostError('log-refused', reason) with a reason of LOG_REFUSALS.
 */
export function applyLink(household: Household | undefined, bytes: Uint8Array): Household {
  const link = readLink(bytes)
  const op = knownOp(link.body.op)
  if (!household) return applyGenesis(op, link)
  if (op === 'genesis') return refuse('genesis-repeated')
  demand(link.body.hid === household.id, 'household-differs')
  demand(link.body.seq === household.hashes.length, 'sequence-gap')
  demand(sameBytes(link.body.prev, headOf(household).hash), 'predecessor-differs')
  const signer = signerOf(household, link)
  const next = { ...household, hashes: [...household.hashes, link.hash] }
  return applyOp(op, { household: next, signer, seq: link.body.seq, at: link.body.ts }, link)
}

/** Verifies a whole log, oldest link first. */
export function verifyLog(links: readonly Uint8Array[]): Household {
  const household = links.reduce<Household | undefined>(applyLink, undefined)
  return household ?? refuse('genesis-expected')
}

function knownOp(op: string): Op {
  if (!Object.hasOwn(OPS, op)) refuse('op-unknown')
  return op as Op
}

function signerOf(household: Household, link: Link): Device {
  const signer = household.devices.get(link.body.by) ?? refuse('signer-unknown')
  demand(signer.until === undefined, 'signer-revoked')
  demand(verifySignature(link.signature, link.signed, signer.sig), 'signature-invalid')
  return signer
}

function applyOp(op: keyof typeof RULES, step: Step, link: Link): Household {
  demand(!step.signer.card || op === 'adddev', 'role-forbidden')
  const role = roleOf(step.household, step.signer)
  demand(role === 'guardian' || role === 'relative', 'role-forbidden')
  return RULES[op](step, readArguments(op, link) as never)
}

function readArguments<O extends Op>(op: O, link: Link): Arguments<O> {
  return checked(link.body.a, OPS[op], 'log-refused', 'arguments-malformed') as Arguments<O>
}

function applyGenesis(op: Op, link: Link): Household {
  const { body, hash } = link
  demand(op === 'genesis' && body.seq === 0 && body.hid === null, 'genesis-expected')
  demand(sameBytes(body.prev, NO_LINK), 'predecessor-differs')
  const genesis = readArguments('genesis', link)
  demand(body.by === deviceIdOf(genesis.device.sig), 'signer-unknown')
  demand(verifySignature(link.signature, link.signed, genesis.device.sig), 'signature-invalid')
  demandCardProof(genesis)
  const empty: Household = {
    id: householdIdOf(hash),
    hashes: [hash],
    principal: genesis.household.id,
    devices: new Map(),
    principals: new Map(),
    invites: new Map(),
    children: new Map(),
    notices: new Map(),
    purposes: new Set(),
    policy: genesis.policy,
    suite: genesis.suite,
  }
  const { id: person } = genesis.person
  const withDevice = enrol(empty, { keys: genesis.device, person, card: false, since: 0 })
  const withCard = enrol(withDevice, { keys: genesis.card, person, card: true, since: 0 })
  const maker = { since: 0, at: body.ts, by: body.by }
  const withPerson = found(withCard, genesis.person, 'guardian', maker)
  const founded = found(withPerson, genesis.household, 'household', maker)
  return withChild(founded, genesis.child, { by: body.by, since: 0 })
}

function demandCardProof(genesis: Arguments<'genesis'>): void {
  const { device, person, household, card, cardProof } = genesis
  const proven = cardProofBytes(device, person.id, household.id)
  demand(verifySignature(cardProof, proven, card.sig), 'card-signature-invalid')
}
